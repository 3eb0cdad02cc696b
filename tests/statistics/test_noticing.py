"""What one person is told about their own weeks, and when."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from replenish.basis.errors import Refused
from replenish.basis.faults import NoticingFault
from replenish.simulate.persons import PersonWorld, simulate_persons
from replenish.statistics.noticing import DESIGN, Noticing, notice_change
from replenish.statistics.noticing.chart import goes_on

Floats = NDArray[np.float64]


def weeks_of(values: Floats) -> NDArray[np.int64]:
    return np.arange(100, 100 + len(values), dtype=np.int64)


def steady(check_ins: int, seed: int = 1, *, level: float = 30.0, sd: float = 10.0) -> Floats:
    draws = np.random.default_rng(seed).standard_normal(check_ins)
    return np.asarray(np.clip(level + sd * draws, 0.0, 100.0), dtype=np.float64)


def risen(check_ins: int, after: int, rise: float = 25.0, seed: int = 1) -> Floats:
    values = steady(check_ins, seed)
    values[after:] += rise
    return np.clip(values, 0.0, 100.0)


def told(values: Floats) -> Noticing:
    return notice_change(weeks_of(values), values)


def test_before_the_baseline_there_is_the_chart_alone() -> None:
    for check_ins in range(12):
        seen = told(steady(check_ins))
        assert seen.usual is None
        assert seen.notice is None
        assert seen.weeks_needed == 12 - check_ins
        assert [week.week for week in seen.weeks] == list(range(100, 100 + check_ins))
        assert {(week.smoothed, week.limit, week.beyond) for week in seen.weeks} <= {(None, None, False)}


def test_the_usual_is_there_with_the_twelfth_check_in() -> None:
    values = steady(12)
    seen = told(values)
    assert seen.weeks_needed == 0
    assert seen.usual is not None
    assert seen.usual.mean == pytest.approx(values.mean())
    assert seen.usual.weeks == 12
    assert seen.usual.low < seen.usual.mean < seen.usual.high


def test_the_usual_range_holds_nine_new_weeks_in_ten() -> None:
    world = PersonWorld(items=False, level=50.0)
    persons = simulate_persons(world, 250, 31, 5)
    inside = []
    for row in np.clip(persons.values, 0.0, 100.0):
        usual = told(row[:30]).usual
        assert usual is not None
        inside.append(usual.low <= row[30] <= usual.high)
    assert 0.84 < np.mean(inside) < 0.96


def test_a_rise_that_stays_is_noticed_with_its_beginning_and_its_size() -> None:
    seen = told(risen(50, after=30))
    assert seen.notice is not None
    assert abs(seen.notice.since - 130) <= 2
    assert seen.notice.until == 149
    assert seen.notice.low < 25.0 < seen.notice.high
    assert seen.usual is not None
    assert seen.notice.level == seen.usual.mean
    assert seen.usual.weeks == seen.notice.since - 100, "weeks of the change are no part of the usual"


def test_the_difference_is_one_that_a_reader_can_compute() -> None:
    values = risen(50, after=30)
    notice = told(values).notice
    assert notice is not None
    at = notice.since - 100
    assert notice.difference == pytest.approx(values[at:].mean() - values[:at].mean())


def test_a_notice_ends_after_the_person_is_back() -> None:
    values = np.concatenate([risen(50, after=30), steady(40, seed=2)])
    lasted = next(k for k in range(51, 91) if told(values[:k]).notice is None) - 50
    assert told(values[:50]).notice is not None
    assert 2 <= lasted <= 26
    assert told(values).notice is None


def test_two_in_a_row_begin_a_notice_and_two_in_a_row_end_it() -> None:
    assert not goes_on([])
    assert not goes_on([True])
    assert not goes_on([False, True])
    assert goes_on([False, True, True])
    assert goes_on([True, True, False])
    assert goes_on([True, True, False, True])
    assert not goes_on([True, True, False, False])
    assert not goes_on([True, True, False, False, True])


def test_a_lasting_new_level_becomes_usual_when_the_person_says_so() -> None:
    values = risen(60, after=30)
    assert told(values).notice is not None
    again = notice_change(weeks_of(values), values, usual_from=130)
    assert again.notice is None
    assert again.usual is not None
    assert again.usual.mean == pytest.approx(values[30:42].mean()), "the first check-ins of the new usual"
    assert again.weeks[0].week == 130
    soon = notice_change(weeks_of(values), values, usual_from=155)
    assert soon.weeks_needed == 7


def test_a_person_who_joins_depleted_is_told_that_the_usual_is_high() -> None:
    high, middle = told(steady(20, level=65.0)).usual, told(steady(20, level=35.0)).usual
    assert high is not None
    assert middle is not None
    assert high.stands_high()
    assert not middle.stands_high()
    assert DESIGN.high_level == 50.0


def test_nobody_is_told_of_weeks_that_fall() -> None:
    values = steady(60, level=60.0)
    values[20:] -= 35.0
    seen = told(np.clip(values, 0.0, 100.0))
    assert seen.notice is None
    assert not any(week.beyond for week in seen.weeks)


def test_a_person_who_never_ticks_a_sign_is_no_special_case() -> None:
    seen = told(np.zeros(60))
    assert seen.notice is None
    assert seen.usual is not None
    assert seen.usual.mean == 0.0
    assert seen.usual.sd > 0.0


def test_the_chart_draws_the_line_and_its_limit_by_which_weeks_are_judged() -> None:
    for seed in range(20):
        judged = [
            week for week in told(risen(60, after=30, rise=12.0, seed=seed)).weeks if week.limit is not None
        ]
        assert len(judged) == 60 - 12
        for week in judged:
            assert week.smoothed is not None
            assert week.limit is not None
            assert week.beyond == (week.smoothed > week.limit)


@pytest.mark.parametrize(
    ("weeks", "values", "fault"),
    [
        ([1, 2, 3], [10.0, 20.0], NoticingFault.NOTICING_SHAPE),
        ([[1, 2]], [[10.0, 20.0]], NoticingFault.NOTICING_SHAPE),
        ([1, 3, 3], [10.0, 20.0, 30.0], NoticingFault.NOTICING_ORDER),
        ([3, 2], [10.0, 20.0], NoticingFault.NOTICING_ORDER),
        ([1, 2], [10.0, float("nan")], NoticingFault.NOTICING_SCORE),
        ([1, 2], [10.0, 100.5], NoticingFault.NOTICING_SCORE),
        ([1, 2], [-1.0, 10.0], NoticingFault.NOTICING_SCORE),
    ],
)
def test_what_is_no_row_of_weeks_is_refused(
    weeks: list[int], values: list[float], fault: NoticingFault
) -> None:
    with pytest.raises(Refused) as refused:
        notice_change(np.array(weeks), np.array(values))
    assert refused.value.fault is fault
