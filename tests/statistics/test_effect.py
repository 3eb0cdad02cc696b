"""Effects of actions: as clubSandwich says, unbiased under staggered starts, and refused in time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect import LEAST_GROUPS, Panel, action_effect
from replenish.statistics.effect.panel import NEVER
from replenish.statistics.estimate import Estimate

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "references/statistics_effect.json").read_text("utf-8")
)


def panel_of(case: dict[str, Any]) -> Panel:
    values = {str(place): row for place, row in enumerate(case["values"])}
    starts = {str(place): start for place, start in enumerate(case["starts"]) if start >= 0}
    return Panel.of(values, starts)


def assert_equal(ours: Estimate, theirs: dict[str, float]) -> None:
    for name, value in theirs.items():
        assert getattr(ours, name) == pytest.approx(value, rel=1e-8, abs=1e-9), name


@pytest.mark.parametrize("name", CASES)
def test_estimates_errors_and_degrees_of_freedom_are_those_of_club_sandwich(name: str) -> None:
    case = CASES[name]
    found = action_effect(panel_of(case), level=case["level"])
    assert_equal(found.average, case["average"])
    assert {str(since) for since in found.by_round} == set(case["by_round"])
    for since, theirs in case["by_round"].items():
        assert_equal(found.by_round[int(since)], theirs)


def staggered(draw: np.random.Generator, *, grows: float, noise: float = 1.0) -> Panel:
    """Twelve groups that begin in three rounds and six that do not; the effect grows from round to round."""
    starts = np.array([1, 3, 5] * 4 + [NEVER] * 6)
    rounds = np.arange(8)
    since = np.where(rounds >= starts[:, None], rounds - starts[:, None], -1)
    effect = np.where(since >= 0, -grows * (since + 1), 0)
    levels, tide = draw.normal(0, 3, (18, 1)), draw.normal(0, 1, (1, 8))
    values = levels + tide + effect + draw.normal(0, noise, (18, 8))
    return Panel(tuple(map(str, range(18))), values, starts)


def true_average(panel: Panel, grows: float) -> float:
    since = np.arange(panel.values.shape[1]) - np.where(panel.starts == NEVER, 99, panel.starts)[:, None]
    return float(-grows * (since[since >= 0] + 1).mean())


def two_way(panel: Panel) -> float:
    """The coefficient of one treatment dummy beside dummies of groups and rounds."""
    groups, rounds = panel.values.shape
    columns = [panel.treated.ravel().astype(float)]
    columns += [np.repeat(np.arange(groups) == group, rounds).astype(float) for group in range(groups)]
    columns += [np.tile(np.arange(rounds) == at, groups).astype(float) for at in range(1, rounds)]
    solved = np.linalg.lstsq(np.column_stack(columns), panel.values.ravel(), rcond=None)[0]
    return float(solved[0])


@pytest.mark.patient
def test_two_way_fixed_effects_are_biased_where_starts_are_staggered_and_ours_are_not() -> None:
    draw = np.random.default_rng(5)
    panels = [staggered(draw, grows=1.0) for _ in range(300)]
    truth = true_average(panels[0], 1.0)
    ours = np.array([action_effect(panel).average.estimate for panel in panels])
    plain = np.array([two_way(panel) for panel in panels])
    assert abs(ours.mean() - truth) < 3 * ours.std() / np.sqrt(300)
    assert plain.mean() - truth > 0.5, "the plain coefficient should miss much of an effect that grows"


@pytest.mark.patient
def test_the_intervals_hold_what_they_promise_with_four_groups_on_each_side() -> None:
    """4,000 runs with groups that drift: at least 88 % of intervals of 90 % hold the truth."""
    draw = np.random.default_rng(6)
    starts = np.array([2, 2, 3, 3] + [NEVER] * 4)
    held = 0
    for _ in range(4000):
        level = draw.normal(0, 2, (8, 1))
        drift = np.cumsum(draw.normal(0, 0.3, (8, 6)), axis=1)
        values = level + drift + draw.normal(0, 1, (8, 6))
        average = action_effect(Panel(tuple("abcdefgh"), values, starts)).average
        held += average.low <= 0 <= average.high
    assert 0.88 <= held / 4000 <= 0.94


@given(st.integers(0, 10_000), st.floats(-30, 30), st.floats(-5, 5))
def test_a_tide_that_lifts_all_groups_changes_nothing(seed: int, lift: float, slope: float) -> None:
    panel = staggered(np.random.default_rng(seed), grows=0.5)
    lifted = Panel(panel.groups, panel.values + lift + slope * np.arange(8) ** 2, panel.starts)
    one, other = action_effect(panel).average, action_effect(lifted).average
    assert other.estimate == pytest.approx(one.estimate, abs=1e-7)
    assert other.se == pytest.approx(one.se, rel=1e-6)


@given(st.integers(0, 10_000), st.permutations(range(18)))
def test_the_order_of_the_groups_does_not_matter(seed: int, order: list[int]) -> None:
    panel = staggered(np.random.default_rng(seed), grows=0.5)
    shuffled = Panel(tuple(panel.groups[at] for at in order), panel.values[order], panel.starts[order])
    one, other = action_effect(panel).average, action_effect(shuffled).average
    assert (other.estimate, other.se, other.df) == pytest.approx((one.estimate, one.se, one.df), rel=1e-7)


def refused(panel: Panel) -> Fault:
    with pytest.raises(Refused) as caught:
        action_effect(panel)
    return caught.value.fault


def test_too_few_groups_on_either_side_are_refused() -> None:
    panel = staggered(np.random.default_rng(1), grows=1)
    few = Panel(panel.groups[: 12 + LEAST_GROUPS - 1], panel.values[:15], panel.starts[:15])
    assert refused(few) is StatisticsFault.EFFECT_TOO_FEW_GROUPS
    late = Panel(panel.groups[9:], panel.values[9:], panel.starts[9:])
    assert refused(late) is StatisticsFault.EFFECT_TOO_FEW_GROUPS


def test_groups_without_a_round_before_or_after_are_left_out() -> None:
    panel = staggered(np.random.default_rng(2), grows=1)
    values, starts = panel.values.copy(), panel.starts.copy()
    starts[0] = 0
    values[17, 1:] = np.nan
    found = action_effect(Panel(panel.groups, values, starts))
    assert (found.treated, found.untreated) == (11, 5)


def test_a_round_that_only_groups_with_the_action_were_seen_in_is_refused() -> None:
    panel = staggered(np.random.default_rng(3), grows=1)
    values = panel.values.copy()
    values[12:, 7] = np.nan
    assert refused(Panel(panel.groups, values, panel.starts)) is StatisticsFault.EFFECT_NO_COMPARISON


@pytest.mark.parametrize(
    ("values", "starts", "fault"),
    [
        ({"a": [1, 2], "b": [1]}, {}, StatisticsFault.EFFECT_ROUNDS_DIFFER),
        ({"a": [1, 2]}, {"a": 2}, StatisticsFault.EFFECT_START),
        ({"a": [1, 2]}, {"b": 1}, StatisticsFault.EFFECT_START),
    ],
)
def test_what_is_no_panel_is_refused(
    values: dict[str, list[float | None]], starts: dict[str, int], fault: Fault
) -> None:
    with pytest.raises(Refused) as caught:
        Panel.of(values, starts)
    assert caught.value.fault is fault
