"""What somebody reads about their own supervision: with whom, how often, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts
from replenish.people.rules import is_living
from replenish.supervision.due import working_days_after
from replenish.supervision.models import (
    Agreement,
    AgreementKind,
    AgreementState,
    Meeting,
    MeetingState,
    Note,
    NoteKind,
    Part,
    Party,
    Terms,
)
from replenish.supervision.rhythm_of import due_of

LOOKS_BACK = timedelta(weeks=13)
LOOKS_AHEAD = timedelta(days=366)
FELL_THROUGH = (MeetingState.CANCELLED, MeetingState.NOT_HELD)
MOST_DUE = 6


@dataclass(frozen=True)
class MeetingTold:
    """A meeting, as its parties see it.

    Attributes:
        meeting: its id.
        agreement: the id of its agreement.
        due_on: the day by which it was due; None for one that was not, or stands in place of another.
        day: when; None where none is chosen.
        begins: as 14:30.
        place: where, in words.
        medium: how they meet.
        state: "planned", "held", "moved", "cancelled" or "not_held".
        side: from which side it fell through; empty where it did not.
        reason: why, as a code.
        is_replaced: whether another stands in its place.
        book_by: for one that fell through and was not replaced, the day by which it is booked again.
    """

    meeting: str
    agreement: str
    due_on: date | None
    day: date | None
    begins: str
    place: str
    medium: str
    state: str
    side: str
    reason: str
    is_replaced: bool
    book_by: date | None

    @property
    def is_over(self) -> bool:
        """Whether its day has passed."""
        return self.day is not None and self.day < clock.today()

    @property
    def is_open(self) -> bool:
        """Whether it is still to come, or nobody has said what became of it."""
        return self.state == MeetingState.PLANNED


@dataclass(frozen=True)
class MySupervision:
    """An agreement, as one of its parties sees it.

    Attributes:
        agreement: its id.
        kind: "individual", "group", "peer" or "external".
        part: the reader's own: "supervisor", "supervisee" or "peer".
        others: the names of the other parties; of a supervisor from outside, their words.
        minutes: how long they meet.
        reflective_share: how much of it is kept for reflection, in per cent.
        rebook_days: working days within which a meeting that fell through is booked again.
        review_on: when they look at the agreement again.
        open_due: days by which a meeting is due and none is planned, the earliest first.
        to_come: planned meetings, the earliest first.
        to_book: meetings that fell through lately, and none stands in their place.
        past: other meetings of the last months, the latest first.
    """

    agreement: str
    kind: str
    part: str
    others: tuple[str, ...]
    minutes: int
    reflective_share: int
    rebook_days: int
    review_on: date
    open_due: tuple[date, ...]
    to_come: tuple[MeetingTold, ...]
    to_book: tuple[MeetingTold, ...]
    past: tuple[MeetingTold, ...]

    @property
    def has_supervisor(self) -> bool:
        """Whether one of them, or somebody from outside, supervises."""
        return self.kind != AgreementKind.PEER


def my_supervision(asker: Asker) -> tuple[MySupervision, ...]:
    """The agreements that hold today and the asker belongs to: those that carry them first."""
    parts = dict(
        Party.objects.filter(
            account=asker.account or "",
            left_on__isnull=True,
            agreement__organisation=asker.organisation,
            agreement__state=AgreementState.AGREED,
        ).values_list("agreement", "part")
    )
    if not parts or not is_living(asker.account or "", organisation=asker.organisation):
        return ()
    agreements = list(Agreement.objects.filter(pk__in=parts).prefetch_related("parties"))
    terms, meetings = _terms(agreements), _meetings(agreements)
    due, names = due_of(agreements, clock.today() + LOOKS_AHEAD), names_of_accounts(asker.organisation)
    found = [
        _mine(
            one,
            parts[one.id],
            _others(one, asker, names),
            terms[one.id],
            meetings[one.id],
            due.get(one.id, ()),
        )
        for one in agreements
        if one.id in terms
    ]
    return tuple(sorted(found, key=lambda one: (one.part == Part.SUPERVISOR, one.others, one.agreement)))


def one_of_mine(asker: Asker, agreement: str) -> MySupervision:
    """One agreement of the asker.

    Raises:
        Refused: there is none for them.
    """
    found = next((one for one in my_supervision(asker) if one.agreement == agreement), None)
    if found is None:
        refuse(RhythmFault.MEETING_UNKNOWN)
    return found


def my_meeting(asker: Asker, meeting: str) -> tuple[MySupervision, MeetingTold]:
    """A meeting of the asker, and the agreement it belongs to.

    Raises:
        Refused: there is none for them.
    """
    row = Meeting.objects.filter(pk=meeting, agreement__organisation=asker.organisation).first()
    if row is None:
        refuse(RhythmFault.MEETING_UNKNOWN)
    mine = one_of_mine(asker, row.agreement_id)
    return mine, _told(row, replaced=row.instead.exists(), rebook_days=mine.rebook_days)


def own_agenda(asker: Asker, meeting: str) -> str:
    """The note in which the asker shares what they bring to a meeting; empty where they share none."""
    rows = Note.objects.filter(meeting=meeting, kind=NoteKind.AGENDA, written_by=asker.account or "")
    return rows.values_list("id", flat=True).first() or ""


def _mine(
    one: Agreement,
    part: str,
    others: tuple[str, ...],
    terms: Terms,
    meetings: Sequence[MeetingTold],
    due: Sequence[date],
) -> MySupervision:
    taken = {each.due_on for each in meetings}
    since = clock.today() - LOOKS_BACK
    open_due = [day for day in due if day >= since and day not in taken]
    to_come = [each for each in meetings if each.is_open]
    to_book = [each for each in meetings if each.book_by is not None and (each.day or since) >= since]
    left = [each for each in meetings if each not in to_come and each not in to_book]
    return MySupervision(
        one.id,
        one.kind,
        part,
        others,
        terms.minutes,
        terms.reflective_share,
        terms.rebook_days,
        terms.review_on,
        tuple(open_due[:MOST_DUE]),
        tuple(sorted(to_come, key=_when)),
        tuple(sorted(to_book, key=_when)),
        tuple(sorted((each for each in left if (each.day or since) >= since), key=_when, reverse=True)),
    )


def _when(one: MeetingTold) -> tuple[date, str, str]:
    return one.day or date.max, one.begins, one.meeting


def _others(one: Agreement, asker: Asker, names: Mapping[str, str]) -> tuple[str, ...]:
    there = [each for each in one.parties.all() if each.left_on is None and each.account != asker.account]
    ordered = sorted(there, key=lambda each: (each.part != Part.SUPERVISOR, names.get(each.account, "")))
    outside = [one.external] if one.external else []
    return (*outside, *(names.get(each.account, "") for each in ordered))


def _terms(agreements: Sequence[Agreement]) -> dict[str, Terms]:
    """By agreement, the wording that holds."""
    rows = Terms.objects.filter(agreement__in=agreements, in_force_from__lte=clock.today())
    return {row.agreement_id: row for row in rows.order_by("version")}


def _meetings(agreements: Sequence[Agreement]) -> Mapping[str, list[MeetingTold]]:
    rows = list(Meeting.objects.filter(agreement__in=agreements))
    replaced = {row.instead_of_id for row in rows if row.instead_of_id}
    days = {one: terms.rebook_days for one, terms in _terms(agreements).items()}
    found: dict[str, list[MeetingTold]] = defaultdict(list)
    for row in rows:
        told = _told(row, replaced=row.id in replaced, rebook_days=days.get(row.agreement_id, 0))
        found[row.agreement_id].append(told)
    return found


def _told(row: Meeting, *, replaced: bool, rebook_days: int) -> MeetingTold:
    fell = row.state in FELL_THROUGH and not replaced and row.day is not None
    return MeetingTold(
        row.id,
        row.agreement_id,
        row.due_on,
        row.day,
        row.begins,
        row.place,
        row.medium,
        row.state,
        row.side,
        row.reason,
        is_replaced=replaced,
        book_by=working_days_after(row.day, rebook_days) if fell and row.day else None,
    )
