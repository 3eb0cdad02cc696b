"""The two keys: what waits for the reader's, what can be drawn, what is doubted, and the figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.conditions.doubts import doubts_of
from replenish.conditions.places import name_of
from replenish.conditions.rounds import may_draw, units_to_draw_afresh
from replenish.people.askers import Asker
from replenish.people.queries import headcount, slips_agreed, unit_tree
from replenish.people.roles import KEY_HOLDERS, RoleKind
from replenish.people.two_keys import agreed_slips
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.keys.told import keys_missing, proposals_told, seasons_for_slips

MOST_AT_ONCE = 20
"""More units than these are folded away, so that what waits and what can be proposed stays in sight."""


@dataclass(frozen=True)
class UnitRow:
    """A unit with the figures that two people agreed on; both are public in the organisation."""

    name: str
    people: int | None
    slips: int


@staff_page(*KEY_HOLDERS)
@require_safe
def keys(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What waits stands on top."""
    proposals = proposals_told(asker)
    missing = keys_missing(asker.organisation)
    season = next(iter(seasons_for_slips(asker.organisation)), None)
    units = _units(asker, season.season if season else "")
    shown = {
        "waiting": [one for one in proposals if one.waits_for_me],
        "others": [one for one in proposals if not one.waits_for_me],
        "no_steward": RoleKind.STEWARD in missing,
        "no_representative": RoleKind.REPRESENTATIVE in missing,
        "to_draw": [one for one in agreed_slips(asker.organisation) if may_draw(asker, one.units)],
        "afresh": [name_of(path) for path in units_to_draw_afresh(asker.organisation)],
        "doubts": [one for one in doubts_of(asker.organisation) if not one.answer],
        "season": season,
        "units": units,
        "folded": len(units) > MOST_AT_ONCE,
    }
    return drawn(request, "staff/keys/keys.html", shown)


def _units(asker: Asker, season: str) -> list[UnitRow]:
    declared = headcount(asker.organisation)
    agreed = slips_agreed(asker.organisation, season)
    return [
        UnitRow(" / ".join(unit.path), declared.get(unit.unit), agreed.get(unit.unit, 0))
        for unit in unit_tree(asker.organisation)
        if unit.is_leaf or unit.unit in declared
    ]
