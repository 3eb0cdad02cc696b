"""What became of each meeting that was due: the ground of every figure about supervision that is provided.

Facts of what was provided, by unit and day. Who fell ill, what was said and how it was stands nowhere here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from replenish.supervision.due import working_days_after
from replenish.supervision.models import (
    Agreement,
    AgreementKind,
    AgreementState,
    Meeting,
    MeetingState,
    Part,
    Party,
    Terms,
)
from replenish.supervision.rhythm_of import due_of

FELL_THROUGH = (MeetingState.CANCELLED, MeetingState.NOT_HELD)


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting that took place.

    Attributes:
        day: when.
        minutes: how long; None where nobody wrote it down.
        agreed_minutes: how long was agreed on.
        interrupted: whether it was; None where nobody wrote it down.
        reflective: whether time to reflect was kept; None where nobody wrote it down.
        restorative: whether what the work does to a person was among what it was for.
        wellbeing_offered: whether somebody offered to ask how things are.
        raised: points about conditions that went on to those who can change them.
        closed: points that came back with an answer.
    """

    day: date
    minutes: int | None
    agreed_minutes: int
    interrupted: bool | None
    reflective: bool | None
    restorative: bool
    wellbeing_offered: bool | None
    raised: int
    closed: int


@dataclass(frozen=True)
class Fell:
    """That a meeting was moved, called off or not held.

    Attributes:
        state: as tables have it.
        day: of the change.
        side: from which side; told pooled over many people alone.
        reason: its code; told in the same way alone.
        booked_again: whether another stands in its place with a day within the agreed working days; None for
            one that was moved, or where these days are not over.
    """

    state: str
    day: date
    side: str
    reason: str
    booked_again: bool | None


@dataclass(frozen=True)
class DueMeeting:
    """A meeting that was due, and whether it took place, if later.

    Attributes:
        agreement: the id of its agreement.
        unit: where the supervisees work.
        due_on: the day by which it was due.
        held: whether it, or one in its place, took place.
    """

    agreement: str
    unit: str
    due_on: date
    held: bool


@dataclass(frozen=True)
class Provided:
    """Everything about some agreements that figures are made of.

    Attributes:
        agreements: by id, those who are supervised in it; peers are, by each other. The keys are to tell
            people apart and to count them, and go no further.
        due: every meeting that was due, in the order of days.
        held: by id of agreement, every meeting that took place, in the order of days.
        fell: by id of agreement, everything that fell through, in the order of days.
        unit_of: by id of agreement, where its supervisees work.
    """

    agreements: Mapping[str, frozenset[str]]
    due: tuple[DueMeeting, ...]
    held: Mapping[str, tuple[MeetingHeld, ...]]
    fell: Mapping[str, tuple[Fell, ...]]
    unit_of: Mapping[str, str]


def provided_in(organisation: str, until: date) -> Provided:
    """What became of the meetings of an organisation's agreements up to a day.

    Args:
        organisation: its id.
        until: the last day on which a meeting was due or took place.
    """
    agreements = list(
        Agreement.objects.filter(organisation=organisation).exclude(state=AgreementState.PROPOSED)
    )
    rows = list(Meeting.objects.filter(agreement__in=agreements))
    by_agreement: dict[str, list[Meeting]] = defaultdict(list)
    for row in rows:
        by_agreement[row.agreement_id].append(row)
    instead = {row.instead_of_id: row for row in rows if row.instead_of_id}
    terms: dict[str, list[Terms]] = defaultdict(list)
    for one in Terms.objects.filter(agreement__in=agreements, in_force_from__isnull=False).order_by(
        "version"
    ):
        terms[one.agreement_id].append(one)
    due = due_of(agreements, until)
    return Provided(
        agreements=_supervisees(agreements),
        due=tuple(
            sorted(_due(agreements, due, by_agreement, instead), key=lambda one: (one.due_on, one.agreement))
        ),
        held={one.id: tuple(_held(by_agreement[one.id], terms[one.id], until)) for one in agreements},
        fell={
            one.id: tuple(_fell(by_agreement[one.id], terms[one.id], instead, until)) for one in agreements
        },
        unit_of={one.id: one.unit for one in agreements},
    )


def organisations_with_agreements() -> tuple[str, ...]:
    """The ids of organisations that use these pages."""
    rows = Agreement.objects.exclude(state=AgreementState.PROPOSED)
    return tuple(sorted(set(rows.values_list("organisation", flat=True))))


def supervisees_by_supervisor(organisation: str, first_day: date, last_day: date) -> Mapping[str, int]:
    """How many people each supervisor had in agreements that ran on one of these days.

    Somebody from outside counts by the words they are called by. Peers have no supervisor. The keys are to
    tell supervisors apart and go no further.
    """
    running = Agreement.objects.filter(
        organisation=organisation, state__in=[AgreementState.AGREED, AgreementState.ENDED]
    ).filter(agreed_on__lte=last_day)
    found: dict[str, set[str]] = defaultdict(set)
    parties = Party.objects.filter(agreement__in=running)
    of_agreement: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        if party.left_on is None or party.left_on > first_day:
            of_agreement[party.agreement_id].append(party)
    for row in running:
        if row.ended_on is not None and row.ended_on <= first_day:
            continue
        supervisees = {party.account for party in of_agreement[row.id] if party.part == Part.SUPERVISEE}
        for supervisor in _supervisors(row, of_agreement[row.id]):
            found[supervisor] |= supervisees
    return {supervisor: len(people) for supervisor, people in found.items() if people}


def _supervisors(row: Agreement, parties: Sequence[Party]) -> Iterator[str]:
    if row.kind == AgreementKind.EXTERNAL:
        yield f"external {' '.join(row.external.split()).casefold()}"
    for party in parties:
        if party.part == Part.SUPERVISOR:
            yield party.account


def supervising(organisation: str) -> frozenset[str]:
    """The accounts that supervise somebody under an agreement that holds."""
    rows = Party.objects.filter(
        agreement__organisation=organisation, agreement__state=AgreementState.AGREED, part=Part.SUPERVISOR
    )
    return frozenset(rows.values_list("account", flat=True))


def _supervisees(agreements: Sequence[Agreement]) -> Mapping[str, frozenset[str]]:
    rows = Party.objects.filter(agreement__in=agreements).exclude(part=Part.SUPERVISOR)
    found: dict[str, set[str]] = {one.id: set() for one in agreements}
    for agreement, account in rows.values_list("agreement_id", "account"):
        found[agreement].add(account)
    return {agreement: frozenset(people) for agreement, people in found.items()}


def _due(
    agreements: Sequence[Agreement],
    due: Mapping[str, Sequence[date]],
    rows: Mapping[str, Sequence[Meeting]],
    instead: Mapping[str, Meeting],
) -> Iterator[DueMeeting]:
    for one in agreements:
        planned = {row.due_on: row for row in rows[one.id] if row.due_on is not None}
        for day in due.get(one.id, ()):
            row = planned.get(day)
            yield DueMeeting(one.id, one.unit, day, row is not None and _took_place(row, instead))


def _took_place(row: Meeting, instead: Mapping[str, Meeting]) -> bool:
    step: Meeting | None = row
    while step is not None and step.state != MeetingState.HELD:
        step = instead.get(step.id)
    return step is not None


def _held(rows: Sequence[Meeting], terms: Sequence[Terms], until: date) -> Iterator[MeetingHeld]:
    took_place = [(row.day, row) for row in rows if row.state == MeetingState.HELD and row.day is not None]
    for day, row in sorted(took_place, key=lambda pair: (pair[0], pair[1].id)):
        if day <= until:
            yield MeetingHeld(
                day,
                row.minutes,
                _in_force(terms, day).minutes if terms else 0,
                row.interrupted,
                row.reflective_kept,
                "restorative" in row.functions,
                row.wellbeing_offered,
                row.raised,
                row.closed,
            )


def _fell(
    rows: Sequence[Meeting], terms: Sequence[Terms], instead: Mapping[str, Meeting], until: date
) -> Iterator[Fell]:
    changed = [(row.changed_on, row) for row in rows if row.side and row.changed_on is not None]
    for day, row in sorted(changed, key=lambda pair: (pair[0], pair[1].id)):
        if day <= until:
            yield Fell(row.state, day, row.side, row.reason, _booked_again(row, day, terms, instead, until))


def _booked_again(
    row: Meeting, day: date, terms: Sequence[Terms], instead: Mapping[str, Meeting], until: date
) -> bool | None:
    if row.state not in FELL_THROUGH or not terms:
        return None
    book_by = working_days_after(day, _in_force(terms, day).rebook_days)
    after = instead.get(row.id)
    if after is not None and after.day is not None and after.day <= book_by:
        return True
    return None if book_by > until else False


def _in_force(terms: Sequence[Terms], day: date) -> Terms:
    holds = [one for one in terms if one.in_force_from is not None and one.in_force_from <= day]
    return (holds or list(terms[:1]))[-1]
