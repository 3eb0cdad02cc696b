"""Supervision in the larger organisation: two pairs agree on it, meet, move a meeting, and call one off.

Nothing is written in words: a record phrase is shown once to whoever makes it, so a visitor makes their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.cli.demo.founding import Founded
from replenish.cli.demo.invented import FAMILIES
from replenish.cli.demo.leading import HOMES
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.supervision.agreements import Proposed, agree, propose
from replenish.supervision.comes_next import MySupervision, my_supervision
from replenish.supervision.kinds import AgreementKind, MeetingState
from replenish.supervision.meetings import FellThrough, When, book_again, call_off, move_meeting, plan_meeting
from replenish.supervision.taking_place import Facts, confirm_facts, facts_of, write_facts
from replenish.supervision.wording import Answer, Wording

WEEK = timedelta(days=7)
PLANNED_BEFORE = timedelta(weeks=5)
REVIEWED_AFTER = timedelta(weeks=26)
SATURDAY = 5
MINUTES = 90
RHYTHM = "england-social-work"
FUNCTIONS = ("normative", "formative", "restorative", "mediation")
ANSWERS: Mapping[str, Answer] = {
    "management": Answer("no"),
    "medium": Answer("in-person", "The quiet room"),
    "notice": Answer("two-days"),
    "preparation": Answer("both"),
    "difference": Answer("above"),
    "power": Answer("review"),
}


@dataclass(frozen=True)
class Fell:
    """What becomes of the second meeting of a pair.

    Attributes:
        why: from which side, and why.
        is_moved: moved to another day; otherwise called off, and booked again.
        later: days between the two.
    """

    why: FellThrough
    is_moved: bool
    later: int


@dataclass(frozen=True)
class Pair:
    """Somebody whom the supervisor meets.

    Attributes:
        kind: their part.
        service: for what they answer; None for the whole organisation.
        unit: where their supervision is counted.
        begins: at which hour they meet.
        fell: what becomes of their second meeting.
        held: what is written down after each meeting, the first to the last, then from the first again.
    """

    kind: RoleKind
    service: str | None
    unit: str
    begins: str
    fell: Fell
    held: tuple[Facts, ...]

    def asker(self, founded: Founded) -> Asker:
        """Who is supervised."""
        return founded.asker(self.kind, self.service)


def _took_place(minutes: int, *, kept: bool, raised: int = 0, closed: int = 0) -> Facts:
    functions = FUNCTIONS if kept else FUNCTIONS[:2]
    return Facts(minutes, not kept, kept, functions, kept, raised, closed)


PAIRS = (
    Pair(
        RoleKind.STEWARD,
        HOMES,
        HOMES,
        "14:00",
        Fell(FellThrough("organisation", "short-staffed"), is_moved=True, later=5),
        (
            _took_place(90, kept=True, raised=2),
            _took_place(60, kept=False, closed=1),
            _took_place(85, kept=True, closed=1),
        ),
    ),
    Pair(
        RoleKind.FACILITATOR,
        None,
        "Schools and outreach",
        "10:30",
        Fell(FellThrough("supervisor", "emergency"), is_moved=False, later=8),
        (_took_place(75, kept=True), _took_place(90, kept=True, raised=2)),
    ),
)


def agreed_on(rooms_from: date) -> date:
    """The second Tuesday of the month before, so that the first meeting is due in the first month told."""
    first = (rooms_from - timedelta(days=1)).replace(day=1)
    return first + timedelta(days=(1 - first.weekday()) % 7) + WEEK


def supervise(founded: Founded, rooms_from: date, today: date) -> None:
    """What the pairs do on a Tuesday: agree, plan, move, and write down that they met."""
    if founded.invented is not FAMILIES:
        return
    supervisor = founded.asker(RoleKind.SUPERVISOR)
    if today == agreed_on(rooms_from):
        for pair in PAIRS:
            _agree(founded, supervisor, pair, today)
    if today >= agreed_on(rooms_from):
        for pair in PAIRS:
            (mine,) = my_supervision(pair.asker(founded))
            _confirm(pair.asker(founded), mine)
            _write_down(pair, supervisor, mine, today)
            _let_fall(pair, supervisor, mine, today)
            _plan(pair, supervisor, mine, today)


def _agree(founded: Founded, supervisor: Asker, pair: Pair, today: date) -> None:
    wording = Wording(RHYTHM, None, MINUTES, 50, today + REVIEWED_AFTER, FUNCTIONS, ANSWERS)
    supervisee = pair.asker(founded)
    said = Proposed(
        AgreementKind.INDIVIDUAL,
        founded.units[(pair.unit,)],
        supervisor.account or "",
        "",
        (supervisee.account or "",),
        wording,
    )
    agreement = propose(asker=supervisor, said=said)
    for party in (supervisor, supervisee):
        agree(asker=party, agreement=agreement, version=1, has_read_limits=True)


def _plan(pair: Pair, supervisor: Asker, mine: MySupervision, today: date) -> None:
    for due in mine.open_due:
        if due <= today + PLANNED_BEFORE:
            when = _when(pair, due)
            plan_meeting(
                asker=supervisor, agreement=mine.agreement, when=when, due_on=due, once=_once(when.day)
            )


def _let_fall(pair: Pair, supervisor: Asker, mine: MySupervision, today: date) -> None:
    """The second meeting, in the week before its day."""
    if sum(one.state == MeetingState.HELD for one in mine.past) != 1:
        return
    if any(one.state not in (MeetingState.HELD, MeetingState.PLANNED) for one in (*mine.past, *mine.to_book)):
        return
    for one in mine.to_come:
        if one.day is not None and today < one.day <= today + WEEK:
            later = _when(pair, one.day + timedelta(days=pair.fell.later))
            why, once = pair.fell.why, _once(later.day)
            if pair.fell.is_moved:
                move_meeting(asker=supervisor, meeting=one.meeting, when=later, why=why, once=once)
            else:
                call_off(asker=supervisor, meeting=one.meeting, why=why)
                book_again(asker=supervisor, meeting=one.meeting, when=later, once=once)


def _write_down(pair: Pair, supervisor: Asker, mine: MySupervision, today: date) -> None:
    """The supervisor does on the first Tuesday after; who is supervised confirms it a week later."""
    held = sum(one.state == MeetingState.HELD for one in mine.past)
    for one in mine.to_come:
        if one.day is not None and one.day < today:
            write_facts(asker=supervisor, meeting=one.meeting, facts=pair.held[held % len(pair.held)])


def _confirm(supervisee: Asker, mine: MySupervision) -> None:
    for one in mine.past:
        told = facts_of(supervisee, one.meeting) if one.state == MeetingState.HELD else None
        if told is not None and told.waits_for_me:
            confirm_facts(asker=supervisee, meeting=one.meeting, read=told.facts)


def _when(pair: Pair, day: date) -> When:
    """On this day, or on the Friday before a weekend."""
    return When(day - timedelta(days=max(0, day.weekday() - SATURDAY + 1)), pair.begins, "", "in-person")


def _once(day: date) -> str:
    return f"{day.toordinal():032x}"
