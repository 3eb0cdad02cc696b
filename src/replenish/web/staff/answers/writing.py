"""Writing an answer: the words, then how everybody will read them, then it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.conditions.response import (
    RoundAnswers,
    Scope,
    Waiting,
    answers_for,
    conditions_named,
    may_answer_for,
    readable_to,
    respond,
)
from replenish.leadership.actions import FARTHEST
from replenish.leadership.queries import LONGEST_WORDS
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.sections.promised import in_words
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.answers.library import Idea, ideas
from replenish.web.staff.answers.overview import PUBLISHED
from replenish.web.staff.answers.rows import ROWS, Row, promises_in, rows_of, rows_with
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

WHOLE = "whole"
"""What stands for the whole organisation in a form, where an empty field would mean that none was chosen."""

IDEA = "idea"
TO_THE_FORM = ("change", "take")
FOLDED_FROM = 3
"""The rows from this one on are folded away: one thing that is done is worth more than five."""


@staff_page(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Which round, then the words, then a last look, then it stands."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("round", "")
    if not asked:
        return drawn(request, "staff/answers/choose.html", {"rounds": answers_for(asker.organisation)})
    one = _round(asker, asked)
    scopes = _scopes(asker, asked)
    scope = _chosen(sent.get("unit", ""), scopes, _own_waiting(asker, asked))
    rows, left_out = rows_with(rows_of(request.POST), ideas(request.POST.getlist(IDEA)))
    shown = {"one": one, "scopes": _options(scopes), "scope": scope.unit or WHOLE}
    if left_out:
        return _form(request, shown, rows, [_no_room(left_out)])
    if request.method != "POST" or request.POST.get("step") in TO_THE_FORM:
        return _form(request, shown, rows, [])
    promises, problems = promises_in(rows)
    if problems:
        return _form(request, shown, rows, problems)
    if request.POST.get("step") != "publish":
        told = [in_words(promise) for promise in promises]
        return drawn(
            request, "staff/answers/look.html", {**shown, "rows": rows, "told": told, "where": _name(scope)}
        )
    try:
        respond(asker=asker, round_id=asked, unit=scope.unit, promises=promises)
    except Refused as refused:
        return _form(request, shown, rows, problems_of(refused, "words-1"))
    return redirect(f"{reverse('staff-answers')}?{PUBLISHED}=yes")


def _form(
    request: HttpRequest, shown: Mapping[str, object], rows: tuple[Row, ...], problems: list[FormProblem]
) -> HttpResponse:
    titles = condition_titles()
    form = {
        **shown,
        "rows": rows,
        "problems": problems,
        "conditions": [(name, titles.get(name, name)) for name in conditions_named()],
        "most": LONGEST_WORDS,
        "ideas": _ideas_by_condition(titles),
        "folded_from": FOLDED_FROM,
        "unfolded": any(not row.is_empty for row in rows if row.place >= FOLDED_FROM),
        "first": clock.today(),
        "last": clock.today() + FARTHEST,
    }
    return drawn(request, "staff/answers/write.html", form, status=400 if problems else 200)


def _ideas_by_condition(titles: Mapping[str, str]) -> list[tuple[str, list[Idea]]]:
    """Commitments to choose from, under the title of what they are about."""
    named = conditions_named()
    return [
        (titles.get(name, name), [one for one in ideas() if one.condition == name])
        for name in named
        if any(one.condition == name for one in ideas())
    ]


def _no_room(left_out: Sequence[Idea]) -> FormProblem:
    sentence = _("There is room for %(most)s. This was left out: %(words)s") % {
        "most": ROWS,
        "words": " ".join(one.words for one in left_out),
    }
    return FormProblem("ideas", sentence)


def _round(asker: Asker, asked: str) -> RoundAnswers:
    found = next((one for one in answers_for(asker.organisation) if one.round == asked), None)
    if found is None:
        raise Http404
    return found


def _scopes(asker: Asker, asked: str) -> tuple[Scope, ...]:
    try:
        scopes = may_answer_for(asker, asked)
    except Refused as refused:
        if isinstance(refused.problems[0].fault, LeadershipFault):
            raise Http404 from None
        raise
    if not scopes:
        raise Http404
    return scopes


def _own_waiting(asker: Asker, asked: str) -> Scope | None:
    """What of the asker's own waits in this round."""
    waiting: tuple[Waiting, ...] = readable_to(asker).waiting
    return next((scope for one in waiting if one.round == asked for scope in one.scopes), None)


def _chosen(typed: str, scopes: tuple[Scope, ...], own: Scope | None) -> Scope:
    """The part that was chosen; without one, what waits of the asker's own, or the widest."""
    if not typed:
        return own if own in scopes and own is not None else scopes[0]
    found = next((scope for scope in scopes if (scope.unit or WHOLE) == typed), None)
    if found is None:
        raise Http404
    return found


def _options(scopes: tuple[Scope, ...]) -> list[tuple[str, str]]:
    return [(scope.unit or WHOLE, _name(scope)) for scope in scopes]


def _name(scope: Scope) -> str:
    return scope.name or _("the whole organisation")
