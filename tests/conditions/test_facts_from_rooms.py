"""Figures that pages of supervision and debrief count by themselves, and what is never told of few people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.conditions.facts_world import fact
from tests.conditions.supervised_world import due_days, fell_through, held, pair, regular
from tests.debrief.incident_world import said
from tests.people.cast import Cast, make_cast, set_day
from tests.supervision.pairs import agreed

from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.facts.from_rooms import count_rooms, count_rooms_of
from replenish.conditions.facts.indicators import (
    LEAST_SUPERVISEES,
    indicators,
    quarter_of,
    sides_and_reasons,
)
from replenish.conditions.facts.reading import ProvidedInPeriod, facts_of
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE
from replenish.debrief.incidents.told import Became
from replenish.debrief.incidents.writing import say_step, write_down
from replenish.supervision.counts import provided_in, supervisees_by_supervisor

BEGINS, TODAY = date(2026, 9, 7), date(2027, 7, 15)
SINCE = date(2026, 12, 7)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    set_day(monkeypatch, BEGINS)
    made = make_cast("Harbour House")
    set_day(monkeypatch, TODAY)
    return made


def figures(cast: Cast, unit: str, kind: str) -> dict[date, tuple[float, float]]:
    return {
        one.first_day: (float(one.count), float(one.out_of))
        for one in periods(cast, unit, kind)
        if one.by_room
    }


def periods(cast: Cast, unit: str, kind: str) -> tuple[ProvidedInPeriod, ...]:
    told = facts_of(cast.organisation, [unit], TODAY)
    return next((one.periods for one in told if one.kind.code == kind), ())


def test_months_count_what_was_due_and_what_was_held_in_its_place(cast: Cast) -> None:
    agreement = pair(cast.organisation, cast.oak, since=SINCE, name="ann")
    january, february, march, april = due_days(SINCE, 4)
    held(agreement, january)
    moved = fell_through(agreement, february, state="moved")
    held(agreement, None, february + timedelta(days=30), instead_of=moved, reflective_kept=False)
    fell_through(agreement, march)
    assert (january.month, february.month, march.month, april.month) == (1, 2, 3, 3)
    count_rooms()
    # Of March two were due, and one of them nobody even planned.
    first = {month: date(2027, month, 1) for month in range(1, 7)}
    told = figures(cast, cast.oak, "supervision_held")
    assert {day: told[day] for day in list(first.values())[:3]} == {
        first[1]: (1, 1), first[2]: (1, 1), first[3]: (0, 2),
    }  # fmt: skip
    assert figures(cast, cast.oak, "supervision_reflective") == {first[1]: (1, 1), first[3]: (0, 1)}


def test_parts_and_the_whole_have_the_sum_and_the_newest_month_waits(cast: Cast) -> None:
    for unit, name in ((cast.oak, "ann"), (cast.elm, "ben"), (cast.elm, "cho")):
        regular(pair(cast.organisation, unit, since=SINCE, name=name), due_days(SINCE, 7))
    count_rooms()
    january = date(2027, 1, 1)
    told = [
        figures(cast, unit, "supervision_held")[january] for unit in (cast.oak, cast.elm, cast.care, WHOLE)
    ]
    assert told == [(1, 1), (2, 2), (3, 3), (3, 3)]
    both = facts_of(cast.organisation, [cast.oak, cast.elm], TODAY)[0].periods[0]
    assert (int(both.count), int(both.out_of)) == (3, 3)
    # On 15 July, June has just become two weeks old; July is not told.
    assert max(figures(cast, WHOLE, "supervision_held")) == date(2027, 6, 1)


def test_counting_again_changes_nothing_and_late_facts_are_taken_in(cast: Cast) -> None:
    agreement = pair(cast.organisation, cast.oak, since=SINCE, name="ann")
    regular(agreement, due_days(SINCE, 7), misses=[2])
    count_rooms()
    before = set(RoomFigure.objects.values_list("id", "kind", "count"))
    count_rooms()
    assert set(RoomFigure.objects.values_list("id", "kind", "count")) == before
    held(agreement, due_days(SINCE, 7)[2])
    count_rooms()
    assert figures(cast, cast.oak, "supervision_held")[date(2027, 3, 1)] == (2, 2)


def test_what_was_entered_stays_for_the_time_before(cast: Cast) -> None:
    for month in (date(2026, 11, 1), date(2027, 1, 1)):
        days = (month, month + timedelta(days=29))
        enter_fact(asker=cast.steward, entry=fact(cast.oak, 6, 8, days=days, source="diaries"))
    regular(pair(cast.organisation, cast.oak, since=SINCE, name="ann"), due_days(SINCE, 7))
    count_rooms()
    told = periods(cast, cast.oak, "supervision_held")
    assert [(one.first_day.month, one.by_room) for one in told][:3] == [(11, False), (1, True), (2, True)]


def test_incidents_give_the_figures_of_debriefs(cast: Cast) -> None:
    days = [date(2027, 5, 3), date(2027, 5, 10), date(2027, 5, 17)]
    incidents = [write_down(asker=cast.steward, said=said(cast.oak, day)) for day in days]
    step = said(cast.oak, days[0]).when
    say_step(asker=cast.steward, incident=incidents[0], step="hot_debrief", became=Became("done", step))
    say_step(asker=cast.steward, incident=incidents[0], step="ten_minutes", became=Became("done", step))
    count_rooms_of(cast.organisation)
    may = date(2027, 5, 1)
    assert figures(cast, cast.oak, "debrief_held") == {may: (1, 3)}
    assert figures(cast, WHOLE, "debrief_offered") == {may: (1, 3)}
    assert figures(cast, cast.care, "time_after") == {may: (1, 3)}
    row = RoomFigure.objects.get(kind="debrief_second_check_offered")
    assert (row.unit, row.count, row.out_of) == (WHOLE, 0, 300)


def test_sides_and_reasons_need_seven_people_and_a_whole_quarter(cast: Cast) -> None:
    for number in range(LEAST_SUPERVISEES):
        agreement = pair(cast.organisation, cast.oak, since=SINCE, name=f"person {number}")
        for day in due_days(SINCE, 7):
            fell_through(agreement, day, side="supervisee", reason="away")
        if number == LEAST_SUPERVISEES - 2:
            count_rooms()
            assert not RoomFigure.objects.filter(kind__startswith="fell_").exists()
    count_rooms()
    rows = RoomFigure.objects.filter(kind__startswith="fell_").order_by("first_day", "kind")
    told = [(row.kind, row.unit, row.first_day, row.last_day) for row in rows]
    quarters = [(date(2027, 1, 1), date(2027, 3, 31)), (date(2027, 4, 1), date(2027, 6, 30))]
    assert told == [
        (kind, WHOLE, *quarter)
        for quarter in quarters
        for kind in ("fell_reason.away", "fell_side.supervisee")
    ]


def test_one_person_in_seven_agreements_is_one_person(cast: Cast) -> None:
    for number in range(LEAST_SUPERVISEES):
        agreement = pair(
            cast.organisation, cast.oak, since=SINCE, name="ann", supervisor=f"supervisor {number}"
        )
        fell_through(agreement, due_days(SINCE, 1)[0])
    provided = provided_in(cast.organisation, TODAY)
    assert sides_and_reasons(provided, quarter_of(date(2027, 1, 20))) == {}


def test_indicators_are_counted_over_the_whole_organisation(cast: Cast) -> None:
    ann = pair(cast.organisation, cast.oak, since=SINCE, name="ann")
    first, second, third, _ = due_days(SINCE, 4)
    held(ann, first, minutes=45, interrupted=True, functions=["normative"], wellbeing_offered=None, raised=2)
    held(ann, second, closed=1)
    fell = fell_through(ann, third)
    held(ann, None, third + timedelta(days=10), instead_of=fell, minutes=None, closed=1)
    sue = pair(cast.organisation, cast.elm, since=SINCE, name="sue", supervisor="una")
    held(sue, first, raised=0)
    count_rooms()
    found = {
        (row.kind, row.first_day.month): (row.count // 100, row.out_of // 100)
        for row in RoomFigure.objects.filter(unit=WHOLE)
        if row.kind in indicators() or row.kind == "supervision_interval"
    }
    assert found["supervision_long_enough", 1] == (1, 2)
    assert found["supervision_uninterrupted", 1] == (1, 2)
    assert found["supervision_restorative", 1] == (1, 2)
    assert found["supervision_wellbeing_offered", 1] == (1, 1)
    assert found["supervision_booked_again", 3] == (1, 1)
    assert found["supervision_of_supervisors", 1] == (1, 1)
    assert found["supervision_of_supervisors", 2] == (0, 1)
    assert found["supervision_points_answered", 1] == (0, 2)
    assert ("supervision_long_enough", 3) not in found
    assert found["supervision_interval", 2] == (28, 1)
    assert {row.unit for row in RoomFigure.objects.filter(kind__in=indicators())} == {WHOLE}


def test_people_are_counted_once_for_each_supervisor(cast: Cast) -> None:
    pair(cast.organisation, cast.oak, since=SINCE, name="ann")
    pair(cast.organisation, cast.elm, since=SINCE, name="ann")
    pair(cast.organisation, cast.elm, since=SINCE, name="ben")
    outside = {"cho": "supervisee"}
    agreed(
        cast.organisation, cast.oak, outside, since=SINCE, every_days=28, kind="external", external="Dr  Lee"
    )
    counted = supervisees_by_supervisor(cast.organisation, SINCE, TODAY)
    assert counted == {"sue": 2, "external dr lee": 1}
    assert supervisees_by_supervisor(cast.organisation, BEGINS, SINCE - timedelta(days=1)) == {}
