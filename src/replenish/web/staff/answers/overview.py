"""What leaders said about each round, for everybody who reads; and what waits for an answer, for leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.following import promised_by
from replenish.conditions.queries import Published
from replenish.conditions.response import RoundAnswers, Waiting, answers_for, paused_groups, readable_to
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, READERS
from replenish.people.signing_in import standing_of
from replenish.web.conditions_report.sections.promised import in_words, signed, standing_in_words
from replenish.web.conditions_report.sections.since import became, caution, since
from replenish.web.conditions_report.wording import upper
from replenish.web.staff.answers.beside import Beside, beside
from replenish.web.staff.answers.keeping import SAID
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

ROUNDS_SHOWN = 6
PUBLISHED, ALL = "published", "all"


@dataclass(frozen=True)
class PromiseLine:
    """One promise: its words, what its leaders say became of it, and what was published since."""

    words: str
    became: tuple[str, ...]
    since: str


@dataclass(frozen=True)
class SaidLine:
    """One answer: who signed it, and what they promised."""

    signed: str
    promises: tuple[PromiseLine, ...]


@dataclass(frozen=True)
class RoundShown:
    """One round: what was said, and where the answer stands."""

    round: str
    number: int
    closed_on: object
    answers: tuple[SaidLine, ...]
    standing: str


@dataclass(frozen=True)
class WaitingShown:
    """A round that waits for an answer of the reader's."""

    round: str
    number: int
    closed_on: object
    opens_on: object
    scopes: tuple[tuple[str, str], ...]


@staff_page(*READERS)
@require_safe
def answers(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All answers, the newest round first."""
    standing = standing_of(request)
    leads = standing is not None and standing.chosen is not None and standing.chosen.is_any_of(LEADERS)
    told = answers_for(asker.organisation)
    shown = told if ALL in request.GET else told[:ROUNDS_SHOWN]
    waiting, published = _readable(asker)
    of = beside(asker.organisation, published)
    today = clock.today()
    lines = [_shown(one, of) for one in shown]
    return drawn(
        request,
        "staff/answers/overview.html",
        {
            "leads": leads,
            "published": PUBLISHED in request.GET,
            "waiting": [_waits(one) for one in reversed(waiting)],
            "reads": bool(published),
            "rounds": lines,
            "caution": caution() if any(_has_since(one) for one in lines) else "",
            "said": SAID in request.GET,
            "to_say": any(one.is_open(today) and not one.made.log for one in promised_by(asker)),
            "more": len(told) > len(shown),
            "paused": paused_groups(asker.organisation),
        },
    )


def _readable(asker: Asker) -> tuple[Sequence[Waiting], Sequence[Published]]:
    """What waits, and what can be read already."""
    try:
        readable = readable_to(asker)
    except Refused:
        # A release that was changed at rest is told by the report; an answer can be written all the same.
        return (), ()
    return readable.waiting, readable.published


def _waits(one: Waiting) -> WaitingShown:
    scopes = tuple((scope.unit or "", scope.name or _("the whole organisation")) for scope in one.scopes)
    return WaitingShown(one.round, one.number, one.closed_on, one.opens_on, scopes)


def _shown(one: RoundAnswers, of: Beside) -> RoundShown:
    said = tuple(
        SaidLine(
            upper(signed(answer)),
            tuple(
                PromiseLine(in_words(made.promise), became(made), since(made.promise, one.number, of(answer)))
                for made in answer.made
            ),
        )
        for answer in one.answers
    )
    return RoundShown(one.round, one.number, one.closed_on, said, standing_in_words(one))


def _has_since(one: RoundShown) -> bool:
    return any(promise.since for answer in one.answers for promise in answer.promises)
