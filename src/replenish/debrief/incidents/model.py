"""The steps after an incident as dated data: clocks, sources and marks, checked when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault

FILE = Path(__file__).with_name("steps.yaml")
OWN = Path("incidents") / "steps.yaml"
LATEST_DESTROYED = 31
"""Days after which no list of whom to ask is kept, whatever a file says."""

Mark = Literal["S", "R", "R?", "C", "A"]
Applies = Literal["always", "restraint", "serious"]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
SERIOUS = 3
HOURS_OF_A_YEAR = 366 * 24

STEPS = (
    "safe_now",
    "ten_minutes",
    "hot_debrief",
    "restraint_record",
    "check_in",
    "supervision_sooner",
    "other_person",
    "learning_review",
    "learning_debrief",
    "second_check",
)
"""The steps there are words for; an installation may leave some out, and changes their clocks."""


class Known(BaseModel):
    """Something that stands in a data file: whole, known by its names, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class StepSource(Known):
    """Where a step or its clock comes from, what it says in our words, and how surely it is known."""

    source: Words
    says: Words
    mark: Mark
    checked_on: date


class Step(Known):
    """One step after an incident.

    Attributes:
        code: its name in the tables.
        from_hours: when it can begin, in hours after the incident.
        until_hours: until when it is due.
        applies: after which incidents.
        ends_as: what is written down when it went well: that it took place, or that it was offered.
        can_be_offered: it may have been offered and not taken place.
        free: whether taking part is each person's own choice.
        learning: it is about the work; otherwise it is support.
        because: codes of reasons why it was not done.
        sources: of the step and its clock.
    """

    code: Literal[STEPS]  # type: ignore[valid-type]
    from_hours: Annotated[int, Field(ge=0, le=HOURS_OF_A_YEAR)]
    until_hours: Annotated[int, Field(ge=1, le=HOURS_OF_A_YEAR)]
    applies: Applies
    ends_as: Literal["done", "offered"]
    can_be_offered: bool = False
    free: bool
    learning: bool
    because: Annotated[tuple[Code, ...], Field(min_length=1)]
    sources: Annotated[tuple[StepSource, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Step:
        if self.until_hours <= self.from_hours:
            raise ValueError("a step is due after it can begin")
        return self

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What can become of it, the best first."""
        offered = ("offered",) if self.can_be_offered and self.ends_as != "offered" else ()
        return (self.ends_as, *offered, "not_done")

    def applies_to(self, *, severity: int, restraint: bool) -> bool:
        """Whether it follows an incident of this kind."""
        return {"always": True, "restraint": restraint, "serious": severity >= SERIOUS}[self.applies]


class AskingTimes(Known):
    """When people are asked again, and when the list of whom to ask is destroyed."""

    ask_from_day: Annotated[int, Field(ge=1, le=LATEST_DESTROYED)]
    destroy_on_day: Annotated[int, Field(ge=1, le=LATEST_DESTROYED)]
    source: Words
    mark: Mark
    checked_on: date

    @model_validator(mode="after")
    def _asked_before_it_is_gone(self) -> AskingTimes:
        if self.destroy_on_day <= self.ask_from_day:
            raise ValueError("people are asked before the list is destroyed")
        return self


class Pattern(Known):
    """From how much in how many days a team's whole load is looked at."""

    days: Annotated[int, Field(ge=7, le=366)]
    weight: Annotated[int, Field(ge=2, le=1000)]
    source: Words
    mark: Mark
    checked_on: date


class StepModel(Known):
    """All of it; each step once."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    asking_list: AskingTimes
    pattern: Pattern

    @model_validator(mode="after")
    def _codes_once(self) -> StepModel:
        codes = [step.code for step in self.steps]
        if len(set(codes)) < len(codes):
            raise ValueError("a step stands twice")
        return self

    @property
    def by_code(self) -> Mapping[str, Step]:
        """The steps by their codes, in their order."""
        return {step.code: step for step in self.steps}

    def following(self, *, severity: int, restraint: bool) -> tuple[Step, ...]:
        """The steps that follow an incident, in their order."""
        return tuple(step for step in self.steps if step.applies_to(severity=severity, restraint=restraint))


def read_model(path: Path) -> StepModel:
    """The steps of a file.

    Raises:
        Refused: an entry is incomplete, or the file cannot be read.
    """
    try:
        return StepModel.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step) for step in first["loc"])
        refuse(IncidentFault.FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(IncidentFault.FILE, file=path, reason=str(error).splitlines()[0])


@cache
def step_model() -> StepModel:
    """The steps in force: the installation's own file, otherwise the shipped one.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    own = Path(settings.REPLENISH_INSTANCE) / OWN
    return read_model(own if own.is_file() else FILE)
