"""What laws want recorded after a restraint, by place: dated data with sources and marks.

The points are for an organisation's own case records. Nothing here asks for them; no table has room for them.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from django.conf import settings
from pydantic import Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.model import Code, Known, Mark, Words

FILE = Path(__file__).with_name("recording.yaml")
OWN = Path("incidents") / "recording.yaml"


class Duty(Known):
    """Something to do beside the record, and within how many hours where that is named."""

    code: Code
    hours: Annotated[int, Field(ge=1, le=24 * 366)] | None = None


class RecordingPlace(Known):
    """What one law or guidance wants recorded.

    Attributes:
        code: its name.
        country: where it holds.
        setting: the kind of place, as organisations name it, or another for which there is no kind here.
        law: what it is called.
        in_force: since when.
        points: codes of what belongs in the record.
        duties: what else is to be done.
    """

    code: Code
    country: Words
    setting: Words
    law: Words
    in_force: date
    source: Words
    mark: Mark
    checked_on: date
    points: Annotated[tuple[Code, ...], Field(min_length=1)]
    duties: tuple[Duty, ...]


class RecordingFile(Known):
    """All places; each once."""

    places: Annotated[tuple[RecordingPlace, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_once(self) -> RecordingFile:
        codes = [place.code for place in self.places]
        if len(set(codes)) < len(codes):
            raise ValueError("a place stands twice")
        return self


def read_places(path: Path) -> tuple[RecordingPlace, ...]:
    """The places of a file.

    Raises:
        Refused: an entry is incomplete, or the file cannot be read.
    """
    try:
        return RecordingFile.model_validate(yaml.safe_load(path.read_text("utf-8"))).places
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step) for step in first["loc"])
        refuse(IncidentFault.FILE, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(IncidentFault.FILE, file=path, reason=str(error).splitlines()[0])


@cache
def recording_places() -> tuple[RecordingPlace, ...]:
    """The places in force: the installation's own file, otherwise the shipped one.

    Raises:
        Refused: the installation's own file cannot be used.
    """
    own = Path(settings.REPLENISH_INSTANCE) / OWN
    return read_places(own if own.is_file() else FILE)
