"""Steps, limits and reasons of conversations, from one dated file; each with its source and mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.models import ConversationKind

KINDS = tuple(ConversationKind.values)
HOT, LEARNING, REVIEW = KINDS
FILE = Path(__file__).parent / "facts.yaml"
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Words = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Entry):
    """Where a step, a limit or a reason comes from.

    Attributes:
        code: its name in the file.
        title: what it is.
        says: what it says, in our words.
        mark: how surely it is known.
        checked_on: when that was last looked at.
    """

    code: Code
    title: Words
    says: Words
    mark: Literal["S", "R", "R?", "C"]
    checked_on: date


class Step(_Entry):
    """One step of a guide."""

    code: Code
    minutes: Annotated[int, Field(ge=1, le=60)]
    source: Code


class GuideFacts(_Entry):
    """One guide: its steps, and how much may come of it.

    Attributes:
        most_points: how many learning points leave the room at most.
        most_minutes: how long it lasts at most.
        apart: whether whoever leads says that they were not involved.
    """

    code: Code
    most_points: Annotated[int, Field(ge=1, le=12)]
    most_minutes: Annotated[int, Field(ge=1, le=180)]
    apart: bool = False
    source: Code
    steps: Annotated[tuple[Step, ...], Field(min_length=3)]

    @property
    def minutes(self) -> int:
        """How long the steps take together."""
        return sum(step.minutes for step in self.steps)

    @model_validator(mode="after")
    def _fits(self) -> GuideFacts:
        codes = [step.code for step in self.steps]
        if len(set(codes)) < len(codes):
            raise ValueError("a step stands twice")
        if self.minutes > self.most_minutes:
            raise ValueError("the steps take longer than the whole may")
        if "points" not in codes:
            raise ValueError("a step named points, in which the group agrees on the words, is missing")
        return self


class Reason(_Entry):
    """Why a conversation was not held."""

    code: Code
    source: Code


class TrainingFacts(_Entry):
    """How long a training holds, and how early its end is told."""

    valid_days: Annotated[int, Field(ge=30, le=3650)]
    remind_days: Annotated[int, Field(ge=1, le=365)]
    source: Code


class AftercareFacts(_Entry):
    """After how many conversations, this month and the last, whoever led them is offered supervision."""

    after: Annotated[int, Field(ge=1, le=50)]
    source: Code


class Facts(_Entry):
    """The whole file."""

    sources: tuple[Source, ...]
    guides: tuple[GuideFacts, ...]
    not_held: Annotated[tuple[Reason, ...], Field(min_length=2)]
    training: TrainingFacts
    aftercare: AftercareFacts
    written_within_days: Annotated[int, Field(ge=1, le=92)]

    @model_validator(mode="after")
    def _whole(self) -> Facts:
        if [guide.code for guide in self.guides] != list(KINDS):
            raise ValueError(f"the guides are {', '.join(KINDS)}, in this order")
        reasons = [reason.code for reason in self.not_held]
        known = [source.code for source in self.sources]
        if len(set(reasons)) < len(reasons) or len(set(known)) < len(known):
            raise ValueError("a code stands twice")
        if "other" not in reasons:
            # Without it a decline would need a code of its own, which could be one person's.
            raise ValueError("the reason named other is missing")
        missing = set(self._named()) - set(known)
        if missing:
            raise ValueError(f"no such source: {', '.join(sorted(missing))}")
        return self

    def _named(self) -> Iterable[str]:
        yield from (self.training.source, self.aftercare.source)
        yield from (reason.source for reason in self.not_held)
        for guide in self.guides:
            yield guide.source
            yield from (step.source for step in guide.steps)

    def guide(self, kind: str) -> GuideFacts:
        """The guide of a kind of conversation.

        Raises:
            Refused: there is no such kind.
        """
        found = next((one for one in self.guides if one.code == kind), None)
        if found is None:
            refuse(DebriefingFault.CHOICE)
        return found

    def sources_of(self, kind: str) -> tuple[Source, ...]:
        """The sources that a guide stands on, each once, in the order of the file."""
        guide = self.guide(kind)
        named = {guide.source, *(step.source for step in guide.steps)}
        return tuple(one for one in self.sources if one.code in named)

    @property
    def by_source(self) -> Mapping[str, Source]:
        """The sources by code."""
        return {one.code: one for one in self.sources}


def read_facts(path: Path) -> Facts:
    """What a file says.

    Raises:
        Refused: an entry is incomplete, or the file cannot be read.
    """
    try:
        return Facts.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step) for step in first["loc"])
        refuse(DebriefingFault.FACTS_FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(DebriefingFault.FACTS_FILE, file=path, reason=str(error).splitlines()[0])


@cache
def facts() -> Facts:
    """Steps, limits and reasons as they stand."""
    return read_facts(FILE)
