"""What leaders said about each round, for everybody who reads; and what waits for an answer, for leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.basis.errors import Refused
from replenish.conditions.response import RoundAnswers, Waiting, answers_for, paused_groups, readable_to
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, READERS
from replenish.people.signing_in import standing_of
from replenish.web.conditions_report.sections.promised import in_words, signed, standing_in_words
from replenish.web.conditions_report.wording import upper
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

ROUNDS_SHOWN = 6
PUBLISHED, ALL = "published", "all"


@dataclass(frozen=True)
class SaidLine:
    """One answer: who signed it, and what they promised."""

    signed: str
    promises: tuple[str, ...]


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
    waiting, read = _waiting(asker)
    return drawn(
        request,
        "staff/answers/overview.html",
        {
            "leads": leads,
            "published": PUBLISHED in request.GET,
            "waiting": [_waits(one) for one in reversed(waiting)],
            "reads": read,
            "rounds": [_shown(one) for one in shown],
            "more": len(told) > len(shown),
            "paused": paused_groups(asker.organisation),
        },
    )


def _waiting(asker: Asker) -> tuple[Sequence[Waiting], bool]:
    """What waits, and whether there is anything to read already."""
    try:
        readable = readable_to(asker)
    except Refused:
        # A release that was changed at rest is told by the report; an answer can be written all the same.
        return (), False
    return readable.waiting, bool(readable.published)


def _waits(one: Waiting) -> WaitingShown:
    scopes = tuple((scope.unit or "", scope.name or _("the whole organisation")) for scope in one.scopes)
    return WaitingShown(one.round, one.number, one.closed_on, one.opens_on, scopes)


def _shown(one: RoundAnswers) -> RoundShown:
    said = tuple(
        SaidLine(upper(signed(answer)), tuple(in_words(promise) for promise in answer.promises))
        for answer in one.answers
    )
    return RoundShown(one.round, one.number, one.closed_on, said, standing_in_words(one))
