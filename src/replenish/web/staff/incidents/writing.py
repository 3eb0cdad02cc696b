"""The form in which somebody writes down that something hard happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.codes import BANDS, SEVERITIES, band_of
from replenish.debrief.incidents.rules import RECORDERS, recording_scope
from replenish.debrief.incidents.told import Happened
from replenish.debrief.incidents.writing import new_id, write_down
from replenish.people.askers import Asker
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.asked import unit_choices
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.one import address_of
from replenish.web.staff.incidents.wording import bands_said
from replenish.web.staff.incidents.words import incident_words

NAMES = ("unit", "kind", "setting", "day", "band", "severity", "restraint")
FIELDS = {IncidentFault.CHOICE: "kind", IncidentFault.DAY: "day"}
"""Beside which field a refusal is said; all others are about the page."""


@dataclass(frozen=True)
class IncidentForm:
    """What stands in the fields, and the id the incident gets."""

    once: str
    unit: str = ""
    kind: str = ""
    setting: str = ""
    day: str = ""
    band: str = ""
    severity: str = ""
    restraint: str = ""

    def read(self) -> tuple[Happened | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        problems = [
            FormProblem(name, _("Choose one of these."))
            for name, chosen in (("kind", self.kind), ("setting", self.setting))
            if not chosen
        ]
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            problems.append(FormProblem("day", _("This is no day. Write it as 2027-01-31.")))
        if self.band not in map(str, BANDS):
            problems.append(FormProblem("band", _("Choose one of these.")))
        if self.severity not in map(str, SEVERITIES):
            problems.append(FormProblem("severity", _("Choose one of these.")))
        if self.restraint not in {"yes", "no"}:
            problems.append(FormProblem("restraint", _("Choose one of these.")))
        if problems:
            return None, problems
        when = Moment(day, int(self.band))
        restrained = self.restraint == "yes"
        return Happened(self.unit, self.kind, self.setting, when, int(self.severity), restrained), []


def form_sent(sent: QueryDict) -> IncidentForm:
    """The form as it was sent."""
    return IncidentForm(once=sent.get("once", ""), **{name: sent.get(name, "").strip() for name in NAMES})


def empty_form() -> IncidentForm:
    """A form for something that happened just now."""
    now = clock.now()
    return IncidentForm(once=new_id(), day=now.date().isoformat(), band=str(band_of(now.hour)))


@staff_page(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Write an incident down; its page then shows what follows."""
    if request.method != "POST":
        return _page(request, asker, empty_form())
    form = form_sent(request.POST)
    said, problems = form.read()
    if said is not None:
        try:
            return redirect(address_of(write_down(asker=asker, said=said, once=form.once)))
        except Refused as refused:
            field = FIELDS.get(refused.problems[0].fault)  # type: ignore[call-overload]
            if field is None:
                raise
            problems = problems_of(refused, field)
    return _page(request, asker, form, problems)


def _page(
    request: HttpRequest, asker: Asker, form: IncidentForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    words = incident_words()
    shown = {
        "form": form,
        "units": unit_choices(recording_scope(asker).units),
        "kinds": words.kinds.items(),
        "settings": words.settings.items(),
        "severities": [(str(number), said) for number, said in words.severities.items()],
        "bands": [(str(band), said) for band, said in bands_said()],
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/incidents/write.html", shown, status=400 if problems else 200)
