"""How often supervision is expected: by role and country, from dated files that say where it is written.

A file of the same name in the folder `supervision/rhythms` of the installation wins; further files there are
read beside the shipped ones. A rhythm fills a form and works out days; a pair may agree otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.rhythm import RhythmFault

SHIPPED = Path(__file__).with_name("presets")
LIMITS = Path(__file__).with_name("limits.yaml")
OWN = Path("supervision")
OWN_RHYTHMS = OWN / "rhythms"

Words = Annotated[str, Field(min_length=1, max_length=300)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z-]{2,59}$")]
Mark = Literal["S", "R", "R?", "C", "A"]
Country = Literal["england", "scotland", "wales", "northern-ireland", "united-kingdom", "anywhere", "own"]
Standing = Literal["required", "expected", "advised", "usual", "suggested"]
About = Literal["rhythm", "length", "duty", "supervisor"]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Length(_Written):
    """A stretch of time: so many days, weeks or months, never two of them."""

    days: Annotated[int, Field(ge=1, le=366)] | None = None
    weeks: Annotated[int, Field(ge=1, le=104)] | None = None
    months: Annotated[int, Field(ge=1, le=24)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Length:
        if [self.days, self.weeks, self.months].count(None) != 2:
            raise ValueError("say days, weeks or months, and one of them")
        return self


class Stage(_Written):
    """How far sessions lie apart, and for how long that holds; the last stage lasts."""

    every: Length
    lasts: Length | None = None


class Source(_Written):
    """Where something about a rhythm is written, how surely it is known, and when somebody last looked."""

    about: About
    source: Words
    mark: Mark
    checked_on: date


class Rhythm(_Written):
    """How often supervision is expected for a role.

    Attributes:
        code: its name in files and tables.
        who: for whom.
        says: the expectation in a sentence.
        standing: whether it is required in law, expected by a body, advised, or only usual.
        stages: how far sessions lie apart; none where the source names no time.
        minutes: how long a session is at least, where the source names it.
        sources: one for each thing that it says.
    """

    code: Code
    who: Words
    says: Words
    standing: Standing
    stages: tuple[Stage, ...] = ()
    minutes: Annotated[int, Field(ge=10, le=240)] | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _stages_follow(self) -> Rhythm:
        if any(stage.lasts is None for stage in self.stages[:-1]):
            raise ValueError("each stage but the last says how long it lasts")
        if self.stages and self.stages[-1].lasts is not None:
            raise ValueError("the last stage lasts")
        return self

    @model_validator(mode="after")
    def _numbers_have_sources(self) -> Rhythm:
        about = {source.about for source in self.sources}
        if "rhythm" not in about or (self.minutes is not None and "length" not in about):
            raise ValueError("say where each number comes from")
        return self


class RhythmFile(_Written):
    """The rhythms of one kind of place in one country."""

    title: Words
    country: Country
    rhythms: Annotated[tuple[Rhythm, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_once(self) -> RhythmFile:
        codes = [rhythm.code for rhythm in self.rhythms]
        if len(set(codes)) < len(codes):
            raise ValueError("a code stands twice")
        return self


class Limit(_Written):
    """A number that pages use, with what it says and where it comes from."""

    code: Code
    number: Annotated[int, Field(ge=0, le=1000)]
    says: Words
    source: Words
    mark: Mark
    checked_on: date


class LimitsFile(_Written):
    """All of them; each code once."""

    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _all_there(self) -> LimitsFile:
        codes = [limit.code for limit in self.limits]
        if sorted(codes) != sorted(LIMIT_CODES):
            raise ValueError(f"the limits are {', '.join(LIMIT_CODES)}")
        return self


REBOOK, REFLECTIVE, ARRIVING, CLOSING = LIMIT_CODES = (
    "rebook-within-working-days",
    "least-reflective-share",
    "arriving-minutes",
    "closing-minutes",
)

Content = TypeVar("Content", bound=BaseModel)


def read_rhythms(path: Path) -> RhythmFile:
    """The rhythms in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    return _read(path, RhythmFile)


def read_limits(path: Path) -> Mapping[str, Limit]:
    """The limits in a file, by code.

    Raises:
        Refused: the file cannot be read, or one is missing or incomplete.
    """
    return {limit.code: limit for limit in _read(path, LimitsFile).limits}


@cache
def limits() -> Mapping[str, Limit]:
    """The limits by code: the installation's own file, otherwise the shipped one.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    own: Path = settings.REPLENISH_INSTANCE / OWN / LIMITS.name
    return read_limits(own if own.is_file() else LIMITS)


@cache
def rhythm_files() -> tuple[RhythmFile, ...]:
    """Every file, those of the installation in place of shipped ones of the same name.

    Raises:
        Refused: one of the installation's own files cannot be used, or a code stands in two files.
    """
    own = settings.REPLENISH_INSTANCE / OWN_RHYTHMS
    paths = {path.name: path for folder in (SHIPPED, own) for path in sorted(folder.glob("*.yaml"))}
    found = {path: read_rhythms(path) for _name, path in sorted(paths.items())}
    seen: set[str] = set()
    for path, file in found.items():
        codes = {rhythm.code for rhythm in file.rhythms}
        if seen & codes:
            refuse(RhythmFault.FILE, file=path, reason=f"{min(seen & codes)}: stands in another file")
        seen |= codes
    return tuple(found.values())


def rhythm(code: str) -> Rhythm | None:
    """A rhythm by its code; None where no file has it any more."""
    every = (one for file in rhythm_files() for one in file.rhythms)
    return next((one for one in every if one.code == code), None)


def _read(path: Path, kind: type[Content]) -> Content:
    try:
        return kind.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        refuse(RhythmFault.FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(RhythmFault.FILE, file=path, reason=str(error).splitlines()[0])
