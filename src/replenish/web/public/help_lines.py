"""The directory of help: a dated file that an operator can edit, checked when the server starts."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault

SHIPPED = Path(__file__).with_name("help_lines.yaml")
OWN = "help-lines.yaml"
Words = Annotated[str, Field(min_length=1, max_length=300)]
Number = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ]{1,20}$")]


class _Listed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class HelpLine(_Listed):
    """One place to turn to, with where the number comes from and how surely it is known."""

    name: Words
    call: Number | None = None
    text: Number | None = None
    when: Words
    for_whom: Words = Field(alias="for")
    source: Words
    mark: Literal["S", "R"]
    checked_on: date | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> HelpLine:
        if not self.call and not self.text:
            raise ValueError("a line has a number to call, or one to text")
        return self

    @property
    def address(self) -> str:
        """What a telephone opens: `tel:` or `sms:` and the number without spaces."""
        return (
            f"tel:{self.call.replace(' ', '')}" if self.call else f"sms:{(self.text or '').replace(' ', '')}"
        )


class Country(_Listed):
    """The lines of one country."""

    country: Words
    lines: tuple[HelpLine, ...] = Field(min_length=1)


class Directory(_Listed):
    """The whole list and the day on which it was written."""

    written_on: date
    countries: tuple[Country, ...] = Field(min_length=1)


def read_directory(path: Path) -> Directory:
    """The directory in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    try:
        return Directory.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = " > ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        refuse(WebFault.HELP_LINES, file=path, reason=f"{place}: {first['msg']}")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        refuse(WebFault.HELP_LINES, file=path, reason=str(error).splitlines()[0])


@cache
def directory() -> Directory:
    """The organisation's own directory where there is one, otherwise the one that is shipped.

    Raises:
        Refused: the organisation's own directory cannot be used.
    """
    own = settings.REPLENISH_INSTANCE / OWN
    return read_directory(own if own.is_file() else SHIPPED)
