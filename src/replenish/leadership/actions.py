"""What is written here: a response, once, and later what became of it; nothing is ever changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import LeadershipFault
from replenish.basis.identifiers import content_hash
from replenish.leadership.models import (
    KEY_LENGTH,
    LONGEST_WHY,
    LONGEST_WORDS,
    MOST_COMMITMENTS,
    Commitment,
    LogEntry,
    Outcome,
    Response,
)
from replenish.leadership.queries import Promise
from replenish.leadership.rules import part_to_answer_in
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.queries import accounts

FARTHEST = timedelta(days=2 * 366)
ATTEMPTS = 4
MOST_BY_ONE = 20
"""Answers of one person to one round: none can be taken away again, and every reader's page shows each."""


def publish_response(
    *, asker: Asker, round_id: str, unit: str | None, above: Collection[str], promises: Sequence[Promise]
) -> str:
    """Publish what somebody who leads will do; the same words of the same person change nothing again.

    Whether there is such a round, and whether it may be answered yet, is for the caller to know.

    Args:
        asker: a steward or deputy of the unit, or of one above it.
        round_id: the round, which is opaque here.
        unit: for which unit and all below it; None for the whole organisation.
        above: the unit and all units above it; none for the whole organisation.
        promises: one to five.

    Returns:
        The id of the response.

    Raises:
        Refused: the asker may not answer for this unit, or the commitments cannot be kept as they are.
    """
    said = require_promises(promises)
    part = part_to_answer_in(asker, above)
    if part is None or asker.account is None:
        refuse(LeadershipFault.NOT_ALLOWED)
    row = Response(
        id=_id_of(asker, round_id, unit, said),
        organisation=asker.organisation,
        round=round_id,
        unit=unit or "",
        account=asker.account,
        signed=_name_of(asker),
        part=part.value,
        said_on=clock.today(),
    )
    _until_written(lambda: _write_once(row, said, asker))
    return row.id


def log_commitment(*, asker: Asker, commitment: str, above: Collection[str], outcome: str, why: str) -> str:
    """Say in public what became of a commitment; the same words on the same day change nothing again.

    Whether the time for it has come is for the caller to know.

    Args:
        asker: a steward or deputy of the unit it was made for, or of one above it.
        commitment: its id.
        above: that unit and all units above it; none for the whole organisation.
        outcome: kept, partly or not kept.
        why: one line.

    Returns:
        The id of the entry.

    Raises:
        Refused: there is no such commitment, the asker may not, or the words cannot be kept as they are.
    """
    found = Commitment.objects.select_related("response").filter(id=commitment).first()
    if found is None or found.response.organisation != asker.organisation:
        refuse(LeadershipFault.COMMITMENT)
    said = " ".join(why.split())
    if outcome not in Outcome.values:
        refuse(LeadershipFault.OUTCOME)
    if not 0 < len(said) <= LONGEST_WHY or not said.isprintable():
        refuse(LeadershipFault.WHY, most=LONGEST_WHY)
    part = part_to_answer_in(asker, above)
    if part is None or asker.account is None:
        refuse(LeadershipFault.NOT_ALLOWED)
    today = clock.today()
    row = LogEntry(
        id=content_hash([commitment, asker.account, today.isoformat(), outcome, said])[:KEY_LENGTH],
        commitment=found,
        outcome=outcome,
        why=said,
        account=asker.account,
        signed=_name_of(asker),
        part=part.value,
        said_on=today,
    )
    _until_written(lambda: _log_once(row, asker))
    return row.id


def _until_written(write: Callable[[], None]) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            # Somebody else took the place, or the same form came twice; looking again tells which.
            if attempt == ATTEMPTS:
                raise
        else:
            return


def _name_of(asker: Asker) -> str:
    return next(one.name for one in accounts(asker.organisation) if one.account == asker.account)


def require_promises(promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """The commitments with single spaces between their words.

    Raises:
        Refused: there is none, there are too many, one is too long or has signs that cannot be printed, or a
            day lies in the past or too far ahead.
    """
    said = tuple(Promise(" ".join(one.words.split()), one.condition, one.until) for one in promises)
    if not 1 <= len(said) <= MOST_COMMITMENTS:
        refuse(LeadershipFault.HOW_MANY, most=MOST_COMMITMENTS)
    for one in said:
        if not 0 < len(one.words) <= LONGEST_WORDS or not one.words.isprintable():
            refuse(LeadershipFault.WORDS, most=LONGEST_WORDS)
        if one.until is not None and not _is_ahead(one.until):
            refuse(LeadershipFault.UNTIL)
    return said


def _is_ahead(day: date) -> bool:
    return clock.today() <= day <= clock.today() + FARTHEST


def _id_of(asker: Asker, round_id: str, unit: str | None, said: Sequence[Promise]) -> str:
    """From the words and who says them, so that a form that is sent twice writes once."""
    words = [[one.words, one.condition, one.until.isoformat() if one.until else ""] for one in said]
    return content_hash([asker.organisation, asker.account, round_id, unit or "", words])[:KEY_LENGTH]


def _write_once(row: Response, said: Sequence[Promise], asker: Asker) -> None:
    if Response.objects.filter(id=row.id).exists():
        return
    if Response.objects.filter(round=row.round, account=row.account).count() >= MOST_BY_ONE:
        refuse(LeadershipFault.MANY, most=MOST_BY_ONE)
    row.place = Response.objects.filter(organisation=row.organisation, round=row.round).count() + 1
    row.save(force_insert=True)
    Commitment.objects.bulk_create(
        Commitment(
            id=f"{row.id}.{place}",
            response=row,
            place=place,
            words=one.words,
            condition=one.condition,
            until=one.until,
        )
        for place, one in enumerate(said, 1)
    )
    record(
        organisation=row.organisation,
        event=Event.RESPONSE_PUBLISHED,
        actor=asker.actor,
        content={"round": row.round, "unit": row.unit or None, "commitments": len(said)},
    )


def _log_once(row: LogEntry, asker: Asker) -> None:
    if LogEntry.objects.filter(id=row.id).exists():
        return
    row.place = LogEntry.objects.filter(commitment=row.commitment).count() + 1
    row.save(force_insert=True)
    response = row.commitment.response
    record(
        organisation=asker.organisation,
        event=Event.COMMITMENT_LOGGED,
        actor=asker.actor,
        content={
            "round": response.round,
            "unit": response.unit or None,
            "commitment": row.commitment_id,
            "state": row.outcome,
        },
    )
