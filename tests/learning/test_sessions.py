"""Sessions: who plans them, what cannot be, and that no count tells who came or who stayed away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.learning.sessions import DAYS_AHEAD, planned, set_today
from tests.web.staff_world import StaffWorld

from replenish.basis import clock
from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import LearningFault, PeopleFault
from replenish.learning import queries
from replenish.learning.actions import MOST_PLACES, call_off, enter_attendance, plan_session
from replenish.learning.attendance import Attendance, Came, kept_of
from replenish.learning.models import Session
from replenish.learning.queries import TOLD_WITHIN, session_of, sessions_of, tally
from replenish.learning.rules import PLANNERS
from replenish.ledger.queries import entries
from replenish.people.roles import RoleKind

pytestmark = pytest.mark.django_db


def refusal(refused: pytest.ExceptionInfo[Refused]) -> Fault:
    return refused.value.problems[0].fault


def said_in_ledger(world: StaffWorld) -> list[str]:
    kinds = ("session", "attendance")
    return [one.event for one in entries(world.organisation) if one.event.startswith(kinds)]


@pytest.mark.parametrize("role", list(RoleKind))
def test_a_steward_plans_for_their_part_and_others_for_all(ours: StaffWorld, role: RoleKind) -> None:
    asker = ours.asker(role)
    may = {ours.unit: role in PLANNERS, None: role in PLANNERS and role is not RoleKind.STEWARD}
    for unit, allowed in may.items():
        if allowed:
            plan_session(asker=asker, unit=unit, said=planned())
            continue
        with pytest.raises(Refused) as refused:
            plan_session(asker=asker, unit=unit, said=planned())
        assert refusal(refused) is PeopleFault.NOT_ALLOWED
    assert Session.objects.count() == sum(may.values())


def test_another_organisation_finds_and_changes_nothing(ours: StaffWorld, theirs: StaffWorld) -> None:
    session = plan_session(asker=ours.asker(RoleKind.STEWARD), unit=ours.unit, said=planned())
    other = theirs.asker(RoleKind.FACILITATOR)
    assert sessions_of(other) == ()
    for change in (
        lambda: session_of(other, session),
        lambda: call_off(asker=other, session=session),
        lambda: enter_attendance(asker=other, session=session, came=3),
        lambda: plan_session(asker=other, unit=ours.unit, said=planned()),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refusal(refused) in (LearningFault.SESSION_UNKNOWN, PeopleFault.NOT_ALLOWED)


def test_the_same_form_twice_is_one_session_and_one_called_off_stands_again(ours: StaffWorld) -> None:
    asker = ours.asker(RoleKind.SUPERVISOR)
    session = plan_session(asker=asker, unit=None, said=planned())
    assert plan_session(asker=asker, unit=None, said=planned(place=" The  small hall ")) == session
    call_off(asker=asker, session=session)
    call_off(asker=asker, session=session)
    assert session_of(asker, session).state == "called_off"
    assert plan_session(asker=asker, unit=None, said=planned()) == session
    assert session_of(asker, session).state == "planned"
    assert said_in_ledger(ours) == ["session_planned", "session_called_off", "session_planned"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"offer": "juggling"}, LearningFault.OFFER),
        ({"part": "going-first"}, LearningFault.OFFER),
        ({"begins": "9:00"}, LearningFault.TIMES),
        ({"begins": "24:00"}, LearningFault.TIMES),
        ({"ends": "14:00"}, LearningFault.TIMES),
        ({"begins": "١٤:٠٠"}, LearningFault.TIMES),
        ({"place": "  "}, LearningFault.WORDS),
        ({"led_by": "x" * 121}, LearningFault.WORDS),
        ({"place": "a\x07b"}, LearningFault.WORDS),
        ({"title": "x" * 121}, LearningFault.TITLE),
        ({"places": 0}, LearningFault.PLACES),
        ({"places": MOST_PLACES + 1}, LearningFault.PLACES),
        ({"day": clock.today() - timedelta(days=1)}, LearningFault.DAY),
        ({"day": clock.today() + timedelta(days=367)}, LearningFault.DAY),
    ],
)
def test_what_cannot_be_is_refused(ours: StaffWorld, changes: dict[str, object], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        plan_session(asker=ours.asker(RoleKind.STEWARD), unit=ours.unit, said=planned(**changes))
    assert refusal(refused) is fault
    assert said_in_ledger(ours) == []


def test_how_it_went_is_said_from_the_day_on_and_for_four_weeks(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker, day = ours.asker(RoleKind.STEWARD), clock.today() + DAYS_AHEAD
    session = plan_session(asker=asker, unit=ours.unit, said=planned())
    with pytest.raises(Refused) as refused:
        enter_attendance(asker=asker, session=session, came=3)
    assert refusal(refused) is LearningFault.TOO_EARLY
    monkeypatch.setattr(queries, "people_of", lambda *_: 40)
    monkeypatch.setattr("replenish.learning.actions.people_of", lambda *_: 40)
    set_today(monkeypatch, day)
    enter_attendance(asker=asker, session=session, came=3)
    assert session_of(asker, session).attendance == Attendance(Came.FEW)
    enter_attendance(asker=asker, session=session, came=12)
    assert session_of(asker, session).attendance == Attendance(Came.SOME, 12)
    with pytest.raises(Refused) as refused:
        call_off(asker=asker, session=session)
    assert refusal(refused) is LearningFault.HELD
    with pytest.raises(Refused) as refused:
        enter_attendance(asker=asker, session=session, came=MOST_PLACES + 1)
    assert refusal(refused) is LearningFault.CAME
    set_today(monkeypatch, day + TOLD_WITHIN + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        enter_attendance(asker=asker, session=session, came=9)
    assert refusal(refused) is LearningFault.TOO_LATE


def test_a_part_without_a_declared_headcount_keeps_no_number(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = ours.asker(RoleKind.FACILITATOR)
    session = plan_session(asker=asker, unit=None, said=planned())
    set_today(monkeypatch, clock.today() + DAYS_AHEAD)
    enter_attendance(asker=asker, session=session, came=12)
    assert session_of(asker, session).attendance == Attendance(Came.UNSAID)
    assert session_of(asker, session).state == "held"


def test_called_off_counts_as_due_and_not_held(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    asker = ours.asker(RoleKind.STEWARD)
    held, off, unsaid = (
        plan_session(asker=asker, unit=ours.unit, said=planned(place=place)) for place in ("a", "b", "c")
    )
    call_off(asker=asker, session=off)
    assert tally(sessions_of(asker)).due == 0
    set_today(monkeypatch, clock.today() + DAYS_AHEAD)
    enter_attendance(asker=asker, session=held, came=1)
    set_today(monkeypatch, clock.today() + timedelta(days=1))
    counted = tally(sessions_of(asker))
    assert (counted.held, counted.due) == (1, 3)
    assert not session_of(asker, unsaid).is_open
    set_today(monkeypatch, clock.today() + timedelta(weeks=27))
    assert sessions_of(asker) == ()


def test_the_database_keeps_a_number_beside_some_alone(ours: StaffWorld) -> None:
    session = plan_session(asker=ours.asker(RoleKind.STEWARD), unit=ours.unit, said=planned())
    for wrong in ({"number": 9}, {"came": "some"}, {"state": "planned", "came": "few"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(id=session).update(**wrong)


@given(
    came=st.integers(0, 500),
    people=st.one_of(st.none(), st.integers(0, 500)),
    floor=st.integers(7, 30),
)
def test_what_is_kept_fits_at_least_the_floor_on_both_sides(
    came: int, people: int | None, floor: int
) -> None:
    kept = kept_of(came, people, floor)
    assert (kept.number is not None) == (kept.came is Came.SOME)
    if kept.number is not None:
        assert people is not None
        assert kept.number == came >= floor
        assert people - came >= floor


@given(people=st.integers(0, 200), floor=st.integers(7, 20))
def test_nothing_kept_is_true_of_fewer_than_the_floor_of_counts_at_an_end(people: int, floor: int) -> None:
    """Whatever is kept, it never says that exactly nobody, everybody, or all but one came."""
    by_kept: dict[Attendance, list[int]] = {}
    for came in range(people + 1):
        by_kept.setdefault(kept_of(came, people, floor), []).append(came)
    for counts in by_kept.values():
        ends = [came for came in counts if min(came, people - came) < floor]
        assert not ends or len(counts) >= min(floor, people + 1)
