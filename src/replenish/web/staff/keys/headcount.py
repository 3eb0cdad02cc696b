"""Proposing how many people work in each unit one answers for; only what changed is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people.actions import propose_headcount
from replenish.people.askers import Asker
from replenish.people.queries import headcount
from replenish.people.roles import KEY_HOLDERS
from replenish.people.tree import UnitInTree
from replenish.people.two_keys import Declaration, declarations, units_answered_for
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.keys.told import not_a_number, read_number


@dataclass(frozen=True)
class HeadcountField:
    """A unit in the form.

    Attributes:
        name: of the field, and its id.
        unit: the unit's names from the top down.
        people: those declared now; None where nobody has declared any.
        sent: what stands in the field.
        has_below: whether units stand below it.
    """

    name: str
    unit: str
    people: int | None
    sent: str
    has_below: bool


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def headcounts(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One table for all units one answers for."""
    units = units_answered_for(asker)
    declared = headcount(asker.organisation)
    problems: list[FormProblem] = []
    if request.method == "POST":
        changed = _changed(request.POST, units, declared, problems)
        if not changed and not problems:
            problems.append(FormProblem("units", _("Nothing is different yet. Change a number first.")))
        if not problems:
            try:
                propose_headcount(asker=asker, people=changed)
            except Refused as refused:
                problems = problems_of(refused, "units")
            else:
                return redirect("staff-keys")
    names = {unit.unit: " / ".join(unit.path) for unit in units}
    shown = {
        "problems": problems,
        "fields": [_field(unit, declared, request.POST) for unit in units],
        "history": _history(declarations(asker.organisation, tuple(names)), names),
    }
    return drawn(request, "staff/keys/headcount.html", shown, status=400 if problems else 200)


def _field(unit: UnitInTree, declared: dict[str, int], sent: QueryDict) -> HeadcountField:
    name, people = f"people-{unit.unit}", declared.get(unit.unit)
    stands = sent.get(name, "" if people is None else str(people))
    return HeadcountField(name, " / ".join(unit.path), people, str(stands), not unit.is_leaf)


def _changed(
    sent: QueryDict,
    units: Sequence[UnitInTree],
    declared: dict[str, int],
    problems: list[FormProblem],
) -> dict[str, int]:
    changed = {}
    for unit in units:
        text = str(sent.get(f"people-{unit.unit}", ""))
        number = read_number(text)
        if number is None and text.strip():
            problems.append(FormProblem(f"people-{unit.unit}", not_a_number(unit.name)))
        elif number is not None and number != declared.get(unit.unit):
            changed[unit.unit] = number
    return changed


def _history(rows: Sequence[Declaration], names: dict[str, str]) -> list[tuple[str, Declaration]]:
    return [(names[row.unit], row) for row in rows]
