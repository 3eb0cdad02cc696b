"""The first page behind the door: what waits for one, what comes next, and where one can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.telling.public_days import next_days
from replenish.conditions.telling.waiting import can_be_prepared, waits_for
from replenish.conditions.telling.words import fill, language_of_reader, lines
from replenish.people.askers import Asker
from replenish.people.logins import HeldAccount
from replenish.people.roles import RoleKind
from replenish.people.signing_in import standing_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn, places_of
from replenish.web.staff.navigation import grouped
from replenish.web.staff.parts import parts_played
from replenish.web.staff.upkeep.health import dangers, found_here

LEADS_TO: Mapping[str, str] = MappingProxyType(
    {
        "key": "staff-keys",
        "doubt": "staff-keys-doubts",
        "answer": "staff-answers",
        "headcount": "staff-keys-headcount",
        "plan": "staff-rounds-plan",
        "first_plan": "staff-rounds-plan",
    }
)
"""Where each thing that can wait is done."""


@dataclass(frozen=True)
class ToDo:
    """Something that waits, and the page on which it is done."""

    sentence: str
    address: str


@staff_page()
@require_safe
def home(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What waits stands on top; the same words as in the letters."""
    standing = standing_of(request)
    held = standing.chosen if standing else None
    language = language_of_reader()
    said = lines("notices", language)
    shown = {
        "waiting": [
            *(
                ToDo(fill(said[one.line], dict(one.places)), LEADS_TO[one.line])
                for one in (*waits_for(asker), *can_be_prepared(asker))
            ),
            *_of_the_machine(held),
        ],
        "coming": next_days(asker.organisation, clock.today(), language),
        "parts": parts_played(held) if held else [],
        "groups": grouped(places_of(standing)),
        "is_first": True,
    }
    return drawn(request, "staff/home.html", shown)


def _of_the_machine(held: HeldAccount | None) -> list[ToDo]:
    """The operator alone keeps the installation; no letter speaks of it: its page is there at any time."""
    if held is None or not held.is_any_of((RoleKind.OPERATOR,)) or not dangers(found_here()):
        return []
    return [ToDo(_("Something about the installation needs you."), "staff-upkeep")]
