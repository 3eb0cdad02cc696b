"""Single people's weeks follow the laws that were asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from replenish.simulate.persons import PersonWorld, simulate_persons

EVEN = PersonWorld(items=False, level=40.0)


def test_spread_and_autocorrelation_are_as_asked_for() -> None:
    for phi in (0.1, 0.6):
        weeks = simulate_persons(replace(EVEN, autocorrelation=phi), 2_000, 60, 1).values - 40.0
        assert weeks.std() == pytest.approx(12.0, rel=0.02)
        assert (weeks[:, 1:] * weeks[:, :-1]).mean() / 144.0 == pytest.approx(phi, abs=0.02)


def test_noise_takes_its_share_of_every_autocorrelation() -> None:
    world = replace(EVEN, autocorrelation=0.85, noise_share=0.3)
    weeks = (simulate_persons(world, 4_000, 40, 1).values - 40.0) / 12.0
    for lag in (1, 3):
        assert (weeks[:, lag:] * weeks[:, :-lag]).mean() == pytest.approx(0.7 * 0.85**lag, abs=0.03)


def test_a_change_begins_after_the_baseline_and_the_quiet_weeks() -> None:
    plain = simulate_persons(EVEN, 50, 60, 2)
    assert set(plain.watched.tolist()) == {12}
    step = simulate_persons(replace(EVEN, step=1.0, quiet_weeks=5), 50, 60, 2)
    rise = (step.values - plain.values) / 12.0
    assert np.allclose(rise[:, :17], 0.0)
    assert np.allclose(rise[:, 17:], 1.0)
    slope = simulate_persons(replace(EVEN, slope=1.0), 50, 70, 2)
    other = simulate_persons(EVEN, 50, 70, 2)
    assert np.allclose((slope.values - other.values)[:, 12 + 51] / 12.0, 1.0)


def test_six_answers_give_the_scores_they_can_give() -> None:
    values = simulate_persons(PersonWorld(), 200, 30, 3).values
    assert np.allclose(values / 25.0 * 6.0, np.rint(values / 25.0 * 6.0))
    assert values.min() >= 0.0
    assert values.max() <= 100.0
    few = simulate_persons(PersonWorld(level=-8.0), 200, 30, 3).values
    assert (few == 0.0).mean() > 0.25


@pytest.mark.parametrize("silence", [0.0, 0.7, 1.5])
def test_as_many_weeks_are_answered_as_asked_for(silence: float) -> None:
    persons = simulate_persons(replace(EVEN, answering=0.64, silence=silence), 2_000, 50, 4)
    assert persons.answered.mean() == pytest.approx(0.64, abs=0.015)
    high = persons.values > 52.0
    gap = persons.answered[~high].mean() - persons.answered[high].mean()
    assert (gap > 0.1) == (silence > 0.0)


def test_watching_begins_after_twelve_answers_whether_a_change_follows_or_not() -> None:
    world = replace(EVEN, answering=0.64, silence=0.7)
    plain, risen = (simulate_persons(one, 300, 80, 5) for one in (world, replace(world, step=1.0)))
    assert np.array_equal(plain.watched, risen.watched)
    for answered, watched in zip(risen.answered, risen.watched, strict=True):
        assert answered[:watched].sum() == 12
        assert answered[watched - 1]


def test_rows_leave_out_the_gaps_and_nothing_else() -> None:
    persons = simulate_persons(replace(EVEN, answering=0.5), 30, 40, 6)
    weeks, values, count = persons.rows()
    assert (np.diff(weeks, axis=1) > 0).all()
    for k, many in enumerate(count.tolist()):
        there = np.flatnonzero(persons.answered[k])
        assert np.array_equal(weeks[k, :many], there)
        assert np.array_equal(values[k, :many], persons.values[k, there])
        assert (weeks[k, many:] >= 40).all()
