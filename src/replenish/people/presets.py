"""What is usual in each kind of place: words, rhythms, people to turn to. Dated, marked, and editable.

A preset fills forms and pages with what fits; it decides nothing. What it says about supervision carries its
source and how surely it is known. A file of the same name in the folder of the installation wins.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.models import Setting

SHIPPED = Path(__file__).with_name("presets")
OWN = "presets"

Words = Annotated[str, Field(min_length=1, max_length=300)]
Month = Annotated[int, Field(ge=1, le=12)]
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Mark = Literal["S", "R", "R?", "C", "A"]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Called(_Written):
    """What the people are called whom one supports here."""

    one: Words
    many: Words


class Term(_Written):
    """A stretch of the year with a pace of its own, by its first and its last month."""

    name: Words
    begins: Month
    ends: Month


class Shift(_Written):
    """A usual stretch of work; it may end on the next day."""

    name: Words
    begins: Hour
    ends: Hour


class Calendar(_Written):
    """How the year and the day are divided, and how surely that is known."""

    terms: tuple[Term, ...] = ()
    shifts: tuple[Shift, ...] = Field(min_length=1)
    source: Words
    mark: Mark


class Rhythm(_Written):
    """How often supervision is expected, and where that is written.

    Attributes:
        who: for whom.
        expected: the expectation in a sentence.
        every_weeks: the longest time between two sessions, where the source names one.
        minutes: how long a session is at least, where the source names it.
        required: whether a law or a regulator requires it.
    """

    who: Words
    expected: Words
    every_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    minutes: Annotated[int, Field(ge=10, le=240)] | None = None
    required: bool = False
    source: Words
    mark: Mark


class Preset(_Written):
    """Everything that is usual in one kind of place."""

    setting: Setting
    title: Words
    written_on: date
    people: Called
    calendar: Calendar
    supervision: tuple[Rhythm, ...] = Field(min_length=1)
    hard_encounters: tuple[Words, ...] = Field(min_length=3)
    turn_to: tuple[Words, ...] = Field(min_length=3)


def read_preset(path: Path, setting: Setting) -> Preset:
    """The preset in a file.

    Raises:
        Refused: the file cannot be read, is of another kind of place, or an entry is incomplete.
    """
    try:
        found = Preset.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        refuse(PeopleFault.PRESET, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(PeopleFault.PRESET, file=path, reason=str(error).splitlines()[0])
    if found.setting != setting:
        refuse(PeopleFault.PRESET, file=path, reason=f"setting: this file must say {setting.value}")
    return found


@cache
def preset(setting: Setting) -> Preset:
    """What is usual in this kind of place: the installation's own file, otherwise the shipped one.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    own = settings.REPLENISH_INSTANCE / OWN / f"{setting.value}.yaml"
    return read_preset(own if own.is_file() else SHIPPED / f"{setting.value}.yaml", setting)


def preset_named(name: str) -> Preset | None:
    """The preset of a kind of place by its short name, such as `school`; None where there is no such kind.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    return preset(Setting(name)) if name in Setting.values else None


def every_preset() -> tuple[Preset, ...]:
    """The presets of all kinds of places, in the order in which these are listed.

    Raises:
        Refused: one of the installation's own files cannot be used.
    """
    return tuple(preset(setting) for setting in Setting)
