"""The check-in: questions on one page, kept in the person's own box and counted where they have a seat."""

from __future__ import annotations

from collections.abc import Mapping
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
from replenish.voices.contributing import Contributed
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.outcome import what_happened
from replenish.web.carer.question_form import questions_block, read_answers
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import ROUND, WEEKLY


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
        return _form(request, pack_id, _said_this_week(secret, pack_id))
    found = read_answers(load_pack(pack_id), request.POST)
    if found.problems:
        return _form(request, pack_id, found.answers, problems=found.problems)
    if not found.answers:
        first = load_pack(pack_id).items[0].code
        nothing = FormProblem(
            first, _("Every question was skipped, so there was nothing to keep. That is all right.")
        )
        return _form(request, pack_id, {}, problems=(nothing,))
    outcome = actions.check_in(secret, {pack_id: found.answers}, week_of(clock.today()))
    return HttpResponse(_kept(outcome.contributed, pack_id, get_language() or ""))


@cache
def _kept(contributed: Contributed, pack_id: str, language: str) -> str:  # noqa: ARG001 - part of the key
    """The page after a check-in: there are only a few of it, and none holds anything of a person."""
    said = {"counted": what_happened(contributed), "weekly": pack_id == WEEKLY}
    return render_to_string("carer/kept.html", said)


def _form(
    request: HttpRequest,
    pack_id: str,
    chosen: Mapping[str, float],
    *,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    weekly = pack_id == WEEKLY
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
            "questions": questions_block(load_pack(pack_id), chosen, problems),
            "problems": problems,
            "again": bool(chosen) and not problems,
        },
        status=400 if problems else 200,
    )


def _said_this_week(secret: Secret, pack_id: str) -> Mapping[str, float]:
    box = my_box(secret)
    week = week_of(clock.today())
    for said in box.check_ins if box is not None else ():
        if said.week == week and said.pack == pack_id:
            return said.answers
    return {}
