"""One incident: the steps that follow it as a list with clocks, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.codes import BANDS, band_of
from replenish.debrief.incidents.reading import incident_told, incidents_of
from replenish.debrief.incidents.rules import INCIDENT_READERS, is_facilitator
from replenish.debrief.incidents.told import Became, IncidentTold, StepTold
from replenish.debrief.incidents.writing import forget_step, new_id, say_step, take_back
from replenish.people.askers import Asker
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.shown import desk_of, steps_shown
from replenish.web.staff.incidents.wording import bands_said
from replenish.web.staff.incidents.words import incident_words

INCIDENT, STEP, WHAT = "incident", "step", "what"
FIELDS = {
    IncidentFault.CHOICE: "outcome",
    IncidentFault.REASON: "because",
    IncidentFault.STEP_EARLY: "day",
}
GUIDES = {"hot_debrief": "hot", "learning_debrief": "learning", "learning_review": "review"}
"""Steps that have a guide of their own among the pages of debriefs, and the kind it has there."""


@dataclass(frozen=True)
class StepForm:
    """What stands in the fields about one step."""

    step: str
    outcome: str = ""
    because: str = ""
    day: str = ""
    band: str = ""

    def read(self) -> tuple[Became | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        problems = []
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            problems.append(FormProblem("day", _("This is no day. Write it as 2027-01-31.")))
        if not self.outcome:
            problems.append(FormProblem("outcome", _("Choose one of these.")))
        if self.band not in map(str, BANDS):
            problems.append(FormProblem("band", _("Choose one of these.")))
        return (
            (None, problems)
            if problems
            else (Became(self.outcome, Moment(day, int(self.band)), self.because), [])
        )


def address_of(incident: str, *, step: str = "") -> str:
    """The page of an incident, at one of its steps if that is named."""
    asked = {INCIDENT: incident, **({STEP: step} if step else {})}
    return f"{reverse('staff-incident')}?{urlencode(asked)}{'#said' if step else ''}"


@staff_page(*INCIDENT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The incident the address asks for, or a list to choose from."""
    if request.method == "POST":
        return _written(request, asker)
    asked = request.GET.get(INCIDENT, "")
    if not asked:
        desk = desk_of(asker)
        return drawn(
            request,
            "staff/incidents/which.html",
            {"every": [desk.shown(each) for each in incidents_of(asker)]},
        )
    told = incident_told(asker, asked)
    return _page(request, asker, told, _form_for(told, request.GET.get(STEP, "")))


def _written(request: HttpRequest, asker: Asker) -> HttpResponse:
    incident, step = request.POST.get(INCIDENT, ""), request.POST.get(STEP, "")
    what = request.POST.get(WHAT, "")
    if what == "take-back":
        take_back(asker=asker, incident=incident)
        return redirect("staff-incidents")
    if what == "forget":
        forget_step(asker=asker, incident=incident, step=step)
        return redirect(address_of(incident))
    form = _form_sent(request.POST)
    became, problems = form.read()
    if became is not None:
        try:
            say_step(asker=asker, incident=incident, step=step, became=became)
            return redirect(address_of(incident))
        except Refused as refused:
            field = FIELDS.get(refused.problems[0].fault)  # type: ignore[call-overload]
            if field is None:
                raise
            problems = problems_of(refused, field)
    return _page(request, asker, incident_told(asker, incident), form, problems)


def _form_sent(sent: QueryDict) -> StepForm:
    names = ("step", "outcome", "because", "day", "band")
    return StepForm(**{name: sent.get(name, "").strip() for name in names})


def _form_for(told: IncidentTold, asked: str) -> StepForm | None:
    """The form about the step that is asked for, else about the open one that is due first."""
    step = told.step(asked) if asked else told.next_step
    if step is None:
        return None
    return _form_of(step)


def _form_of(step: StepTold) -> StepForm:
    became = step.became
    if became is not None:
        when = became.when
        return StepForm(step.step.code, became.outcome, became.because, when.day.isoformat(), str(when.band))
    now = clock.now()
    return StepForm(step.step.code, day=now.date().isoformat(), band=str(band_of(now.hour)))


def _page(
    request: HttpRequest,
    asker: Asker,
    told: IncidentTold,
    form: StepForm | None,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    desk, words = desk_of(asker), incident_words()
    shown = desk.shown(told)
    at = told.step(form.step) if form is not None else None
    about = {
        "one": shown,
        "steps": steps_shown(told),
        "form": form if shown.may_write and at is not None else None,
        "at": at,
        "reasons": [(code, words.reasons[code]) for code in at.step.because] if at is not None else [],
        "bands": [(str(band), said) for band, said in bands_said()],
        "guide": GUIDES.get(form.step, "") if form is not None else "",
        "leads": is_facilitator(asker),
        "once": new_id(),
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/incidents/one.html", about, status=400 if problems else 200)
