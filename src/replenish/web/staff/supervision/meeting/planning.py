"""Planning a meeting, moving it, booking one that fell through again, and calling one off."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people.askers import Asker
from replenish.supervision.comes_next import (
    MeetingTold,
    MySupervision,
    my_meeting,
    my_supervision,
    one_of_mine,
)
from replenish.supervision.meetings import When, book_again, call_off, move_meeting, plan_meeting
from replenish.web.shared.one_time import key_of_form, key_sent
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.meeting.form import (
    MeetingForm,
    form_like,
    form_sent,
    problems_said,
)
from replenish.web.staff.supervision.meeting.one import ASKED, address_of, which
from replenish.web.staff.supervision.said import MEDIUMS, REASONS, SIDES, title_of

AGREEMENT = "agreement"
Keep = Callable[[When], str]


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Plan a meeting for a day that is due, or one beside the rhythm."""
    asked = _asked(request, AGREEMENT)
    if not asked:
        every = [(one.agreement, title_of(one)) for one in my_supervision(asker)]
        return drawn(request, "staff/supervision/which_agreement.html", {"every": every})
    mine = one_of_mine(asker, asked)
    first = mine.open_due[0].isoformat() if mine.open_due else ""
    form = form_sent(request.POST) if request.method == "POST" else _like_last(mine, first)

    def keep(when: When) -> str:
        return plan_meeting(
            asker=asker, agreement=asked, when=when, due_on=form.due_on, once=key_sent(request)
        )

    return _page(request, form, keep, {"mine": mine, "does": "plan", "title": title_of(mine)})


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Move a meeting; from which side it came is asked, and is shown to nobody but pooled over many."""
    asked = _asked(request, ASKED)
    if not asked:
        return which(request, asker, "staff-supervision-move")
    mine, one = my_meeting(asker, asked)
    form = form_sent(request.POST) if request.method == "POST" else form_like(one)

    def keep(when: When) -> str:
        return move_meeting(asker=asker, meeting=asked, when=when, why=form.why, once=key_sent(request))

    return _page(request, form, keep, _about(mine, one, "move"))


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Book a meeting in place of one that fell through."""
    asked = _asked(request, ASKED)
    if not asked:
        return which(request, asker, "staff-supervision-again")
    mine, one = my_meeting(asker, asked)
    form = form_sent(request.POST) if request.method == "POST" else form_like(one)

    def keep(when: When) -> str:
        return book_again(asker=asker, meeting=asked, when=when, once=key_sent(request))

    return _page(request, form, keep, _about(mine, one, "again"))


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Call a meeting off, or say afterwards that it did not take place."""
    asked = _asked(request, ASKED)
    if not asked:
        return which(request, asker, "staff-supervision-call-off")
    mine, one = my_meeting(asker, asked)
    form = form_sent(request.POST) if request.method == "POST" else MeetingForm()
    problems: list[FormProblem] = []
    if request.method == "POST":
        try:
            call_off(asker=asker, meeting=asked, why=form.why)
        except Refused as refused:
            problems = problems_said(refused)
        else:
            return redirect(address_of(asked))
    return _drawn(request, "staff/supervision/call_off.html", form, problems, _about(mine, one, "off"))


def _page(request: HttpRequest, form: MeetingForm, keep: Keep, about: Mapping[str, object]) -> HttpResponse:
    problems: list[FormProblem] = []
    if request.method == "POST":
        when, problems = form.when()
        if when is not None:
            try:
                return redirect(address_of(keep(when)))
            except Refused as refused:
                problems = problems_said(refused)
    return _drawn(request, "staff/supervision/plan.html", form, problems, about)


def _drawn(
    request: HttpRequest,
    template: str,
    form: MeetingForm,
    problems: list[FormProblem],
    about: Mapping[str, object],
) -> HttpResponse:
    shown = {
        **about,
        "form": form,
        "mediums": MEDIUMS.items(),
        "reasons": REASONS.items(),
        "once": key_of_form(request),
        "problems": problems,
        "fields": {problem.field: problem.sentence for problem in problems},
    }
    return drawn(request, template, shown, status=400 if problems else 200)


def _about(mine: MySupervision, one: MeetingTold, does: str) -> dict[str, object]:
    sides = {code: said for code, said in SIDES.items() if mine.has_supervisor or code != "supervisor"}
    return {"mine": mine, "one": one, "does": does, "title": title_of(mine), "sides": sides.items()}


def _like_last(mine: MySupervision, due: str) -> MeetingForm:
    """The time and place of the last meeting, since most stay where they were."""
    last = [*mine.past, *mine.to_come]
    like = form_like(last[-1]) if last else MeetingForm()
    return MeetingForm(due=due, begins=like.begins, place=like.place, medium=like.medium)


def _asked(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "") if request.method == "POST" else request.GET.get(name, "")
