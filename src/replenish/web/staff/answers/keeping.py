"""Saying what became of a promise: which of them can be said today, then a form, then it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.conditions.following import Promised, promise_of, promised_by, say_what_became
from replenish.leadership.queries import LONGEST_WHY, Outcome
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS
from replenish.web.conditions_report.sections.promised import in_words, signed
from replenish.web.conditions_report.sections.since import became
from replenish.web.conditions_report.wording import upper
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

SAID = "said"
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.KEPT: _("It was kept"),
    Outcome.PARTLY: _("It was kept in part"),
    Outcome.NOT_KEPT: _("It was not kept"),
}
FIELDS = {LeadershipFault.OUTCOME: "outcome", LeadershipFault.WHY: "why"}


@dataclass(frozen=True)
class PromisedShown:
    """A promise as the page tells it."""

    commitment: str
    words: str
    signed: str
    became: tuple[str, ...]
    number: int
    closed_on: date
    from_day: date | None
    open: bool


@staff_page(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The promises of one's own parts; or the form of one of them."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("commitment", "")
    if not asked:
        return _list(request, asker)
    try:
        one = promise_of(asker, asked)
    except Refused:
        raise Http404 from None
    if not one.is_open(clock.today()):
        raise Http404
    if request.method != "POST":
        return _form(request, one, "", "", [])
    outcome, why = request.POST.get("outcome", ""), request.POST.get("why", "")
    try:
        say_what_became(asker=asker, commitment=asked, outcome=outcome, why=why)
    except Refused as refused:
        fault = refused.problems[0].fault
        field = next((name for known, name in FIELDS.items() if known is fault), "why")
        return _form(request, one, outcome, why, problems_of(refused, field))
    return redirect(f"{reverse('staff-answers')}?{SAID}=yes")


def _list(request: HttpRequest, asker: Asker) -> HttpResponse:
    told = [_shown(one) for one in promised_by(asker)]
    shown = {
        "open": [one for one in told if one.open and not one.became],
        "said": [one for one in told if one.became],
        "waiting": [one for one in told if not one.open and not one.became],
    }
    return drawn(request, "staff/answers/keeping.html", shown)


def _form(
    request: HttpRequest, one: Promised, outcome: str, why: str, problems: list[FormProblem]
) -> HttpResponse:
    shown = {
        "one": _shown(one),
        "outcomes": [(kind.value, words) for kind, words in OUTCOMES.items()],
        "outcome": outcome,
        "why": why,
        "most": LONGEST_WHY,
        "problems": problems,
    }
    return drawn(request, "staff/answers/became.html", shown, status=400 if problems else 200)


def _shown(one: Promised) -> PromisedShown:
    return PromisedShown(
        one.made.commitment,
        in_words(one.made.promise),
        upper(signed(one.answer)),
        became(one.made),
        one.number,
        one.closed_on,
        one.from_day,
        one.is_open(clock.today()),
    )
