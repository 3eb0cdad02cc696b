"""How those who lead answer a learning point: it became an action, is done, or cannot be now, because."""

from __future__ import annotations

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.rules import require_may_answer
from replenish.debrief.models import LONGEST_POINT, LearningPoint
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker

ACTION, DONE, NOT_NOW = "action", "done", "not_now"


def answer_with_action(*, asker: Asker, point: str, action: str) -> None:
    """Say that a point became an action; the same action again changes nothing.

    Raises:
        Refused: the asker does not lead the unit, there is no such point, or it has another answer.
    """
    with transaction.atomic():
        row = _held(asker, point)
        if row.action == action:
            return
        _answer(asker, row, ACTION, "", action)


def answer_in_words(*, asker: Asker, point: str, answer: str, words: str) -> None:
    """Say that a point is done, or why it cannot be now; the same again changes nothing.

    Raises:
        Refused: the asker does not lead the unit, there is no such point, it has another answer, or the words
            cannot be kept.
    """
    clean = " ".join(words.split())
    if answer not in (DONE, NOT_NOW):
        refuse(DebriefingFault.CHOICE)
    if not clean.isprintable() or not 0 < len(clean) <= LONGEST_POINT:
        refuse(DebriefingFault.ANSWER_WORDS, most=LONGEST_POINT)
    with transaction.atomic():
        row = _held(asker, point)
        if (row.answer, row.answer_words) == (answer, clean):
            return
        _answer(asker, row, answer, clean, "")


def _held(asker: Asker, point: str) -> LearningPoint:
    row = (
        LearningPoint.objects.select_for_update(of=("self",))
        .select_related("conversation")
        .filter(id=point, conversation__organisation=asker.organisation)
        .first()
    )
    if row is None:
        refuse(DebriefingFault.POINT_UNKNOWN)
    require_may_answer(asker, row.conversation.unit)
    return row


def _answer(asker: Asker, row: LearningPoint, answer: str, words: str, action: str) -> None:
    if row.answer:
        refuse(DebriefingFault.ANSWERED)
    row.answer, row.answer_words, row.action, row.answered_on = answer, words, action, clock.today()
    row.save(update_fields=["answer", "answer_words", "action", "answered_on"])
    record(
        organisation=asker.organisation,
        event=Event.LEARNING_POINT_ANSWERED,
        actor=asker.actor,
        content={"point": row.id, "unit": row.conversation.unit, "state": answer},
    )
