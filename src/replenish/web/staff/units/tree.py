"""The unit tree as it stands and as it is announced, and one unit with its history."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.changes import changes, coming
from replenish.people.names import look
from replenish.people.queries import accounts, headcount, headcount_history, places_of, unit_tree
from replenish.people.roles import RoleKind
from replenish.people.tree import UnitInTree, tree_on
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.parts import NAMES
from replenish.web.staff.units.branches import FEW, branches, flat
from replenish.web.staff.units.told import told


@dataclass(frozen=True)
class HeldFor:
    """Somebody who has a part for a unit, or for one above it."""

    name: str
    part: str


@staff_page()
@require_safe
def units(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All units, folded where they are many; or those whose name holds what is looked for."""
    places, today = places_of(asker.organisation), clock.today()
    tree = tree_on(places, today)
    mine = rules.units_to_change(asker, tree)
    grown = branches(tree, headcount(asker.organisation), mine)
    wanted = request.GET.get("find", "").strip()
    announced = coming(places, today)
    # A unit that has not begun is nobody's yet: whoever may begin it may call it off.
    tied = mine | {one.unit for one in announced if one.parent in mine}
    tops = rules.may_change_units(asker, [None], tree)
    shown = {
        "branches": grown,
        "found": [one for one in flat(grown) if look(wanted) in look(one.name)] if wanted else None,
        "find": wanted,
        "folded": len(tree) > FEW,
        "total": len(tree),
        "changes": told(announced, places, {one.unit for one in announced} if tops else tied),
        "may_add": bool(mine) or tops,
    }
    return drawn(request, "staff/units/tree.html", shown)


@staff_page()
@require_safe
def unit(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One unit: where it stands, who answers for it, its people, its history; else a list to choose from."""
    places, today = places_of(asker.organisation), clock.today()
    tree = tree_on(places, today)
    named = request.GET.get("unit", "")
    if not named:
        return drawn(
            request,
            "staff/units/choose.html",
            {"branches": flat(branches(tree, headcount(asker.organisation), ())), "address": "staff-unit"},
        )
    own = [place for place in places if place.unit == named]
    if not own:
        raise Http404
    standing = next((one for one in tree if one.unit == named), None)
    known = changes(own)
    tied = rules.units_to_change(asker, tree)
    shown = {
        "unit": named,
        "name": standing.name if standing else max(own, key=lambda place: place.from_date).name,
        "standing": standing,
        "path": " / ".join(standing.path[:-1]) if standing else "",
        "declared": headcount(asker.organisation).get(named),
        "history": reversed(told((one for one in known if one.on <= today), places)),
        "coming": told((one for one in known if one.on > today), places, {named} if named in tied else ()),
        "headcounts": tuple(reversed(headcount_history(asker.organisation, named))),
        "answer": _answer_for(asker.organisation, standing, tree) if standing else [],
        "may_change": named in tied,
    }
    # The name `standing` belongs to the frame of the page: who is signed in.
    shown["stands"] = shown.pop("standing") is not None
    return drawn(request, "staff/units/one.html", shown)


def _answer_for(organisation: str, of: UnitInTree, tree: tuple[UnitInTree, ...]) -> list[HeldFor]:
    """Stewards and deputies of the unit, of those above it, and of the whole."""
    above: dict[str, str | None] = {one.unit: one.parent for one in tree}
    line: set[str | None] = {None}
    step: str | None = of.unit
    while step is not None:
        line.add(step)
        step = above[step]
    today = clock.today()
    return [
        HeldFor(one.name, str(NAMES[RoleKind(role.kind)]))
        for one in accounts(organisation)
        for role in one.roles
        if role.kind in (RoleKind.STEWARD, RoleKind.DEPUTY) and role.unit in line and role.from_date <= today
    ]


def units_to_choose(asker: Asker) -> list[UnitInTree]:
    """The units that the asker may change today."""
    tree = unit_tree(asker.organisation)
    mine = rules.units_to_change(asker, tree)
    return [one for one in tree if one.unit in mine]
