"""What comes next in somebody's supervision, and how their own supervision as a supervisor stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.people.signing_in import standing_of
from replenish.supervision.comes_next import MeetingTold, MySupervision, my_supervision
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.said import state_of, title_of


@dataclass(frozen=True)
class MeetingShown:
    """A meeting in a list."""

    told: MeetingTold
    stands: str
    whom: str


@dataclass(frozen=True)
class Shown:
    """An agreement, ready for a page."""

    mine: MySupervision
    title: str
    to_come: tuple[MeetingShown, ...]
    to_book: tuple[MeetingShown, ...]
    past: tuple[MeetingShown, ...]


@staff_page()
@require_safe
def home(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All of it; a supervisor sees first what carries them, then whom they carry."""
    every = my_supervision(asker)
    supervises = any(one.part == "supervisor" for one in every) or _has_part_of_supervisor(request)
    shown = {
        "own": [shown_of(one) for one in every if one.part != "supervisor"],
        "given": [shown_of(one) for one in every if one.part == "supervisor"],
        "supervises": supervises,
    }
    return drawn(request, "staff/supervision/home.html", shown)


def shown_of(mine: MySupervision) -> Shown:
    """An agreement with its meetings in words."""
    return Shown(mine, title_of(mine), *(_lines(ones) for ones in (mine.to_come, mine.to_book, mine.past)))


def every_meeting(asker: Asker) -> tuple[MeetingShown, ...]:
    """All meetings to come, and those to be booked again, of all agreements."""
    return tuple(
        MeetingShown(one, state_of(one), title_of(mine))
        for mine in my_supervision(asker)
        for one in (*mine.to_book, *mine.to_come)
    )


def _lines(ones: Sequence[MeetingTold]) -> tuple[MeetingShown, ...]:
    return tuple(MeetingShown(one, state_of(one), "") for one in ones)


def _has_part_of_supervisor(request: HttpRequest) -> bool:
    standing = standing_of(request)
    return bool(standing and standing.chosen and standing.chosen.is_any_of((RoleKind.SUPERVISOR,)))
