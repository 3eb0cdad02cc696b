"""Entering one figure: first which part and which kind, then the days and the two numbers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.facts.kinds import kinds
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, RoleKind
from replenish.web.conditions_report.figure_words import last_month
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import NOT_THERE, staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.provision.form import Typed, entry_of, problems_by_field, typed_in
from replenish.web.staff.provision.parts_told import Ground, ground_of

ENTRANTS = (*LEADERS, RoleKind.FACILITATOR, RoleKind.SUPERVISOR)


@staff_page(*ENTRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Choose what to enter; then enter it."""
    ground = ground_of(asker)
    asked = request.POST if request.method == "POST" else request.GET
    unit = ground.chosen(asked.get("unit"))
    kind = asked.get("kind", "")
    if not kind:
        return _choose(request, ground, unit)
    if kind not in kinds() or not ground.entrant.may_enter(unit, kind):
        raise Http404
    if request.method != "POST":
        first, last = last_month(clock.today())
        return _form(request, ground, unit, kind, Typed(first.isoformat(), last.isoformat()), [])
    typed = typed_in(request.POST)
    problems = _entered(asker, unit, kind, typed)
    if problems:
        return _form(request, ground, unit, kind, typed, problems)
    return redirect(f"{reverse('staff-provision')}?{urlencode({'unit': unit})}#{kind}")


def _entered(asker: Asker, unit: str, kind: str, typed: Typed) -> list[FormProblem]:
    entry, problems = entry_of(typed, unit=unit, kind=kind)
    if entry is None or problems:
        return problems
    try:
        enter_fact(asker=asker, entry=entry)
    except Refused as refused:
        if refused.fault in NOT_THERE:
            raise
        return problems_by_field(refused.problems, otherwise="from")
    return []


def _choose(request: HttpRequest, ground: Ground, unit: str) -> HttpResponse:
    shown = {
        "unit": unit,
        "part": ground.name_of(unit),
        "parts": ground.parts(ground.entrant.units_in(ground.tree), unit),
        "kinds": ground.entrant.kinds_for(unit),
    }
    return drawn(request, "staff/provision/choose.html", shown)


def _form(
    request: HttpRequest, ground: Ground, unit: str, kind: str, typed: Typed, problems: list[FormProblem]
) -> HttpResponse:
    shown = {
        "unit": unit,
        "part": ground.name_of(unit),
        "kind": kinds()[kind],
        "typed": typed,
        "problems": problems,
    }
    return drawn(request, "staff/provision/enter.html", shown, status=400 if problems else 200)
