"""What must hold for anybody's weeks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from replenish.simulate.persons import PersonWorld, simulate_persons
from replenish.statistics.noticing import DESIGN, Noticing, notice_change
from replenish.statistics.noticing.watch import variance_of_sum, watch

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Row = tuple[Integers, Floats]


@st.composite
def rows(draw: st.DrawFn, least: int = 0, most: int = 60) -> Row:
    """Weeks with gaps, scores in the middle of the scale, and perhaps a rise."""
    count = draw(st.integers(least, most))
    gaps = draw(st.lists(st.integers(1, 5), min_size=count, max_size=count))
    seed = draw(st.integers(0, 10_000))
    rise = draw(st.sampled_from([0.0, 5.0, 12.0, 20.0]))
    sd = draw(st.sampled_from([2.0, 6.0, 10.0]))
    values = 40.0 + sd * np.random.default_rng(seed).standard_normal(count)
    values[min(count, draw(st.integers(12, 40))) :] += rise
    return np.cumsum(np.array(gaps, dtype=np.int64)), np.clip(np.round(values, 1), 10.0, 75.0)


def beyond(seen: Noticing) -> list[bool]:
    return [week.beyond for week in seen.weeks]


@given(rows())
def test_no_notice_comes_before_the_baseline_is_full(row: Row) -> None:
    seen = notice_change(*row)
    assert not any(beyond(seen)[: DESIGN.baseline])
    if len(row[0]) < DESIGN.baseline + 2:
        assert seen.notice is None


@given(rows(least=13), st.floats(-9.0, 20.0), st.integers(-50, 5_000))
def test_neither_the_level_nor_the_calendar_matters(row: Row, shift: float, later: int) -> None:
    weeks, values = row
    one, other = notice_change(weeks, values), notice_change(weeks + later, values + shift)
    assert beyond(one) == beyond(other)
    assert (one.notice is None) == (other.notice is None)
    if one.notice and other.notice:
        assert np.isclose(one.notice.difference, other.notice.difference)


@given(rows(least=13))
def test_the_unit_of_the_score_does_not_matter(row: Row) -> None:
    weeks, values = row
    half = replace(DESIGN, within_sd=DESIGN.within_sd / 2)
    assert beyond(notice_change(weeks, values)) == beyond(notice_change(weeks, values / 2, design=half))


@given(rows(least=13), st.integers(1, 20))
def test_later_weeks_change_nothing_of_what_was_said_before(row: Row, fewer: int) -> None:
    weeks, values = row
    before = notice_change(weeks[:-fewer], values[:-fewer]) if fewer < len(weeks) else None
    if before is not None:
        after = notice_change(weeks, values).weeks[: len(before.weeks)]
        assert [(week.week, week.value, week.beyond) for week in after] == [
            (week.week, week.value, week.beyond) for week in before.weeks
        ]
        earlier, later = (
            np.array([(week.smoothed, week.limit) for week in one], dtype=np.float64)
            for one in (before.weeks, after)
        )
        assert np.allclose(earlier, later, equal_nan=True)


@given(rows(least=20), st.floats(0.1, 25.0))
def test_a_higher_last_week_never_takes_a_notice_away(row: Row, higher: float) -> None:
    weeks, values = row
    if notice_change(weeks, values).notice is not None:
        values = values.copy()
        values[-1] += higher
        assert notice_change(weeks, values).notice is not None


@given(rows(least=13))
def test_weeks_that_never_rise_are_never_beyond(row: Row) -> None:
    weeks, values = row
    assert not any(beyond(notice_change(weeks, np.sort(values)[::-1])))


@given(rows(least=13))
def test_a_notice_says_that_weeks_are_higher(row: Row) -> None:
    notice = notice_change(*row).notice
    if notice is not None:
        assert notice.difference > 0.0
        assert notice.low < notice.difference < notice.high
        assert notice.since < notice.until


def test_many_people_at_once_are_judged_as_each_alone() -> None:
    """The simulations behind the published rates use the same judgement as the page."""
    persons = simulate_persons(PersonWorld(step=1.0, answering=0.64, silence=0.7), 40, 90, 3)
    weeks, values, count = persons.rows()
    together = watch(weeks, values, DESIGN).distance > DESIGN.limit
    assert together.any()
    for k, many in enumerate(count.tolist()):
        alone = notice_change(weeks[k, :many], values[k, :many])
        assert beyond(alone) == together[k, :many].tolist()


@given(rows(least=2, most=20), st.integers(0, 1000), st.floats(0.0, 0.9))
def test_the_variance_of_a_sum_is_that_of_the_dense_matrix(row: Row, seed: int, alike: float) -> None:
    weeks, _ = row
    parts = np.random.default_rng(seed).standard_normal(len(weeks))
    apart = np.abs(weeks[:, None] - weeks[None, :])
    dense = parts @ alike**apart @ parts
    found = variance_of_sum(weeks[None, :], parts[None, None, :], np.array([[alike]]))
    assert np.isclose(found[0, 0], dense)
