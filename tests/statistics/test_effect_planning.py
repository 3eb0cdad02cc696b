"""What a plan promises is met when it is carried out; the lot is even, and what it alone gives is known."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from replenish.basis.errors import Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect import Panel, Spread, action_effect, draw_starts, effect_by_lot, foresee
from replenish.statistics.effect.panel import NEVER

PLANS: dict[str, tuple[list[int | None], int, Spread, float]] = {
    "four and four": ([2, 2, 3, 3, None, None, None, None], 6, Spread(round=4.0), 6.0),
    "large and staggered": (
        [2, 3, 4, 5] * 4 + [None] * 12,
        9,
        Spread(round=4.0, drift=3.0, keeps=0.6),
        3.0,
    ),
    "all at once": ([4] * 6 + [None] * 9, 8, Spread(round=5.0, drift=2.0, keeps=0.8), 5.0),
}


def called(found_estimate: float, se: float, df: float) -> bool:
    return float(stdtr(df, found_estimate / se)) > 0.95


@pytest.mark.patient
@pytest.mark.parametrize("name", PLANS)
def test_the_promised_chance_is_met_within_five_points(name: str) -> None:
    starts, rounds, spread, effect = PLANS[name]
    promised = foresee(starts, rounds=rounds, spread=spread, effect=effect)
    assert 0.3 < promised.chance < 0.95
    begun = np.array([NEVER if start is None else start for start in starts])
    held = np.arange(rounds) >= begun[:, None]
    root = np.linalg.cholesky(spread.covariance(rounds))
    draw = np.random.default_rng(17)
    runs, seen = 1_000, 0
    for _ in range(runs):
        values = draw.normal(0, 6, (len(starts), 1)) + draw.normal(size=(len(starts), rounds)) @ root.T
        panel = Panel(tuple(map(str, range(len(starts)))), values + effect * held, begun)
        average = action_effect(panel).average
        seen += called(average.estimate, average.se, average.df)
    assert abs(seen / runs - promised.chance) < 0.05


def test_the_smallest_effect_is_the_one_seen_in_four_of_five_cases() -> None:
    for starts, rounds, spread, _ in PLANS.values():
        smallest = foresee(starts, rounds=rounds, spread=spread, effect=1.0).smallest
        again = foresee(starts, rounds=rounds, spread=spread, effect=smallest)
        assert again.chance == pytest.approx(0.8, abs=1e-6)


@given(st.floats(0, 20), st.integers(5, 12))
def test_more_effect_or_more_rounds_never_lower_the_chance(effect: float, rounds: int) -> None:
    starts = [2, 2, 3, 3, None, None, None, None]
    spread = Spread(round=4.0)
    chance = foresee(starts, rounds=rounds, spread=spread, effect=effect).chance
    assert foresee(starts, rounds=rounds, spread=spread, effect=effect + 1).chance >= chance
    assert foresee(starts, rounds=rounds + 1, spread=spread, effect=effect).chance >= chance - 1e-9


def test_a_plan_for_few_groups_promises_nothing() -> None:
    with pytest.raises(Refused) as caught:
        foresee([2, 2, 2, None, None, None, None], rounds=6, spread=Spread(round=4.0), effect=5)
    assert caught.value.fault is StatisticsFault.EFFECT_TOO_FEW_GROUPS


@given(st.integers(0, 10_000), st.integers(2, 20), st.integers(1, 4), st.data())
def test_the_lot_is_even_and_anybody_can_draw_it_again(
    seed: int, groups: int, starts: int, data: st.DataObject
) -> None:
    untreated = data.draw(st.integers(0, groups - 1))
    names = [f"group {number}" for number in range(groups)]
    drawn = draw_starts(names, starts=range(2, 2 + starts), untreated=untreated, seed=seed)
    again = draw_starts(names[::-1], starts=range(2, 2 + starts), untreated=untreated, seed=seed)
    assert drawn == again
    assert list(drawn) == names
    counts = [list(drawn.values()).count(start) for start in range(2, 2 + starts)]
    assert list(drawn.values()).count(None) == untreated
    assert max(counts) - min(counts) <= 1


def test_every_group_has_the_same_chance_of_each_start() -> None:
    names = ["a", "b", "c", "d"]
    seen = [draw_starts(names, starts=[2, 3], untreated=2, seed=seed)["a"] for seed in range(4_000)]
    assert abs(seen.count(2) / 4_000 - 0.25) < 0.03
    assert abs(seen.count(None) / 4_000 - 0.5) < 0.03


def test_a_lot_in_which_nobody_begins_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        draw_starts(["a", "b"], starts=[2], untreated=2, seed=1)
    assert caught.value.fault is StatisticsFault.EFFECT_NOBODY_BEGINS


def small_panel(seed: int, effect: float = 0.0) -> Panel:
    draw = np.random.default_rng(seed)
    starts = np.array([2, 2, 3, NEVER, NEVER])
    values = draw.normal(0, 3, (5, 1)) + draw.normal(0, 1, (5, 6))
    return Panel(tuple("abcde"), values + effect * (np.arange(6) >= starts[:, None]), starts)


def test_all_draws_are_gone_through_where_there_are_few() -> None:
    """By brute force: least squares with dummies, for each order of the starts."""
    panel = small_panel(3, effect=-2.0)
    found = effect_by_lot(panel)
    orders = sorted(set(permutations(panel.starts.tolist())))
    assert (found.ways, found.draws) == (30, len(orders))
    estimates = [by_dummies(panel.values, np.array(order)) for order in orders]
    own = by_dummies(panel.values, panel.starts)
    assert found.estimate == pytest.approx(own, abs=1e-9)
    assert found.lower == pytest.approx(np.mean([one <= own + 1e-9 for one in estimates]))
    assert found.higher == pytest.approx(np.mean([one >= own - 1e-9 for one in estimates]))


def by_dummies(values: np.ndarray, starts: np.ndarray) -> float:
    groups, rounds = values.shape
    place = [(g, t) for g in range(groups) for t in range(rounds)]
    cells = sorted({(starts[g], t) for g, t in place if t >= starts[g]})
    counts = np.array([sum(starts[g] == start for g in range(groups)) for start, _ in cells])
    rows = [
        [float(g == other) for other in range(groups)]
        + [float(t == other) for other in range(1, rounds)]
        + [float((starts[g], t) == cell) for cell in cells]
        for g, t in place
    ]
    solved = np.linalg.lstsq(np.array(rows), np.array([values[g, t] for g, t in place]), rcond=None)[0]
    return float(solved[-len(cells) :] @ counts / counts.sum())


@pytest.mark.patient
def test_where_nothing_happens_the_lot_says_so_as_often_as_it_should() -> None:
    shares = np.array([effect_by_lot(small_panel(seed)).lower for seed in range(600)])
    assert (shares <= 0.1).mean() <= 0.1 + 2 * np.sqrt(0.09 / 600)


def test_of_many_draws_a_sample_is_taken_and_a_large_effect_stands_out() -> None:
    draw = np.random.default_rng(4)
    starts = np.array([2, 3, 4] * 4 + [NEVER] * 8)
    values = draw.normal(0, 1, (20, 7)) - 3 * (np.arange(7) >= starts[:, None])
    found = effect_by_lot(Panel(tuple(map(str, range(20))), values, starts))
    assert found.draws == 1_000
    assert found.lower == pytest.approx(1 / 1_000)
