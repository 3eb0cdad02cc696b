"""Facts for a case: dated, sourced, marked, and in a file that whoever runs the installation can edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from replenish.basis.faults import WordsFault
from replenish.web.carer.words.parts import places_of
from replenish.web.shared.checked_files import read_checked

SHIPPED = Path(__file__).with_name("facts.yaml")
OWN = "case-facts.yaml"
ALL: Literal["all"] = "all"
NO_BREAK = "\N{NO-BREAK SPACE}"

Condition = Literal["supervision", "process", "debrief", "workload", "voice", "leaders"]
Country = Literal["england", "wales", "scotland", "northern-ireland", "australia", "elsewhere"]
Setting = Literal["school", "childrens-home", "social-work", "hospice", "charity", "other"]
Kind = Literal["evidence", "expected", "limit"]
Mark = Literal["S", "R", "R?", "A"]


def without_digits(text: str) -> str:
    """A statement keeps its numbers apart, so that no number on a page can go unsourced."""
    if re.search(r"\d", text):
        raise ValueError("a number stands in the figures, and the statement has a place for it")
    return text


Words = Annotated[str, Field(min_length=3, max_length=400)]
Figure = Annotated[str, Field(min_length=1, max_length=60)]


class Fact(BaseModel):
    """One thing that is known, expected, or not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    kind: Kind
    conditions: tuple[Condition, ...] | Literal["all"]
    settings: tuple[Setting, ...] | Literal["all"] = ALL
    countries: tuple[Country, ...] | Literal["all"] = ALL
    statement: Annotated[Words, AfterValidator(without_digits)]
    figures: Mapping[str, Figure] = Field(default_factory=dict)
    source: Words
    mark: Mark
    checked_on: date

    @model_validator(mode="after")
    def _every_figure_has_its_place(self) -> Fact:
        require_same_places(self, self.statement)
        return self

    def fits(self, condition: str, setting: str, country: str) -> bool:
        """Whether it belongs on a page about this condition, in this setting and country."""
        return (
            (self.conditions == ALL or condition in self.conditions)
            and (self.settings == ALL or setting in self.settings)
            and (self.countries == ALL or country in self.countries)
        )

    def said(
        self, statements: Mapping[str, str] | None = None, figures: Mapping[str, str] | None = None
    ) -> str:
        """The statement with its figures; translated where it is still worded as shipped.

        Args:
            statements: a language's own statements, by the ids of facts.
            figures: how that language writes a figure, where it writes it differently.
        """
        shipped = any(self.id == one.id and self.statement == one.statement for one in _read_once(SHIPPED))
        translated = (statements or {}).get(self.id) if shipped else None
        written = figures if translated and figures else {}
        together = {
            name: written.get(figure, figure).replace(" ", NO_BREAK) for name, figure in self.figures.items()
        }
        return (translated or self.statement).format_map(together)


def require_same_places(fact: Fact, statement: str) -> None:
    """A statement has a place for each figure of its fact, and no other."""
    if places_of(statement) != set(fact.figures):
        raise ValueError(
            f"{fact.id}: each figure has its place in the statement, and there are no other places"
        )


class Facts(BaseModel):
    """All facts, in the order in which they are taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[Fact, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _named_once(self) -> Facts:
        ids = [fact.id for fact in self.facts]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"{twice[0]} stands here twice")
        return self


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The facts in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    return read_checked(path, Facts, WordsFault.FACTS).facts


def facts() -> tuple[Fact, ...]:
    """The organisation's own facts where there are some, otherwise those that are shipped.

    Raises:
        Refused: the organisation's own file cannot be used.
    """
    own = settings.REPLENISH_INSTANCE / OWN
    return _read_once(own if own.is_file() else SHIPPED)


@cache
def _read_once(path: Path) -> tuple[Fact, ...]:
    return read_facts(path)
