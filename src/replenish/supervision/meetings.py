"""What is written about meetings beforehand: planned, moved, called off, or not held; never what was said.

Each is harmless when it is sent twice: a form carries a key of its own, and what was done with it stays done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rhythm import RhythmFault
from replenish.basis.identifiers import content_hash
from replenish.people.askers import Asker
from replenish.people.rules import is_living
from replenish.supervision.models import (
    KEY_LENGTH,
    LONGEST_WORDS,
    Agreement,
    AgreementKind,
    AgreementState,
    Meeting,
    MeetingState,
    Party,
    Side,
)
from replenish.supervision.rhythm_of import due_of

MEDIUMS = ("in-person", "video", "phone", "outside")
REASONS = ("work-came-first", "emergency", "short-staffed", "no-room", "another-meeting", "away", "other")
"""Why a meeting fell through. None asks about anybody's health: whoever is ill is away, like others."""

FURTHEST = timedelta(days=366)
EARLIEST = timedelta(weeks=4)
"""So long afterwards a meeting that took place can still be entered."""

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class When:
    """When and where some people meet.

    Attributes:
        day: when.
        begins: as 14:30, in the time of the place.
        place: where, in words; may be empty.
        medium: one of `MEDIUMS`.
    """

    day: date
    begins: str
    place: str
    medium: str


@dataclass(frozen=True)
class FellThrough:
    """From which side a meeting fell through, and why, as codes."""

    side: str
    reason: str


def plan_meeting(*, asker: Asker, agreement: str, when: When, due_on: date | None, once: str) -> str:
    """Plan a meeting and give its id; the same form again changes its words, and makes no second one.

    Args:
        asker: one of the parties.
        agreement: its id.
        when: when and where.
        due_on: the due day it is for; None for one that is not due.
        once: the key of the form.

    Raises:
        Refused: the asker is no party, nothing is agreed, the day is not due, or a meeting is planned for it.
    """
    clean = _clean(when)
    try:
        with transaction.atomic():
            row = _agreement(asker, agreement)
            if due_on is not None and due_on not in due_of([row], clock.today() + FURTHEST).get(row.id, ()):
                refuse(RhythmFault.NOT_DUE)
            return _planned(row, clean, _number(agreement, once), due_on=due_on)
    except IntegrityError:
        # Two of them planned it in the same moment.
        refuse(RhythmFault.PLANNED_ALREADY)


def move_meeting(*, asker: Asker, meeting: str, when: When, why: FellThrough, once: str) -> str:
    """Move a meeting to another day, and give the id of the new one; the earlier stays, as moved.

    Raises:
        Refused: the asker is no party, it is not planned any more, or something cannot be.
    """
    clean = _clean(when)
    with transaction.atomic():
        row = locked_meeting(asker, meeting)
        number = _number(meeting, once)
        if row.state == MeetingState.MOVED and row.instead.filter(pk=number).exists():
            return _planned(row.agreement, clean, number, instead_of=row)
        _fall_through(row, MeetingState.MOVED, why)
        return _planned(row.agreement, clean, number, instead_of=row)


def call_off(*, asker: Asker, meeting: str, why: FellThrough) -> None:
    """Call a meeting off before its day, or say afterwards that it was not held; twice changes nothing.

    Raises:
        Refused: the asker is no party, it was held or moved, or there is no such side or reason.
    """
    with transaction.atomic():
        row = locked_meeting(asker, meeting)
        over = row.day is not None and row.day < clock.today()
        state = MeetingState.NOT_HELD if over else MeetingState.CANCELLED
        if row.state in (MeetingState.CANCELLED, MeetingState.NOT_HELD):
            if (row.side, row.reason) == (why.side, why.reason):
                return
            refuse(RhythmFault.NOT_PLANNED)
        _fall_through(row, state, why)


def book_again(*, asker: Asker, meeting: str, when: When, once: str) -> str:
    """Plan a meeting in place of one that was called off or not held, and give its id.

    Raises:
        Refused: the asker is no party, it did not fall through, or another stands in its place.
    """
    clean = _clean(when)
    with transaction.atomic():
        row = locked_meeting(asker, meeting)
        number = _number(meeting, once)
        if row.state not in (MeetingState.CANCELLED, MeetingState.NOT_HELD):
            refuse(RhythmFault.NOT_FALLEN_THROUGH)
        if row.instead.exclude(pk=number).exists():
            refuse(RhythmFault.PLANNED_ALREADY)
        return _planned(row.agreement, clean, number, instead_of=row)


def _planned(
    agreement: Agreement,
    when: When,
    number: str,
    *,
    due_on: date | None = None,
    instead_of: Meeting | None = None,
) -> str:
    there = Meeting.objects.select_for_update().filter(pk=number).first()
    if there is not None:
        if there.state == MeetingState.PLANNED:
            for name, value in vars(when).items():
                setattr(there, name, value)
            there.save(update_fields=list(vars(when)))
        return there.id
    if due_on is not None and Meeting.objects.filter(agreement=agreement, due_on=due_on).exists():
        refuse(RhythmFault.PLANNED_ALREADY)
    made = Meeting.objects.create(
        id=number, agreement=agreement, due_on=due_on, instead_of=instead_of, **vars(when)
    )
    return made.id


def _fall_through(row: Meeting, state: str, why: FellThrough) -> None:
    if row.state != MeetingState.PLANNED:
        refuse(RhythmFault.NOT_PLANNED)
    if why.side not in sides_of(row.agreement) or why.reason not in REASONS:
        refuse(RhythmFault.SIDE)
    row.state, row.side, row.reason, row.changed_on = state, why.side, why.reason, clock.today()
    row.save(update_fields=["state", "side", "reason", "changed_on"])


def sides_of(agreement: Agreement) -> tuple[str, ...]:
    """From which sides a change can come; among peers nobody is the supervisor."""
    has_supervisor = agreement.kind != AgreementKind.PEER
    return tuple(side for side in Side.values if has_supervisor or side != Side.SUPERVISOR)


def _agreement(asker: Asker, agreement: str) -> Agreement:
    found = Agreement.objects.filter(pk=agreement, organisation=asker.organisation).first()
    if found is None or not _is_party(asker, found):
        refuse(RhythmFault.MEETING_UNKNOWN)
    if found.state != AgreementState.AGREED:
        refuse(RhythmFault.NOT_AGREED)
    return found


def locked_meeting(asker: Asker, meeting: str) -> Meeting:
    """The row of a meeting of the asker, locked until the end of the transaction.

    Raises:
        Refused: there is none for them, or its agreement does not hold.
    """
    row = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("agreement")
        .filter(pk=meeting, agreement__organisation=asker.organisation)
        .first()
    )
    if row is None or not _is_party(asker, row.agreement):
        refuse(RhythmFault.MEETING_UNKNOWN)
    if row.agreement.state != AgreementState.AGREED:
        refuse(RhythmFault.NOT_AGREED)
    return row


def _is_party(asker: Asker, agreement: Agreement) -> bool:
    mine = Party.objects.filter(agreement=agreement, account=asker.account or "", left_on__isnull=True)
    return mine.exists() and is_living(asker.account or "", organisation=asker.organisation)


def _clean(when: When) -> When:
    place = " ".join(when.place.split())
    if len(place) > LONGEST_WORDS or not (place.isprintable() or not place):
        refuse(RhythmFault.PLACE, most=LONGEST_WORDS)
    if not _TIME.fullmatch(when.begins):
        refuse(RhythmFault.TIME)
    today = clock.today()
    if not today - EARLIEST <= when.day <= today + FURTHEST:
        refuse(RhythmFault.DAY, weeks=EARLIEST.days // 7)
    if when.medium not in MEDIUMS:
        refuse(RhythmFault.MEDIUM)
    return When(when.day, when.begins, place, when.medium)


def _number(about: str, once: str) -> str:
    if not _ONCE.fullmatch(once):
        refuse(RhythmFault.FORM_KEY)
    return content_hash([about, once])[:KEY_LENGTH]
