"""A guided few minutes that end in a short text in a person's own voice.

Choices travel in the form from step to step; nothing is kept until a person presses "Keep".
"""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.voices.queries import my_box
from replenish.web.carer.door import card_page
from replenish.web.carer.words.compose import compose
from replenish.web.carer.words.draft import (
    LONGEST_TEXT,
    STEPS,
    Draft,
    problems_of_draft,
    read_draft,
    ticked_beforehand,
)
from replenish.web.carer.words.keeping import keep_words
from replenish.web.carer.words.options import Option
from replenish.web.carer.words.parts import Parts, Request, parts
from replenish.web.shared.problems import FormProblem

ORDER = tuple(STEPS)
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def find_words(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The steps, or all of them on one page, and then the text: to change, copy, print, keep or leave."""
    known = parts()
    if request.method != "POST":
        return _ask(request, secret, Draft(), ORDER[0])
    draft, go = read_draft(known, request.POST), request.POST.get("go", "")
    step = request.POST.get("step", "")
    if go in {"keep", "paper", "edit"}:
        return _with_text(request, secret, draft, go)
    if go == "skip" and step in STEPS:
        draft = draft.without(step)
    problems = problems_of_draft(draft)
    if problems:
        return _ask(request, secret, draft, _step_of(problems[0], step), problems)
    if go == "write" or (go in {"next", "skip"} and step == ORDER[-1]):
        return _write(request, draft, compose(known, draft.said(known), draft.receiver, draft.length))
    return _ask(request, secret, draft, _step_after(step, go))


def _step_after(step: str, go: str) -> str:
    """The step to show: the one that was asked for by its name, the next one, or the one before."""
    if go in (*ORDER, ALL):
        return go
    at = ORDER.index(step) if step in ORDER else 0
    wanted = at - 1 if go == "back" else at + 1 if go in {"next", "skip"} else at
    return ORDER[min(max(wanted, 0), len(ORDER) - 1)]


def _step_of(problem: FormProblem, step: str) -> str:
    """The step on which the field of a problem stands; the page with all of them, if that was sent."""
    return ALL if step == ALL else next(name for name, asked in STEPS.items() if problem.field in asked)


def _ask(
    request: HttpRequest,
    secret: Secret,
    draft: Draft,
    step: str,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    """One step, or all of them, with what was chosen before."""
    known = parts()
    here = ORDER if step == ALL else (step,)
    before = draft
    if any(one not in draft.shown for one in here if one in {"notice", "around"}):
        box = my_box(secret)
        for one in here:
            draft = ticked_beforehand(draft, one, known, box)
    shown = tuple(one for one in ORDER if one in draft.shown or one in here)
    said = {
        "step": step,
        "all": step == ALL,
        "number": 0 if step == ALL else ORDER.index(step) + 1,
        "of": len(ORDER),
        "first": step == ORDER[0],
        "last": step == ORDER[-1],
        "here": here,
        "draft": draft,
        "hidden": [*replace(draft, shown=shown).hidden(*here)],
        "signs_own": draft.signs != before.signs,
        "conditions_own": draft.conditions != before.conditions,
        "problems": problems,
        "wrong": {problem.field: problem.sentence for problem in problems},
        **_options(known, draft),
    }
    return render(request, "carer/words/find_words.html", said, status=400 if problems else 200)


def _options(known: Parts, draft: Draft) -> dict[str, list[Option]]:
    near, far = _requests(known, draft)
    return {
        "signs": [Option(code, one.label, code in draft.signs) for code, one in known.signs.items()],
        "since": [Option(code, one.label, code == draft.since) for code, one in known.since.items()],
        "conditions": [
            Option(code, one.label, code in draft.conditions) for code, one in known.conditions.items()
        ],
        "near": [Option(code, one.label, code == draft.request) for code, one in near],
        "far": [Option(code, one.label, code == draft.request) for code, one in far],
        **_forms(known, draft),
    }


def _requests(known: Parts, draft: Draft) -> tuple[list[tuple[str, Request]], list[tuple[str, Request]]]:
    """The requests that answer a chosen condition, and the others."""
    near = [(code, one) for code, one in known.requests.items() if set(one.goes_with) & set(draft.conditions)]
    codes = {code for code, _ in near}
    return near, [(code, one) for code, one in known.requests.items() if code not in codes]


def _forms(known: Parts, draft: Draft) -> dict[str, list[Option]]:
    return {
        "receivers": [
            Option(code, one.label, code == draft.receiver) for code, one in known.receivers.items()
        ],
        "lengths": [Option(code, one.label, code == draft.length) for code, one in known.lengths.items()],
    }


def _write(
    request: HttpRequest, draft: Draft, text: str, problems: tuple[FormProblem, ...] = ()
) -> HttpResponse:
    """The text in a field of its own, with what changes once it leaves this page."""
    known = parts()
    said = {
        "text": text,
        "hidden": [*draft.hidden("whom")],
        "receiver": draft.receiver,
        "in_confidence": known.receivers[draft.receiver].in_confidence,
        "longest": LONGEST_TEXT,
        "draft": draft,
        "unkept": "text" in request.POST,
        "problems": problems,
        **_forms(known, draft),
    }
    return render(request, "carer/words/written.html", said, status=400 if problems else 200)


def _with_text(request: HttpRequest, secret: Secret, draft: Draft, go: str) -> HttpResponse:
    """Keep the text, lay it out for paper, or come back from there to change it.

    Whoever hides the screen before there is a text keeps their own words.
    """
    text = request.POST.get("text", draft.own_words()).replace("\r\n", "\n").strip()
    if go == "edit":
        return _write(request, draft, text)
    if not text:
        empty = FormProblem("text", _("The field is empty, so there is nothing to keep or to print."))
        return _write(request, draft, text, (empty,))
    if len(text) > LONGEST_TEXT:
        long = _("The text is longer than %(longest)s letters. Shorten it a little; nothing is lost.")
        return _write(request, draft, text, (FormProblem("text", long % {"longest": LONGEST_TEXT}),))
    if go == "paper":
        return render(request, "carer/words/paper.html", {"text": text, "hidden": [*draft.hidden()]})
    problem = keep_words(secret, text)
    if problem is not None:
        return _write(request, draft, text, (problem,))
    return render(request, "carer/words/kept_words.html")
