"""Leading a debrief from a phone: the guide on one page, then the words read aloud, and only then kept.

The first button keeps nothing: it brings the points back in large letters, to be read out and changed. Only
the second one writes, and only words that were marked as agreed.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.debrief.conversations.aftercare import own_aftercare
from replenish.debrief.conversations.facts import KINDS, facts
from replenish.debrief.conversations.holding import write_held
from replenish.debrief.conversations.reading import occasion, occasions
from replenish.debrief.conversations.rules import require_may_hold, units_to_hold_in
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.conversation_kit.points import condition_titles
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.asked import unit_choices
from replenish.web.staff.debriefs.guides import guide, guides
from replenish.web.staff.debriefs.lead_form import LeadForm, form_sent, new_form, problems_said
from replenish.web.staff.debriefs.told import shelf_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

KIND, INCIDENT, WHAT = "kind", "incident", "what"
BACK, KEEP = "back", "keep"
CARRIED = ("kind", "incident", "unit", "day", "minutes", "came", "apart")
"""What the page with the words carries along unseen."""


@staff_page(RoleKind.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def lead(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The guide with its clock; its form; the words read aloud; and what is kept of it."""
    if request.method == "POST":
        return _sent(request, asker)
    kind = request.GET.get(KIND, "")
    if kind not in KINDS:
        return _which(request, asker)
    incident = request.GET.get(INCIDENT, "")
    if incident:
        require_may_hold(asker, occasion(asker, incident).unit)
    return _guide(request, asker, new_form(facts().guide(kind), incident=incident, unit=""))


def _sent(request: HttpRequest, asker: Asker) -> HttpResponse:
    form = form_sent(request.POST, facts().guide(request.POST.get(KIND, "")))
    what = request.POST.get(WHAT, "")
    said, problems = form.read()
    if what == BACK or said is None:
        return _guide(request, asker, form, problems if what != BACK else [])
    if what != KEEP:
        return _read_aloud(request, form) if form.filled else _kept(request, asker, form)
    unagreed = form.unagreed()
    return _read_aloud(request, form, unagreed) if unagreed else _kept(request, asker, form)


def _kept(request: HttpRequest, asker: Asker, form: LeadForm) -> HttpResponse:
    said, _problems = form.read()
    if said is None:
        return _guide(request, asker, form)
    about, held = said
    try:
        write_held(asker=asker, key=form.once, about=about, held=held)
    except Refused as refused:
        return _guide(request, asker, form, problems_said(refused))
    return redirect(f"{reverse('staff-debriefs')}?kept={form.kind}")


def _which(request: HttpRequest, asker: Asker) -> HttpResponse:
    shelf = shelf_of(asker)
    mine = {one.unit for one in units_to_hold_in(asker)}
    lines = [shelf.occasion(one) for one in occasions(asker) if one.unit in mine]
    shown = {"guides": guides().values(), "occasions": [line for line in lines if line.kinds]}
    return drawn(request, "staff/debriefs/which.html", shown)


def _guide(
    request: HttpRequest, asker: Asker, form: LeadForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    about = shelf_of(asker).label(occasion(asker, form.incident)) if form.incident else ""
    shown = {
        **_shown(form, problems),
        "about": about,
        "units": unit_choices(units_to_hold_in(asker)),
        "aftercare": own_aftercare(asker),
        "whole": form.filled or problems,
    }
    return drawn(request, "staff/debriefs/lead.html", shown, status=400 if problems else 200)


def _read_aloud(
    request: HttpRequest, form: LeadForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    return drawn(
        request, "staff/debriefs/read_aloud.html", _shown(form, problems), status=400 if problems else 200
    )


def _shown(form: LeadForm, problems: list[FormProblem] | None) -> dict[str, object]:
    said = {problem.field: problem.sentence for problem in problems or []}
    return {
        "form": form,
        "once": form.once,
        "carried": [(name, getattr(form, name)) for name in CARRIED],
        "guide": guide(form.kind),
        "points": [(one, said.get(one.name, ""), said.get(f"by-{one.place}", "")) for one in form.points],
        "filled": [(one, said.get(one.name, ""), said.get(f"by-{one.place}", "")) for one in form.filled],
        "conditions": condition_titles().items(),
        "problems": problems or [],
        "fields": said,
    }
