"""The words of a case in each language: what is missing, what is asked for, and what that takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from replenish.basis.faults import WordsFault
from replenish.web.carer.words.facts import Condition, Country, without_digits
from replenish.web.carer.words.parts import FOLDER, language_folder
from replenish.web.shared.checked_files import read_checked

Receiver = Literal["manager", "union"]
RECEIVERS: tuple[Receiver, ...] = get_args(Receiver)
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
COUNTRIES: tuple[Country, ...] = get_args(Country)

Words = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(without_digits)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Whom(_Part):
    """For whom the page is, and how it begins."""

    label: Words
    opening: Words


class Missing(_Part):
    """One condition: what is missing, what is asked for, what that takes, and what own answers say of it."""

    label: Words
    about: Words
    missing: Words
    asks: tuple[Words, ...] = Field(min_length=1, max_length=2)
    needs: Words
    suggested_by: tuple[str, ...] = ()
    answers: Mapping[str, Mapping[int, Words]] = Field(default_factory=dict)


class CaseParts(_Part):
    """Everything of one language."""

    receivers: Mapping[Receiver, Whom]
    countries: Mapping[Country, Words]
    conditions: Mapping[Condition, Missing]
    statements: Mapping[str, Words] = Field(default_factory=dict)
    figures: Mapping[str, str] = Field(default_factory=dict)
    sources: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> CaseParts:
        needed = ((self.receivers, RECEIVERS), (self.countries, COUNTRIES), (self.conditions, CONDITIONS))
        for there, names in needed:
            for name in names:
                if name not in there:
                    raise ValueError(f"{name} is missing")
        return self


def read_case_parts(path: Path) -> CaseParts:
    """The words in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    return read_checked(path, CaseParts, WordsFault.PARTS)


def case_parts() -> CaseParts:
    """The words in the reader's language, in English where it has none."""
    return _read_once(language_folder(FOLDER, "case.yaml"))


@cache
def _read_once(path: Path) -> CaseParts:
    return read_case_parts(path)
