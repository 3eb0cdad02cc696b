"""Drawing slips and writing them down at once: as a PDF, or as a page that is shown this once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from replenish.basis import clock
from replenish.conditions.models import Season
from replenish.conditions.places import name_of
from replenish.conditions.rounds.slips import draw_slips
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.voices.slip_sheet import join_address, pages_of, pictured, slip_sheet
from replenish.voices.slips import SLIP_DAYS, SlipToPrint

Written = TypeVar("Written")


@dataclass(frozen=True, repr=False)
class SlipOnPaper:
    """One slip: the unit it gives a seat in, its letters in short parts, and the square to scan, as SVG."""

    unit: str
    letters: tuple[str, ...]
    square: str


@dataclass(frozen=True, repr=False)
class SheetOnPaper:
    """All slips of a draw, those of each unit on pages of their own.

    Attributes:
        organisation: its name.
        address: where the letters are typed.
        last_day: the last day on which the slips can be used.
        floor: the least number of voices behind a figure.
        pages: the slips, eight to a page.
    """

    organisation: str
    address: str
    last_day: date
    floor: int
    pages: tuple[tuple[SlipOnPaper, ...], ...]


def print_slips(*, asker: Asker, proposal: str, fresh: bool = False) -> bytes:
    """Draw the slips and give them as a PDF to cut apart; drawn and printed, or neither.

    Args:
        asker: as in `draw_slips`.
        proposal: as in `draw_slips`.
        fresh: as in `draw_slips`.

    Raises:
        Refused: as `draw_slips`.
    """
    about = organisation_summary(asker.organisation)
    with transaction.atomic():
        slips = draw_slips(asker=asker, proposal=proposal, fresh=fresh)
        return slip_sheet(
            slips,
            base_url=settings.REPLENISH_ADDRESS,
            organisation=about.name,
            expires_on=_last_day(),
            floor=_floor(about.floor),
            unit_labels=_names(asker.organisation),
        )


def write_slips(
    *, asker: Asker, proposal: str, write: Callable[[SheetOnPaper], Written], fresh: bool = False
) -> Written:
    """Draw the slips and hand them to whoever writes them down; drawn and written, or neither.

    Args:
        asker: as in `draw_slips`.
        proposal: as in `draw_slips`.
        write: makes what is shown of them; it is called once, before the draw holds.
        fresh: as in `draw_slips`.

    Raises:
        Refused: as `draw_slips`.
    """
    about = organisation_summary(asker.organisation)
    with transaction.atomic():
        slips = draw_slips(asker=asker, proposal=proposal, fresh=fresh)
        names = _names(asker.organisation)
        return write(
            SheetOnPaper(
                about.name,
                join_address(settings.REPLENISH_ADDRESS).partition("://")[2],
                _last_day(),
                _floor(about.floor),
                tuple(tuple(_on_paper(slip, names) for slip in page) for page in pages_of(slips)),
            )
        )


def _on_paper(slip: SlipToPrint, names: dict[str, str]) -> SlipOnPaper:
    return SlipOnPaper(names[slip.unit], *pictured(slip, settings.REPLENISH_ADDRESS))


def _names(organisation: str) -> dict[str, str]:
    """By code of unit, what it was called in the newest season that has it."""
    return {
        code: name_of(tuple(path))
        for season in Season.objects.filter(organisation=organisation).order_by("number")
        for code, path in season.unit_paths.items()
    }


def _last_day() -> date:
    return clock.today() + timedelta(days=SLIP_DAYS)


def _floor(own: int) -> int:
    return max(own, settings.REPLENISH_FLOOR)
