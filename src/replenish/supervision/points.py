"""What an agreement settles, and for how long notes are kept: a dated file an installation may replace."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.supervision import SupervisionFault

SHIPPED = Path(__file__).with_name("points.yaml")
OWN = "agreements"

Words = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,39}$")]
Mark = Literal["S", "R", "R?", "C", "A"]

NUMBERS = (
    LEAST_MINUTES,
    MOST_MINUTES,
    LEAST_SHARE,
    MOST_WEEKS,
    REVIEW_DAYS,
    KEEP_SHARED_MONTHS,
    KEEP_AGENDA_DAYS,
) = (
    "least-minutes",
    "most-minutes",
    "least-share",
    "most-weeks",
    "review-days",
    "keep-shared-months",
    "keep-agenda-days",
)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(_Written):
    """Where something is written, how surely it is known, and when somebody last looked."""

    source: Words
    mark: Mark
    checked_on: date


class Choice(_Written):
    """An answer to a point, or something of a list."""

    code: Code
    says: Words


class AgreementPoint(_Written):
    """A point that every agreement settles.

    Attributes:
        code: its name in tables and forms.
        asks: the question.
        why: why it is asked.
        choices: the answers.
        words: what may be added in words; None where nothing may.
    """

    code: Code
    asks: Words
    why: Words
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    words: Words | None = None


class RuleNumber(Source):
    """A number that pages and the night use, with the sentence that says it."""

    code: Literal[NUMBERS]  # type: ignore[valid-type]
    number: Annotated[int, Field(ge=1, le=1000)]
    says: Words


class Points(_Written):
    """The whole file."""

    functions: Annotated[tuple[Choice, ...], Field(min_length=1)]
    functions_from: Source
    points: Annotated[tuple[AgreementPoint, ...], Field(min_length=1)]
    points_from: Source
    limits: Annotated[tuple[Choice, ...], Field(min_length=1)]
    limits_from: Source
    numbers: tuple[RuleNumber, ...]

    @model_validator(mode="after")
    def _codes_once(self) -> Points:
        choices = (self.functions, self.limits, *(one.choices for one in self.points))
        codes = [[one.code for one in self.points], *([one.code for one in listed] for listed in choices)]
        if any(len(set(listed)) < len(listed) for listed in codes):
            raise ValueError("a code stands twice")
        if sorted(one.code for one in self.numbers) != sorted(NUMBERS):
            raise ValueError(f"the numbers are {', '.join(NUMBERS)}")
        return self

    def rule(self, code: str) -> RuleNumber:
        """A number by its code."""
        return next(one for one in self.numbers if one.code == code)


def read_points(path: Path) -> Points:
    """The points in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    try:
        return Points.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        refuse(SupervisionFault.POINTS_FILE, file=path, reason=f"{place or 'file'}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(SupervisionFault.POINTS_FILE, file=path, reason=str(error).splitlines()[0])


@cache
def points() -> Points:
    """The points of this installation: its own file `agreements/points.yaml`, otherwise the shipped one.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    own: Path = settings.REPLENISH_INSTANCE / OWN / SHIPPED.name
    return read_points(own if own.is_file() else SHIPPED)


def number(code: str) -> int:
    """What a rule says, as a number."""
    return points().rule(code).number
