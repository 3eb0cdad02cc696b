"""The check-in: questions kept in the person's own box, and counted where they have a seat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.box_content import BoxContent
from replenish.voices.box_rows import BoxRows
from replenish.voices.contributing import Contributed
from replenish.voices.queries import MySeat, my_box
from replenish.voices.turns import Turn, is_turn_id, new_turn_id
from replenish.voices.weeks import thursday_of, week_of
from replenish.web.carer.card_cookie import is_shared_device
from replenish.web.carer.door import card_page
from replenish.web.carer.outcome import what_happened
from replenish.web.carer.question_form import questions_block, read_answers
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import ROUND, WEEKLY

PACE = "pace"
PACES = ("all", "one")
"""All questions on one page, or one at a time: remembered in the box, not on the device."""
OFFERED = "longer_offered"
FOUR_WEEKS = timedelta(weeks=4)


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def check_in(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The eight questions of the week."""
    return _asked(request, secret, WEEKLY)


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def round_questions(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The longer set, about what surrounds a person."""
    return _asked(request, secret, ROUND)


def _asked(request: HttpRequest, secret: Secret, pack_id: str) -> HttpResponse:
    if request.method != "POST":
        box = my_box(secret) or BoxContent()
        return _form(request, pack_id, _said_this_week(box, pack_id), pace=_pace(box))
    found = read_answers(load_pack(pack_id), request.POST)
    chosen_pace = request.POST.get(PACE)
    if chosen_pace in PACES:
        actions.edit_box(secret, lambda content: content.with_settings(**{PACE: chosen_pace}))
        return _form(request, pack_id, found.answers, pace=chosen_pace)
    problems = found.problems
    if not problems and not found.answers:
        first = load_pack(pack_id).items[0].code
        said = _("Every question was skipped, so there was nothing to keep. That is all right.")
        problems = (FormProblem(first, said),)
    if problems:
        pace = _pace(my_box(secret) or BoxContent())
        return _form(request, pack_id, found.answers, pace=pace, problems=problems)
    return _keep(request, secret, pack_id, found.answers)


def _keep(request: HttpRequest, secret: Secret, pack_id: str, answers: Mapping[str, float]) -> HttpResponse:
    week = week_of(clock.today())
    offer = False

    def settings(box: BoxRows, seat: MySeat | None) -> Mapping[str, str]:
        nonlocal offer
        offer = pack_id == WEEKLY and _longer_is_due(box, seat)
        return {OFFERED: week} if offer else {}

    sent = request.POST.get("turn", "")
    turn = Turn(sent if is_turn_id(sent) else new_turn_id())
    outcome = actions.check_in(secret, {pack_id: answers}, week, turn=turn, settings=settings)
    return HttpResponse(_kept(outcome.contributed, get_language() or "", offer=offer))


def _longer_is_due(box: BoxRows, seat: MySeat | None) -> bool:
    """Whether to offer the longer questions: once in a round, and not where they have been answered in it.

    Without a round, four weeks stand for one.
    """
    begins = seat.round.starts_on if seat and seat.round else clock.today() - FOUR_WEEKS
    offered = box.settings.get(OFFERED)
    weeks = box.weeks_of(ROUND)
    if isinstance(offered, str):
        weeks.append(offered)
    return all(_is_before(week, begins) for week in weeks)


def _is_before(week: str, day: date) -> bool:
    return thursday_of(week) < day


@cache
def _kept(contributed: Contributed, language: str, *, offer: bool) -> str:  # noqa: ARG001 - part of the key
    """The page after a check-in: there are only a few of it, and none holds anything of a person."""
    return render_to_string("carer/kept.html", {"counted": what_happened(contributed), "offer": offer})


def _form(
    request: HttpRequest,
    pack_id: str,
    chosen: Mapping[str, float],
    *,
    pace: str,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    weekly = pack_id == WEEKLY
    pack = load_pack(pack_id)
    return render(
        request,
        "carer/check_in.html",
        {
            "heading": _("This week") if weekly else _("The last four weeks"),
            "lead": _("Eight short questions about the week that is now. Answer the ones you want to.")
            if weekly
            else _(
                "What you carry, and what surrounds you. About four minutes; answer the ones you want to."
            ),
            "action": reverse("check-in" if weekly else "round-questions"),
            "pack": pack,
            "pace": pace,
            "shared": is_shared_device(request),
            "questions": questions_block(pack, chosen, problems),
            "problems": problems,
            "again": bool(chosen) and not problems and request.method != "POST",
        },
        status=400 if problems else 200,
    )


def _pace(box: BoxContent) -> str:
    chosen = box.settings.get(PACE)
    return chosen if isinstance(chosen, str) and chosen in PACES else PACES[0]


def _said_this_week(box: BoxContent, pack_id: str) -> Mapping[str, float]:
    week = week_of(clock.today())
    for said in box.check_ins:
        if said.week == week and said.pack == pack_id:
            return said.answers
    return {}
