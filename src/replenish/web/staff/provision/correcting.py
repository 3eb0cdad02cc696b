"""Correcting a figure, and taking one back. The figure as it was stays in the history."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.entering import correct_fact, take_back
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.reading import FactEntered, entered_fact
from replenish.people.askers import Asker
from replenish.web.conditions_report.figure_words import days, figure
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import NOT_THERE, staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.provision.entering import ENTRANTS
from replenish.web.staff.provision.form import Typed, entry_of, problems_by_field, typed_from, typed_in
from replenish.web.staff.provision.parts_told import Ground, ground_of


@staff_page(*ENTRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Put another figure in the place of one that is wrong."""
    ground = ground_of(asker)
    row = _row(request, asker, ground)
    if row is None:
        return drawn(request, "staff/provision/which.html")
    if request.method != "POST":
        _require_current(row)
        return _form(request, ground, row, typed_from(row), [])
    typed = typed_in(request.POST)
    problems = _corrected(asker, row, typed)
    return _form(request, ground, row, typed, problems) if problems else _back(row)


@staff_page(*ENTRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_fact(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Let a figure count no longer, after asking once more."""
    ground = ground_of(asker)
    row = _row(request, asker, ground)
    if row is None:
        return drawn(request, "staff/provision/which.html")
    if request.method == "POST":
        take_back(asker=asker, fact=row.fact)
        return _back(row)
    _require_current(row)
    return drawn(request, "staff/provision/take_back.html", _about(ground, row))


def _row(request: HttpRequest, asker: Asker, ground: Ground) -> FactEntered | None:
    """The figure that was named; none where none was.

    Raises:
        Http404: it is not there, or not the asker's to change.
    """
    named = (request.POST if request.method == "POST" else request.GET).get("fact", "")
    if not named:
        return None
    row = entered_fact(asker.organisation, named)
    if row is None or row.kind not in kinds() or not ground.entrant.may_enter(row.unit, row.kind):
        raise Http404
    return row


def _require_current(row: FactEntered) -> None:
    if not row.counts:
        refuse(FactFault.FACT_UNKNOWN)


def _corrected(asker: Asker, row: FactEntered, typed: Typed) -> list[FormProblem]:
    entry, problems = entry_of(typed, unit=row.unit, kind=row.kind)
    if entry is None or problems:
        return problems
    try:
        correct_fact(asker=asker, fact=row.fact, entry=entry)
    except Refused as refused:
        if refused.fault in NOT_THERE or refused.fault is FactFault.FACT_UNKNOWN:
            raise
        return problems_by_field(refused.problems, otherwise="from")
    return []


def _form(
    request: HttpRequest, ground: Ground, row: FactEntered, typed: Typed, problems: list[FormProblem]
) -> HttpResponse:
    shown = {**_about(ground, row), "typed": typed, "problems": problems}
    return drawn(request, "staff/provision/correct.html", shown, status=400 if problems else 200)


def _about(ground: Ground, row: FactEntered) -> dict[str, object]:
    kind = kinds()[row.kind]
    return {
        "fact": row.fact,
        "unit": row.unit,
        "part": ground.name_of(row.unit),
        "kind": kind,
        "days": days(row.period.first_day, row.period.last_day),
        "figure": figure(kind, row.period),
    }


def _back(row: FactEntered) -> HttpResponse:
    return redirect(f"{reverse('staff-provision')}?{urlencode({'unit': row.unit})}#{row.kind}")
