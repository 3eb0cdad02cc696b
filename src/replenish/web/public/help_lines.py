"""The directory of help: a dated file that an operator can edit, checked when the server starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header
from pydantic import BaseModel, ConfigDict, Field, model_validator

from replenish.basis.faults import WebFault
from replenish.web.shared.checked_files import read_checked

SHIPPED = Path(__file__).with_name("help_lines.yaml")
OWN = "help-lines.yaml"
Words = Annotated[str, Field(min_length=1, max_length=300)]
Number = Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ]{1,20}$")]
Region = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
# Most browsers that nobody has set up say this, wherever they are, so it tells nothing about a country.
TELLS_NOTHING = "en-us"


@dataclass(frozen=True)
class Way:
    """One way to reach a line: what a phone opens (`tel:` or `sms:`), and the number as people read it."""

    address: str
    number: str
    by_text: bool


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
    emergency: bool = False
    checked_on: date | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> HelpLine:
        if not self.call and not self.text:
            raise ValueError("a line has a number to call, or one to text")
        return self

    @property
    def ways(self) -> tuple[Way, ...]:
        """How to reach it."""
        named = (("tel", self.call), ("sms", self.text))
        return tuple(
            Way(f"{scheme}:{number.replace(' ', '')}", number, by_text=scheme == "sms")
            for scheme, number in named
            if number
        )


class Country(_Listed):
    """The lines of one country, and the codes by which browsers name it (ISO 3166, two letters)."""

    country: Words
    regions: tuple[Region, ...] = ()
    lines: tuple[HelpLine, ...] = Field(min_length=1)

    @property
    def emergency(self) -> tuple[HelpLine, ...]:
        """Whom to call when somebody is in danger now."""
        return tuple(line for line in self.lines if line.emergency)


class Directory(_Listed):
    """The whole list and the day on which it was written."""

    written_on: date
    countries: tuple[Country, ...] = Field(min_length=1)

    def likely_first(self, accept_language: str) -> tuple[Country, ...]:
        """The countries, the reader's likely one first, the others in their order.

        Args:
            accept_language: which languages the browser says it wants, as `en-GB,es;q=0.8`. It comes with
                every request and is not kept.
        """
        for language, _weight in parse_accept_lang_header(accept_language):
            region = language.rsplit("-", 1)[-1].upper()
            likely = [one for one in self.countries if region in one.regions]
            if likely and "-" in language and language != TELLS_NOTHING:
                return (*likely, *(one for one in self.countries if one not in likely))
        return self.countries


def read_directory(path: Path) -> Directory:
    """The directory in a file.

    Raises:
        Refused: the file cannot be read, or an entry is incomplete.
    """
    return read_checked(path, Directory, WebFault.HELP_LINES)


@cache
def directory() -> Directory:
    """The organisation's own directory where there is one, otherwise the one that is shipped.

    Raises:
        Refused: the organisation's own directory cannot be used.
    """
    own = settings.REPLENISH_INSTANCE / OWN
    return read_directory(own if own.is_file() else SHIPPED)
