"""Effects from published bands: the same as from draws, careful where little is seen, and refused in time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from replenish.basis.errors import Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.effect import BandPanel, SeenBand, effect_from_bands
from replenish.statistics.effect.intervals import FAR, Fitted, IntervalModel, fit_intervals
from replenish.statistics.effect.panel import NEVER

Floats = NDArray[np.float64]
CUTS = np.array([0.0, 35.0, 50.0, 65.0, 100.0])


def drawn(seed: int, starts: list[int], *, effect: float, rounds: int = 6, middle: float = 42.0) -> BandPanel:
    """Groups of seven to twelve whose means fall into bands."""
    draw = np.random.default_rng(seed)
    begun = np.array(starts)
    means = middle + draw.normal(0, 10, (len(starts), 1)) + draw.normal(0, 5, (len(starts), rounds))
    means = np.clip(means + effect * (np.arange(rounds) >= begun[:, None]), 0.0, 99.9)
    place = np.searchsorted(CUTS, means, side="right")
    voices = np.full(len(starts), 7)
    return BandPanel(tuple(map(str, range(len(starts)))), CUTS[place - 1], CUTS[place], voices, begun)


FEW = [2, 3, NEVER, NEVER]
SOME = [2, 2, 3, 3, 3, NEVER, NEVER, NEVER, NEVER, NEVER]


def by_draws(model: IntervalModel, draws: int, seed: int = 1) -> Fitted:
    """The same posterior by Gibbs sampling: each place given all others, then the coefficients."""
    draw = np.random.default_rng(seed)
    rounds, width = model.columns.shape[1:]
    X, inverse = model.columns, np.linalg.inv(model.spreads[0])
    gram = np.einsum("gtp,gts,gsq->pq", X, inverse, X)
    covariance = np.linalg.inv(gram + np.linalg.inv(model.prior))
    root = np.linalg.cholesky(covariance)
    y = np.clip((model.low + model.high) / 2, -30, 30)
    kept = []
    beta = np.zeros(width)
    for turn in range(draws):
        fitted = X @ beta
        for at in range(rounds):
            own = inverse[:, at, at]
            others = np.einsum("gs,gs->g", inverse[:, at], y - fitted) - own * (y - fitted)[:, at]
            centre, sd = fitted[:, at] - others / own, own**-0.5
            below, above = ndtr((model.low[:, at] - centre) / sd), ndtr((model.high[:, at] - centre) / sd)
            share = np.clip(below + draw.random(len(own)) * (above - below), 1e-12, 1 - 1e-12)
            y[:, at] = centre + sd * ndtri(share)
        mean = covariance @ np.einsum("gtp,gts,gs->p", X, inverse, y)
        beta = mean + root @ draw.normal(size=width)
        if turn >= draws // 10:
            kept.append(beta)
    found = np.array(kept)
    return Fitted(np.zeros(1), found.mean(axis=0)[None], np.cov(found.T)[None])


def small_model() -> IntervalModel:
    panel = drawn(3, SOME[3:8], effect=-8, rounds=4)
    treated = np.arange(4) >= panel.starts[:, None]
    columns = np.stack([np.ones((5, 4)), treated], axis=2)
    columns = np.concatenate([columns, np.broadcast_to(np.eye(4), (5, 4, 4))], axis=2)
    apart = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    spread = 80 + 20 * 0.7**apart + 10 * np.eye(4)
    low, high = panel.low - 50, panel.high - 50
    low[1, 2], high[1, 2] = -FAR, FAR
    prior = np.diag([400.0, 300.0, 60.0, 60.0, 60.0, 60.0])
    return IntervalModel(columns, prior, np.broadcast_to(spread, (1, 5, 4, 4)), low, high)


@pytest.mark.patient
def test_the_model_of_intervals_agrees_with_draws_from_it() -> None:
    model = small_model()
    ours, theirs = fit_intervals(model), by_draws(model, 12_000)
    sd = np.sqrt(np.diag(theirs.covariance[0]))
    assert np.abs(ours.mean[0] - theirs.mean[0]).max() < 0.08 * sd.max()
    assert np.sqrt(np.diag(ours.covariance[0])) == pytest.approx(sd, rel=0.06)


def test_the_weight_of_a_model_is_the_probability_of_its_intervals() -> None:
    """Against counting: how often means drawn beforehand fall into all the intervals."""
    low, high = np.array([[-10.0, -2.0]]), np.array([[4.0, 12.0]])
    spread = np.array([[[[30.0, 18.0], [18.0, 30.0]]]])
    model = IntervalModel(np.ones((1, 2, 1)), np.array([[25.0]]), spread, low, high)
    draw = np.random.default_rng(2)
    root = np.linalg.cholesky(spread[0, 0] + 25.0)
    means = draw.normal(size=(400_000, 2)) @ root.T
    share = ((means > low) & (means < high)).all(axis=1).mean()
    assert np.exp(fit_intervals(model).log_likelihood[0]) == pytest.approx(share, rel=0.01)


def test_a_large_effect_is_seen_and_its_side_is_right() -> None:
    lower = effect_from_bands(drawn(1, SOME, effect=-20))
    assert lower.below_zero > 0.99
    assert lower.average.low < -20 < lower.average.high
    higher = effect_from_bands(drawn(1, SOME, effect=20))
    assert higher.below_zero < 0.01


def test_bands_that_never_move_say_next_to_nothing() -> None:
    """All groups stay in the widest band: an effect of some points would not have been seen."""
    low, high = np.zeros((8, 6)), np.full((8, 6), 35.0)
    starts = np.array([3] * 4 + [NEVER] * 4)
    still = effect_from_bands(BandPanel(tuple("abcdefgh"), low, high, np.full(8, 7), starts))
    assert 0.3 < still.below_zero < 0.7
    assert still.average.low < -5
    assert still.average.high > 5


def test_fewer_groups_make_the_interval_wider() -> None:
    few, some = effect_from_bands(drawn(4, FEW, effect=0)), effect_from_bands(drawn(4, SOME, effect=0))
    assert few.average.se > some.average.se
    assert (few.treated, few.untreated, few.compared) == (2, 2, True)


def test_one_group_alone_is_told_to_have_no_comparison() -> None:
    alone = effect_from_bands(drawn(5, [3], effect=-20))
    assert (alone.treated, alone.untreated, alone.compared) == (1, 0, False)
    assert alone.average.se > 6, "a change of everybody looks the same"


def mirrored(panel: BandPanel) -> BandPanel:
    return BandPanel(panel.groups, 100 - panel.high, 100 - panel.low, panel.least_voices, panel.starts)


@settings(max_examples=5)
@given(st.integers(0, 1_000))
def test_a_scale_turned_round_turns_the_answer_round(seed: int) -> None:
    panel = drawn(seed, FEW, effect=-5)
    one, other = effect_from_bands(panel), effect_from_bands(mirrored(panel))
    assert other.average.estimate == pytest.approx(-one.average.estimate, abs=1e-3)
    assert other.below_zero == pytest.approx(1 - one.below_zero, abs=1e-4)


@settings(max_examples=5)
@given(st.integers(0, 1_000), st.permutations(range(4)))
def test_the_order_of_groups_changes_nothing(seed: int, order: list[int]) -> None:
    panel = drawn(seed, FEW, effect=-5)
    names = tuple(panel.groups[at] for at in order)
    again = BandPanel(
        names, panel.low[order], panel.high[order], panel.least_voices[order], panel.starts[order]
    )
    assert effect_from_bands(again).average.estimate == pytest.approx(
        effect_from_bands(panel).average.estimate, abs=1e-6
    )


def test_a_round_without_voices_is_a_gap_and_no_value() -> None:
    panel = drawn(6, SOME, effect=-10)
    low, high = panel.low.copy(), panel.high.copy()
    low[0, 1], high[0, 1] = np.nan, np.nan
    gap = BandPanel(panel.groups, low, high, panel.least_voices, panel.starts)
    found = effect_from_bands(gap)
    assert (found.treated, found.untreated) == (5, 5)
    whole = effect_from_bands(panel).average
    assert 0 < abs(found.average.estimate - whole.estimate) < whole.se


def test_a_panel_is_made_of_bands_and_the_usual_size_of_each_group() -> None:
    small, large = SeenBand(35, 50, 7), SeenBand(35, 50, 13)
    panel = BandPanel.of({"a": [small, small, large], "b": [None, large, large]}, {"a": 1})
    assert panel.least_voices.tolist() == [7, 13]
    assert panel.starts.tolist() == [1, NEVER]
    assert np.isnan(panel.low[1, 0])
    with pytest.raises(Refused) as refused:
        BandPanel.of({"a": [small], "b": [small, small]}, {})
    assert refused.value.fault is StatisticsFault.EFFECT_ROUNDS_DIFFER


def test_an_action_nobody_was_seen_before_and_after_is_refused() -> None:
    panel = drawn(7, FEW, effect=0)
    low = panel.low.copy()
    low[:2, :3] = np.nan
    with pytest.raises(Refused) as refused:
        effect_from_bands(BandPanel(panel.groups, low, panel.high, panel.least_voices, panel.starts))
    assert refused.value.fault is StatisticsFault.EFFECT_NEVER_SEEN_BOTH
