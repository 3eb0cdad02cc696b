"""Writing down that a debrief was not held, and why: one reason from a list, and nothing about anybody."""

from __future__ import annotations

import secrets
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.facts import facts
from replenish.debrief.conversations.holding import About, write_not_held
from replenish.debrief.conversations.reading import occasion, occasions
from replenish.debrief.conversations.rules import units_to_hold_in
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.asked import unit_choices
from replenish.web.staff.debriefs.guides import guides
from replenish.web.staff.debriefs.told import REASONS, shelf_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

NAMES = ("once", "kind", "incident", "unit", "day", "because")
FIELDS = {
    DebriefingFault.CHOICE: "because",
    DebriefingFault.DAY: "day",
    DebriefingFault.ALREADY: "kind",
    DebriefingFault.LEADS_HERE: "unit",
    DebriefingFault.INCIDENT: "incident",
}


@staff_page(RoleKind.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def not_held(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The form; what it says is kept with one press."""
    if request.method != "POST":
        form = dict.fromkeys(NAMES, "")
        form |= {"once": secrets.token_hex(16), "kind": "hot", "day": clock.today().isoformat()}
        asked = request.GET.get("incident", "")
        if asked:
            form["incident"] = occasion(asker, asked).incident
        return _page(request, asker, form)
    form = {name: request.POST.get(name, "").strip() for name in NAMES}
    about, problems = _read(form)
    if about is not None:
        try:
            write_not_held(asker=asker, key=form["once"], about=about, because=form["because"])
        except Refused as refused:
            problems = _problems(refused)
        else:
            return redirect(reverse("staff-debriefs"))
    return _page(request, asker, form, problems)


def _read(form: dict[str, str]) -> tuple[About | None, list[FormProblem]]:
    problems = []
    if not form["incident"] and not form["unit"]:
        problems.append(FormProblem("unit", _("Choose the incident, or the team.")))
    if form["because"] not in REASONS:
        problems.append(FormProblem("because", _("Choose the reason that comes nearest.")))
    try:
        day = date.fromisoformat(form["day"])
    except ValueError:
        problems.append(FormProblem("day", _("This is no day. Write it as 2027-01-31.")))
    if problems:
        return None, problems
    return About(form["kind"], day, form["incident"], form["unit"]), []


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _page(
    request: HttpRequest, asker: Asker, form: dict[str, str], problems: list[FormProblem] | None = None
) -> HttpResponse:
    shelf, mine = shelf_of(asker), units_to_hold_in(asker)
    here = {one.unit for one in mine}
    shown = {
        "form": form,
        "once": form["once"],
        "occasions": [(one.incident, shelf.label(one)) for one in occasions(asker) if one.unit in here],
        "units": unit_choices(mine),
        "guides": guides().values(),
        "reasons": [(one.code, REASONS[one.code]) for one in facts().not_held],
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/debriefs/not_held.html", shown, status=400 if problems else 200)
