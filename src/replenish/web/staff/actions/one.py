"""One action: its plan, what could be seen, how it goes, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.effect import effect_of
from replenish.conditions.actions.foresight import foreseen
from replenish.conditions.actions.library.reading import library
from replenish.conditions.actions.reading import action_of, actions_of, may_write
from replenish.conditions.actions.told import Acting
from replenish.conditions.actions.writing import finish_action, fix_plan, note_progress, stop_action
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.acting.became import around, interval_of, word_of
from replenish.web.acting.beside import beside
from replenish.web.acting.names import unit_names
from replenish.web.acting.promised import promised_in_words
from replenish.web.acting.words import told
from replenish.web.conditions_report.provided import facts_about
from replenish.web.conditions_report.wording import day, number
from replenish.web.public.sources import MEANINGS
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.actions.readable import may_read, waits_for
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

ASKED, WHAT = "action", "what"
WORDS = {"note": "note", "stop": "reason"}
"""What a button sends, and the field whose words go with it."""


@staff_page(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Everybody who reads may look; those who lead its units fix it, tell how it goes, and end it."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get(ASKED, "")
    if not asked:
        known = [(acting.action, told(acting, {}).title) for acting in actions_of(asker.organisation)]
        return drawn(request, "staff/actions/which.html", {"actions": known})
    if request.method != "POST":
        return _page(request, asker, action_of(asker.organisation, asked))
    what = request.POST.get(WHAT, "")
    try:
        _done(asker, asked, what, request.POST.get(WORDS.get(what, ""), ""))
    except Refused as refused:
        field = WORDS.get(what)
        if field is None or refused.problems[0].fault is not ActionFault.NOTE:
            raise
        return _page(request, asker, action_of(asker.organisation, asked), problems_of(refused, field))
    return redirect(f"{reverse('staff-actions-one')}?{urlencode({ASKED: asked})}")


def _done(asker: Asker, action: str, what: str, words: str) -> None:
    writes: dict[str, Callable[[], None]] = {
        "fix": lambda: fix_plan(asker=asker, action=action),
        "note": lambda: note_progress(asker=asker, action=action, words=words),
        "done": lambda: finish_action(asker=asker, action=action),
        "stop": lambda: stop_action(asker=asker, action=action, words=words),
    }
    write = writes.get(what)
    if write is not None:
        write()


def _page(
    request: HttpRequest, asker: Asker, acting: Acting, problems: list[FormProblem] | None = None
) -> HttpResponse:
    published = may_read(asker)
    effect = effect_of(asker.organisation, acting, published)
    known = library().get(acting.plan.library)
    promised = acting.promised or foreseen(asker.organisation, acting.plan, dict(acting.starts))
    also: tuple[str, ...] = ()
    if acting.has_begun:
        facts = facts_about(asker.organisation, (), clock.today())
        also = beside(acting, actions_of(asker.organisation), published, facts)
    answers = next((known for known in published if known.release.hash[:32] == acting.plan.release), None)
    shown = {
        "acting": acting,
        "told": told(acting, unit_names(asker.organisation)),
        "known": known,
        "surely": str(MEANINGS[known.evidence.mark]) if known else "",
        "why": _because(answers.round, day(answers.closed_on)) if answers else "",
        "promised": promised_in_words(promised),
        "word": word_of(effect),
        "interval": interval_of(effect.measured),
        "around": around(effect.measured, also),
        "measured": effect.measured is not None,
        "waits": waits_for(asker),
        "may_write": may_write(asker, acting),
        "may_finish": acting.state == "running" and acting.plan.first_day <= clock.today(),
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/actions/one.html", shown, status=400 if problems else 200)


def _because(round_number: int, closed: str) -> str:
    return _("It answers to round %(round)s, closed on %(closed)s.") % {
        "round": number(round_number),
        "closed": closed,
    }
