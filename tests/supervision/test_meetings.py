"""Meetings are planned, moved, called off and booked again by their parties alone; a retry does no harm."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.learning.sessions import set_today
from tests.supervision.pairs import agreed, terms
from tests.web.staff_world import StaffWorld, ours, quick, theirs

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.roles import RoleKind
from replenish.supervision.comes_next import MeetingTold, MySupervision, my_meeting, my_supervision
from replenish.supervision.due import RhythmFrom, due_along, every_days, working_days_after
from replenish.supervision.meetings import (
    FellThrough,
    When,
    book_again,
    call_off,
    move_meeting,
    plan_meeting,
)
from replenish.supervision.models import Agreement, Meeting, OwnRhythm, Party
from replenish.supervision.rhythm_of import due_in_units, due_of

__all__ = ["ours", "quick", "theirs"]

SUPERVISOR, SUPERVISEE, OTHER = RoleKind.SUPERVISOR, RoleKind.DEPUTY, RoleKind.FACILITATOR
STAFFING = FellThrough("organisation", "short-staffed")


def pair(world: StaffWorld, **said: object) -> str:
    parties = {world.people[SUPERVISOR].account: "supervisor", world.people[SUPERVISEE].account: "supervisee"}
    return agreed(world.organisation, world.unit, parties, **said)  # type: ignore[arg-type]


def when(days: int = 7, begins: str = "14:00", place: str = "Quiet room", medium: str = "in-person") -> When:
    return When(clock.today() + timedelta(days), begins, place, medium)


def plan(world: StaffWorld, agreement: str, *, once: str = "", days: int = 7, due: date | None = None) -> str:
    key = once or secrets.token_hex(16)
    asker = world.asker(SUPERVISEE)
    return plan_meeting(asker=asker, agreement=agreement, when=when(days), due_on=due, once=key)


def mine(world: StaffWorld, role: RoleKind = SUPERVISEE) -> MySupervision:
    (one,) = my_supervision(world.asker(role))
    return one


def told(world: StaffWorld, meeting: str) -> MeetingTold:
    return my_meeting(world.asker(SUPERVISOR), meeting)[1]


def refused(fault: RhythmFault) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda error: error.fault is fault)


def test_what_comes_next_is_the_same_for_both_and_nothing_for_others(ours: StaffWorld) -> None:
    pair(ours)
    supervisee, supervisor = mine(ours), mine(ours, SUPERVISOR)
    assert supervisee.open_due == supervisor.open_due
    assert supervisee.open_due[0] > clock.today()
    assert supervisee.others == ("Supervisor of Ours",)
    assert supervisor.others == ("Deputy of Ours",)
    assert my_supervision(ours.asker(OTHER)) == ()
    assert my_supervision(ours.operator) == ()


def test_a_planned_meeting_stands_for_its_due_day(ours: StaffWorld) -> None:
    agreement = pair(ours)
    due = mine(ours).open_due[0]
    meeting = plan(ours, agreement, due=due)
    assert due not in mine(ours).open_due
    assert [one.meeting for one in mine(ours, SUPERVISOR).to_come] == [meeting]
    with refused(RhythmFault.PLANNED_ALREADY):
        plan(ours, agreement, due=due)
    with refused(RhythmFault.NOT_DUE):
        plan(ours, agreement, due=due + timedelta(days=1))


def test_the_same_form_twice_is_one_meeting_with_the_newest_words(ours: StaffWorld) -> None:
    agreement, once = pair(ours), secrets.token_hex(16)
    due = mine(ours).open_due[0]
    first = plan(ours, agreement, once=once, due=due)
    assert plan(ours, agreement, once=once, due=due, days=9) == first
    assert told(ours, first).day == clock.today() + timedelta(days=9)
    assert Meeting.objects.count() == 1


def test_moving_keeps_the_due_day_with_the_first_and_says_the_side(ours: StaffWorld) -> None:
    agreement, once = pair(ours), secrets.token_hex(16)
    due = mine(ours).open_due[0]
    first = plan(ours, agreement, due=due)
    asker = ours.asker(SUPERVISOR)
    second = move_meeting(asker=asker, meeting=first, when=when(12), why=STAFFING, once=once)
    again = move_meeting(asker=asker, meeting=first, when=when(12), why=STAFFING, once=once)
    assert again == second
    assert (told(ours, first).state, told(ours, first).side) == ("moved", "organisation")
    assert told(ours, first).due_on == due
    assert told(ours, second).due_on is None
    assert [one.meeting for one in mine(ours).to_come] == [second]
    with refused(RhythmFault.NOT_PLANNED):
        move_meeting(asker=asker, meeting=first, when=when(13), why=STAFFING, once=secrets.token_hex(16))


def test_what_was_called_off_is_to_be_booked_within_the_agreed_working_days(ours: StaffWorld) -> None:
    meeting = plan(ours, pair(ours))
    asker, once = ours.asker(SUPERVISEE), secrets.token_hex(16)
    call_off(asker=asker, meeting=meeting, why=STAFFING)
    call_off(asker=asker, meeting=meeting, why=STAFFING)
    (to_book,) = mine(ours).to_book
    assert to_book.state == "cancelled"
    assert to_book.book_by == working_days_after(clock.today() + timedelta(days=7), 10)
    anew = book_again(asker=asker, meeting=meeting, when=when(10), once=once)
    assert book_again(asker=asker, meeting=meeting, when=when(10), once=once) == anew
    assert mine(ours).to_book == ()
    with refused(RhythmFault.PLANNED_ALREADY):
        book_again(asker=asker, meeting=meeting, when=when(11), once=secrets.token_hex(16))


def test_after_its_day_it_was_not_held(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = plan(ours, pair(ours))
    set_today(monkeypatch, clock.today() + timedelta(days=8))
    call_off(asker=ours.asker(SUPERVISOR), meeting=meeting, why=STAFFING)
    assert told(ours, meeting).state == "not_held"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (when(days=400), RhythmFault.DAY),
        (when(days=-40), RhythmFault.DAY),
        (when(begins="2 pm"), RhythmFault.TIME),
        (when(begins="٠٩:٣٠"), RhythmFault.TIME),
        (when(place="x" * 201), RhythmFault.PLACE),
        (when(place="a\x07b"), RhythmFault.PLACE),
        (when(medium="pigeon"), RhythmFault.MEDIUM),
    ],
)
def test_what_cannot_be_is_refused(ours: StaffWorld, said: When, fault: RhythmFault) -> None:
    with refused(fault):
        plan_meeting(
            asker=ours.asker(SUPERVISEE),
            agreement=pair(ours),
            when=said,
            due_on=None,
            once=secrets.token_hex(16),
        )


def test_a_form_without_its_key_changes_nothing(ours: StaffWorld) -> None:
    with refused(RhythmFault.FORM_KEY):
        plan(ours, pair(ours), once="x")
    assert not Meeting.objects.exists()


def test_only_parties_of_an_agreement_that_holds_may(ours: StaffWorld, theirs: StaffWorld) -> None:
    agreement = pair(ours)
    meeting = plan(ours, agreement)
    for asker in (ours.asker(OTHER), theirs.asker(SUPERVISOR), ours.operator):
        with refused(RhythmFault.MEETING_UNKNOWN):
            plan_meeting(
                asker=asker, agreement=agreement, when=when(), due_on=None, once=secrets.token_hex(16)
            )
        with refused(RhythmFault.MEETING_UNKNOWN):
            call_off(asker=asker, meeting=meeting, why=STAFFING)
        with refused(RhythmFault.MEETING_UNKNOWN):
            my_meeting(asker, meeting)
    Party.objects.filter(account=ours.people[SUPERVISOR].account).update(left_on=clock.today())
    with refused(RhythmFault.MEETING_UNKNOWN):
        call_off(asker=ours.asker(SUPERVISOR), meeting=meeting, why=STAFFING)
    Agreement.objects.update(state="ended", ended_on=clock.today())
    with refused(RhythmFault.NOT_AGREED):
        call_off(asker=ours.asker(SUPERVISEE), meeting=meeting, why=STAFFING)


def test_among_peers_nobody_is_the_supervisor(ours: StaffWorld) -> None:
    parties = {ours.people[role].account: "peer" for role in (SUPERVISOR, SUPERVISEE, OTHER)}
    agreement = agreed(ours.organisation, ours.unit, parties, kind="peer")
    meeting = plan(ours, agreement)
    with refused(RhythmFault.SIDE):
        call_off(asker=ours.asker(OTHER), meeting=meeting, why=FellThrough("supervisor", "away"))
    call_off(asker=ours.asker(OTHER), meeting=meeting, why=FellThrough("supervisee", "away"))
    assert mine(ours, OTHER).others == ("Deputy of Ours", "Supervisor of Ours")


def test_somebody_from_outside_supervises_under_their_words(ours: StaffWorld) -> None:
    parties = {ours.people[SUPERVISEE].account: "supervisee"}
    words = "Ida Brook, from the clinic"
    agreed(ours.organisation, ours.unit, parties, kind="external", external=words)
    assert mine(ours).others == (words,)


def test_new_terms_make_other_days_due_and_none_in_the_past(ours: StaffWorld) -> None:
    begins = clock.today() - timedelta(weeks=10)
    agreement = pair(ours, since=begins, every_days=28)
    row = Agreement.objects.get(pk=agreement)
    until = clock.today() + timedelta(weeks=4)
    before = due_of([row], until)[agreement]
    terms(agreement, 2, clock.today(), every_days=7)
    after = due_of([row], until)[agreement]
    past = [day for day in before if day <= clock.today()]
    assert [day for day in after if day <= clock.today()] == past
    assert len(after) > len(before)


def test_an_organisation_changes_a_preset_for_a_part_from_a_day_on(ours: StaffWorld) -> None:
    agreement = pair(ours, since=clock.today() - timedelta(days=1))
    row = Agreement.objects.get(pk=agreement)
    until = clock.today() + timedelta(weeks=12)
    monthly = due_of([row], until)[agreement]
    for unit, days in (("", 14), (ours.unit, 7)):
        OwnRhythm.objects.create(
            id=secrets.token_hex(16),
            organisation=ours.organisation,
            unit=unit,
            rhythm="anywhere-monthly",
            every_days=days,
            minutes=60,
            from_date=clock.today(),
            entered_by="",
            entered_on=clock.today(),
        )
    weekly = due_of([row], until)[agreement]
    assert len(weekly) >= 11 > len(monthly)


def test_nothing_is_due_after_the_end_and_counts_are_by_unit(ours: StaffWorld) -> None:
    first, last = clock.today() - timedelta(weeks=8), clock.today() + timedelta(weeks=8)
    agreement = pair(ours, since=first, every_days=7)
    assert len(due_in_units(ours.organisation, [ours.unit], first, last)[agreement]) == 16
    assert due_in_units(ours.organisation, [], first, last) == {}
    Agreement.objects.update(state="ended", ended_on=clock.today())
    assert max(due_in_units(ours.organisation, [ours.unit], first, last)[agreement]) <= clock.today()


@given(
    days=st.lists(st.tuples(st.integers(0, 900), st.integers(1, 90)), min_size=1, max_size=5),
    looked=st.integers(0, 1000),
)
def test_a_change_of_rhythm_never_touches_days_before_it(days: list[tuple[int, int]], looked: int) -> None:
    begins = date(2026, 1, 1)
    ordered = sorted({begins + timedelta(after): every for after, every in days}.items())
    timeline = [RhythmFrom(day, every_days(every)) for day, every in ordered]
    until = begins + timedelta(looked)
    found = due_along(timeline, until)
    assert list(found) == sorted(set(found))
    assert all(timeline[0].day < day <= until for day in found)
    last = timeline[-1].day
    assert [day for day in due_along(timeline[:-1], until) if day <= last] == [
        day for day in found if day <= last
    ]
