"""Writing down that a meeting took place, and confirming what another wrote: facts, never what was said."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.askers import Asker
from replenish.supervision.comes_next import MeetingTold, MySupervision, my_meeting
from replenish.supervision.points import points
from replenish.supervision.taking_place import Facts, confirm_facts, facts_of, write_facts
from replenish.web.shared.one_time import key_of_form
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.meeting.one import ASKED, address_of, which
from replenish.web.staff.supervision.said import title_of

WHAT, CONFIRM = "what", "confirm"
YES, NO = "yes", "no"
MOST_DIGITS = 3
FIELDS = {
    RhythmFault.MINUTES: "minutes",
    RhythmFault.POINTS: "raised",
    RhythmFault.FUNCTION: "functions",
}
ASKED_YES_OR_NO = ("interrupted", "reflective_kept", "wellbeing_offered")


@dataclass(frozen=True)
class FactsForm:
    """What stands in the fields, as it was typed or ticked."""

    minutes: str = ""
    interrupted: str = ""
    reflective_kept: str = ""
    wellbeing_offered: str = ""
    functions: tuple[str, ...] = ()
    raised: str = "0"
    closed: str = "0"

    def read(self) -> tuple[Facts | None, list[FormProblem]]:
        """What it says, or what to look at again."""
        problems = [
            FormProblem(name, _("Write a whole number in digits."))
            for name in ("minutes", "raised", "closed")
            if not _is_number(getattr(self, name))
        ]
        problems += [
            FormProblem(name, _("Choose yes or no."))
            for name in ASKED_YES_OR_NO
            if not _is_chosen(self, name)
        ]
        if problems:
            return None, problems
        return Facts(
            int(self.minutes),
            self.interrupted == YES,
            self.reflective_kept == YES,
            self.functions,
            self.wellbeing_offered == YES,
            int(self.raised),
            int(self.closed),
        ), []


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Write the facts down, or confirm them as they stand."""
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return which(request, asker, "staff-supervision-held")
    mine, one = my_meeting(asker, asked)
    told = facts_of(asker, asked)
    if request.method != "POST":
        form = form_of(told.facts) if told else FactsForm(minutes=str(mine.minutes))
        return _page(request, mine, one, form)
    form = form_sent(request.POST)
    facts, problems = form.read()
    if facts is not None:
        try:
            if request.POST.get(WHAT) == CONFIRM:
                confirm_facts(asker=asker, meeting=asked, read=facts)
            else:
                write_facts(asker=asker, meeting=asked, facts=facts)
        except Refused as refused:
            problems = _problems(refused)
        else:
            return redirect(address_of(asked))
    return _page(request, mine, one, form, problems)


def form_of(facts: Facts) -> FactsForm:
    """A form that says what is written down."""
    said = {name: YES if getattr(facts, name) else NO for name in ASKED_YES_OR_NO}
    return FactsForm(
        minutes=str(facts.minutes),
        functions=facts.functions,
        raised=str(facts.raised),
        closed=str(facts.closed),
        **said,
    )


def form_sent(sent: QueryDict) -> FactsForm:
    """The form as it was sent."""
    words = ("minutes", "raised", "closed", *ASKED_YES_OR_NO)
    said = {name: sent.get(name, "").strip() for name in words}
    return FactsForm(functions=tuple(sent.getlist("functions")), **said)


def _is_number(typed: str) -> bool:
    # Digits of other scripts are none that a form here is filled in with.
    return typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS


def _is_chosen(form: FactsForm, name: str) -> bool:
    return getattr(form, name) in (YES, NO)


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _page(
    request: HttpRequest,
    mine: MySupervision,
    one: MeetingTold,
    form: FactsForm,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    fields = {problem.field: problem.sentence for problem in problems or []}
    shown = {
        "mine": mine,
        "one": one,
        "title": title_of(mine),
        "form": form,
        "questions": [
            (name, label, getattr(form, name), fields.get(name, "")) for name, label in _questions()
        ],
        "functions": points().functions,
        "once": key_of_form(request),
        "problems": problems or [],
        "fields": fields,
    }
    return drawn(request, "staff/supervision/held.html", shown, status=400 if problems else 200)


def _questions() -> tuple[tuple[str, str], ...]:
    return (
        ("reflective_kept", _("Was the agreed time for reflection kept?")),
        ("interrupted", _("Was it interrupted?")),
        ("wellbeing_offered", _("Did somebody offer to ask how things are?")),
    )
