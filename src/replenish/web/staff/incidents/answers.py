"""How offers of a quarter were answered: bands over at least seven, and counts that can still be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Quarter
from replenish.debrief.incidents.rules import INCIDENT_READERS, is_facilitator
from replenish.debrief.incidents.tally import (
    AnswersTold,
    TallyFrame,
    answers_told,
    own_tallies,
    tell_quarter,
)
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.wording import day_said
from replenish.web.staff.incidents.words import incident_words
from replenish.web.staff.records.opened import opened


@dataclass(frozen=True)
class AnswersShown:
    """What was told of one quarter and one step."""

    quarter: str
    step: str
    size: str
    share: str


@dataclass(frozen=True)
class TallyShown:
    """Counts that wait, as the server knows them."""

    name: str
    quarter: str
    can_be_told: bool
    from_day: str
    destroy_on: str


@staff_page(*INCIDENT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What was told; a facilitator tells a quarter whose lists are all gone."""
    secret = opened(request, asker)
    if request.method == "POST":
        known = {frame.quarter.name: frame.quarter for frame in own_tallies(asker)}
        quarter = known.get(request.POST.get("quarter", ""))
        if quarter is None:
            refuse(IncidentFault.TALLY_UNKNOWN)
        if secret is not None:
            tell_quarter(asker=asker, quarter=quarter, secret=secret)
        return redirect("staff-incidents-answers")
    leads = is_facilitator(asker)
    shown = {
        "told": answers_shown(answers_told(asker.organisation)),
        "tallies": [tally_shown(frame) for frame in own_tallies(asker)] if leads else [],
        "leads": leads,
        "is_open": secret is not None,
        "floor": organisation_summary(asker.organisation).floor,
    }
    return drawn(request, "staff/incidents/answers.html", shown)


def answers_shown(told: Iterable[AnswersTold]) -> list[AnswersShown]:
    """Bands in words."""
    steps = incident_words().steps
    return [
        AnswersShown(
            quarter_said(one.quarter),
            steps[one.check].title,
            one.band.size,
            _("between %(low)s and %(high)s in 100") % {"low": one.band.low, "high": one.band.high},
        )
        for one in told
    ]


def tally_shown(frame: TallyFrame) -> TallyShown:
    """Counts that wait, in words."""
    return TallyShown(
        frame.quarter.name,
        quarter_said(frame.quarter),
        frame.can_be_told,
        day_said(frame.from_day),
        day_said(frame.destroy_on),
    )


def quarter_said(quarter: Quarter) -> str:
    """A quarter by its number and year."""
    return _("quarter %(number)s of %(year)s") % {"number": quarter.number, "year": quarter.year}
