"""Two questions after a session of supervision, kept in one's own box; never told of one supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.box_content import BoxContent
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.question_form import Choice, choices_of, read_answers
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import AFTER_SUPERVISION


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    field: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    chosen: str
    problem: str


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def after_supervision(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Whether one could speak, and what the time was used for; each can be skipped."""
    if request.method != "POST":
        return _form(request, _said_this_week(my_box(secret) or BoxContent()))
    found = read_answers(load_pack(AFTER_SUPERVISION), request.POST)
    problems = found.problems
    if not problems and not found.answers:
        first = load_pack(AFTER_SUPERVISION).items[0].code
        said = _("Both questions were skipped, so there was nothing to keep. That is all right.")
        problems = (FormProblem(first, said),)
    if problems:
        return _form(request, found.answers, problems)
    actions.check_in(secret, {AFTER_SUPERVISION: found.answers}, week_of(clock.today()))
    return render(request, "carer/reflecting/after_supervision_kept.html")


def _form(
    request: HttpRequest, chosen: Mapping[str, float], problems: tuple[FormProblem, ...] = ()
) -> HttpResponse:
    wrong = {problem.field: problem.sentence for problem in problems}
    pack = load_pack(AFTER_SUPERVISION)
    questions = [
        Asked(
            item.code,
            item.text or item.code,
            item.why or "",
            choices_of(pack.id)[item.code],
            f"{chosen[item.code]:g}" if item.code in chosen else "",
            wrong.get(item.code, ""),
        )
        for item in pack.items
    ]
    said = {
        "questions": questions,
        "problems": problems,
        "again": bool(chosen) and request.method != "POST",
    }
    return render(request, "carer/reflecting/after_supervision.html", said, status=400 if problems else 200)


def _said_this_week(box: BoxContent) -> Mapping[str, float]:
    week = week_of(clock.today())
    for said in box.check_ins:
        if said.week == week and said.pack == AFTER_SUPERVISION:
            return said.answers
    return {}
