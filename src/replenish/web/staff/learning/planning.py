"""The form in which a session is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.learning import LearningFault
from replenish.learning.actions import plan_session
from replenish.learning.catalogue import offers
from replenish.learning.queries import Planned
from replenish.learning.rules import PLANNERS, planning_scope
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.web.learning.written import offer_texts, unit_text
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.learning.session import address_of

WHOLE = "whole"
FIELDS = {
    LearningFault.OFFER: "what",
    LearningFault.DAY: "day",
    LearningFault.TIMES: "begins",
    LearningFault.WORDS: "place",
    LearningFault.TITLE: "title",
    LearningFault.PLACES: "places",
}
"""Beside which field a refusal is said; all others are about the page."""


@dataclass(frozen=True)
class SessionForm:
    """What stands in the fields; `what` is an offer, or an offer and a unit of it."""

    what: str = ""
    unit: str = ""
    title: str = ""
    day: str = ""
    begins: str = ""
    ends: str = ""
    place: str = ""
    led_by: str = ""
    places: str = "12"

    def read(self) -> tuple[Planned | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        offer, _slash, part = self.what.partition("/")
        problems = []
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            problems.append(FormProblem("day", _("This is no day. Write it as 2027-01-31.")))
        # Digits of other scripts are none that a form here is filled in with.
        if not (self.places.isascii() and self.places.isdigit() and len(self.places) < 6):
            problems.append(FormProblem("places", _("Write the number of places in digits.")))
        if problems:
            return None, problems
        return Planned(
            offer, part, self.title, day, self.begins, self.ends, self.place, self.led_by, int(self.places)
        ), []


def form_sent(sent: QueryDict) -> SessionForm:
    """The form as it was sent."""
    return SessionForm(
        **{
            name: sent.get(name, "").strip()
            for name in ("what", "unit", "title", "day", "begins", "ends", "place", "led_by", "places")
        }
    )


@staff_page(*PLANNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Plan a session; the page of the session then shows what to hand on."""
    if request.method != "POST":
        return _page(request, asker, SessionForm(what=request.GET.get("offer", "")))
    form = form_sent(request.POST)
    said, problems = form.read()
    if said is not None:
        try:
            planned = plan_session(asker=asker, unit=None if form.unit == WHOLE else form.unit, said=said)
        except Refused as refused:
            problems = _problems(refused)
        else:
            return redirect(address_of(planned))
    return _page(request, asker, form, problems)


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _page(
    request: HttpRequest, asker: Asker, form: SessionForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    scope = planning_scope(asker)
    whole = [(WHOLE, organisation_summary(asker.organisation).name)] if scope.whole else []
    shown = {
        "form": form,
        "offers": [
            (code, text.title, [(f"{code}/{unit}", unit_text(unit).title) for unit in offers()[code].units])
            for code, text in ((offer.code, text) for offer, text in offer_texts())
        ],
        "parts": [*whole, *((one.unit, " / ".join(one.path)) for one in scope.units)],
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/learning/plan.html", shown, status=400 if problems else 200)
