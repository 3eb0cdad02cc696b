from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray
from tests.statistics.condition_references import moments_of_rows, shared_mood, stored
from tests.strategies.statistics import UnitTable, unit_tables

from replenish.basis.errors import Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.estimate import Estimate
from replenish.statistics.mixed_model import fit_mixed_model
from replenish.statistics.split_voice import (
    SplitVoiceEffect,
    least_reliable_among,
    others_products,
    others_reliability,
    split_voice_effects,
)
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]


def others_mean(x: Floats, unit: NDArray[np.int64]) -> Floats:
    sums, n = np.bincount(unit, x), np.bincount(unit)
    return (sums[unit] - x) / (n[unit] - 1)


def test_corrected_and_plain_slopes_equal_clubsandwich() -> None:
    reference = stored("split_voice")
    found = split_voice_effects(moments_of_rows(reference["rows"]), "strain", reference["names"], level=0.9)
    for name, two_stage, plain in zip(
        reference["names"], reference["corrected"], reference["plain"], strict=True
    ):
        for ours, r in ((found[name], two_stage), (found[name].uncorrected, plain)):
            for kind in ("estimate", "se", "df", "low", "high"):
                assert getattr(ours, kind) == pytest.approx(r[kind], rel=1e-9), (name, kind)
    assert [found[n].reliability for n in reference["names"]] == pytest.approx(
        reference["reliability"], rel=1e-10
    )
    assert {(e.units, e.people) for e in found.values()} == {(13, 98)}


@given(unit_tables())
def test_products_with_the_others_mean_equal_brute_force_on_rows(table: UnitTable) -> None:
    moments = UnitMoments.of(table.columns, table.unit, per_unit_products=True)
    products = others_products(moments)
    centred = {name: x - s for (name, x), s in zip(table.columns.items(), moments.shift, strict=True)}
    kept = [u for u in np.unique(table.unit) if (table.unit == u).sum() > 1]
    assert products.single == len(np.unique(table.unit)) - len(kept)
    for g, u in enumerate(kept):
        rows = np.column_stack([x[table.unit == u] for x in centred.values()])
        others = (rows.sum(axis=0) - rows) / (len(rows) - 1)
        assert products.own_by_others[g] == pytest.approx(rows.T @ others, abs=1e-6)
        assert products.others_by_others[g] == pytest.approx(others.T @ others, abs=1e-6)
        # sum_i y_i (S_c - c_i) / (n - 1), written out person by person
        by_hand = sum(
            rows[i, 2] * rows[j, 0] for i in range(len(rows)) for j in range(len(rows)) if i != j
        ) / (len(rows) - 1)
        assert products.own_by_others[g, 2, 0] == pytest.approx(by_hand, abs=1e-6)


def corrected(runs: int, *, size: int, units: int, effect: float, seed: int) -> list[SplitVoiceEffect]:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(runs):
        unit, condition, outcome = shared_mood(rng, units=units, size=size, effect=effect)
        moments = UnitMoments.of({"y": outcome, "x": condition}, unit, per_unit_products=True)
        if others_reliability(moments, ["x"])["x"] >= 0.3:
            found.append(split_voice_effects(moments, "y", ["x"], level=0.9)["x"])
    return found


@pytest.mark.patient
@pytest.mark.parametrize("size", [7, 10, 30])
def test_shared_mood_alone_makes_no_effect(size: int) -> None:
    """The bias must stay under .02; 400 worlds of 60 units show it to within about .01."""
    found = corrected(400, size=size, units=60, effect=0.0, seed=size)
    estimates = np.array([e.estimate for e in found])
    assert abs(estimates.mean()) < 0.02
    assert abs(np.mean([e.uncorrected.estimate for e in found])) < 0.02


@pytest.mark.thorough
@pytest.mark.parametrize("units", [20, 40, 60])
@pytest.mark.parametrize("size", [7, 10, 30])
@pytest.mark.parametrize("effect", [0.0, -0.5])
def test_bias_and_coverage_with_shared_mood(size: int, units: int, effect: float) -> None:
    found = corrected(3000, size=size, units=units, effect=effect, seed=100 * units + size)
    estimates = np.array([e.estimate for e in found])
    error = estimates.std() / np.sqrt(len(estimates))
    assert abs(estimates.mean() - effect) < 0.02 + 2 * error
    covered = np.mean([e.low <= effect <= e.high for e in found])
    assert covered >= 0.88


@pytest.mark.parametrize(("size", "least"), [(7, 0.08), (30, 0.1)])
def test_a_random_intercept_on_the_others_mean_returns_mood_with_its_sign_reversed(
    size: int, least: float
) -> None:
    """The trap, kept as a test: mood lowers the condition and raises the outcome, so its trace is negative.

    A mixed model on the leave-one-out mean uses differences inside units, where that mean is a constant less
    own / (n - 1). With no effect at all it reports a clear positive one, larger in larger units, while plain
    unit means keep a negative one.
    """
    rng = np.random.default_rng(size)
    trap, plain = [], []
    for _ in range(20):
        unit, condition, outcome = shared_mood(rng, units=40, size=size)
        moments = UnitMoments.of({"y": outcome, "others": others_mean(condition, unit), "x": condition}, unit)
        trap.append(fit_mixed_model(moments, "y", ["others"]).terms["others"].estimate)
        means = moments.unit_means
        plain.append(np.polyfit(means[:, 2], means[:, 0], 1)[0])
    assert np.mean(trap) > least
    assert np.mean(plain) < -0.02


def test_the_correction_divides_the_slope_by_the_reliability_when_there_are_many_units() -> None:
    rng = np.random.default_rng(3)
    unit, condition, outcome = shared_mood(rng, units=4000, size=8, effect=-0.5)
    moments = UnitMoments.of({"y": outcome, "x": condition}, unit, per_unit_products=True)
    effect = split_voice_effects(moments, "y", ["x"])["x"]
    assert effect.estimate == pytest.approx(effect.uncorrected.estimate / effect.reliability, rel=2e-3)
    assert effect.reliability == pytest.approx(0.25 / (0.25 + 1 / 7), abs=0.02)
    assert effect.estimate == pytest.approx(-0.5, abs=0.06)


def test_a_condition_that_all_of_a_unit_share_has_reliability_one_and_needs_no_correction() -> None:
    rng = np.random.default_rng(5)
    unit = np.repeat(np.arange(12), 5)
    policy = rng.normal(size=12)[unit]
    y = -0.5 * policy + rng.normal(size=60)
    moments = UnitMoments.of({"y": y, "policy": policy}, unit, per_unit_products=True)
    effect = split_voice_effects(moments, "y", ["policy"])["policy"]
    assert effect.reliability == pytest.approx(1.0, abs=1e-12)
    assert effect.uncorrected.estimate == pytest.approx(np.polyfit(policy, y, 1)[0], rel=1e-9)
    assert isinstance(effect, Estimate)


def random_columns(seed: int, units: int = 20) -> tuple[dict[str, Floats], NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), 6)
    x = rng.normal(size=units)[unit] + rng.normal(size=len(unit))
    return {"y": rng.normal(size=len(unit)), "x": x, "noise": rng.normal(size=len(unit))}, unit


def test_reports_that_do_not_agree_are_refused_by_name_with_the_figure() -> None:
    columns, unit = random_columns(1)
    moments = UnitMoments.of(columns, unit, per_unit_products=True)
    with pytest.raises(Refused) as refused:
        split_voice_effects(moments, "y", ["x", "noise"])
    assert [p.place.column for p in refused.value.problems] == ["noise"]
    assert refused.value.fault is AgreementFault.SPLIT_VOICE_UNRELIABLE
    assert "0.30 needed" in str(refused.value)


def test_conditions_that_others_cannot_tell_apart_are_refused_together() -> None:
    columns, unit = random_columns(2)
    columns["twin"] = columns["x"] + 0.05 * columns["noise"]
    moments = UnitMoments.of(columns, unit, per_unit_products=True)
    assert min(others_reliability(moments, ["x", "twin"]).values()) > 0.3
    assert least_reliable_among(moments, ["x", "twin"]) < 0.3
    with pytest.raises(Refused) as refused:
        split_voice_effects(moments, "y", ["x", "twin"])
    assert refused.value.fault is AgreementFault.SPLIT_VOICE_ENTANGLED


def test_few_units_missing_products_and_repeated_columns_are_refused() -> None:
    columns, unit = random_columns(3, units=3)
    few = UnitMoments.of(columns, unit, per_unit_products=True)
    cases = [
        (few, "y", ["x"], AgreementFault.SPLIT_VOICE_TOO_FEW_UNITS),
        (few, "y", [], AgreementFault.CONDITIONS_NONE),
        (few, "y", ["x", "y"], AgreementFault.CONDITIONS_TWICE),
        (few, "y", ["z"], StatisticsFault.STATISTICS_COLUMN_UNKNOWN),
        (UnitMoments.of(columns, unit), "y", ["x"], StatisticsFault.STATISTICS_UNIT_PRODUCTS),
    ]
    for moments, outcome, conditions, fault in cases:
        with pytest.raises(Refused) as refused:
            split_voice_effects(moments, outcome, conditions)
        assert refused.value.fault is fault


@given(unit_tables())
def test_a_shift_of_any_column_leaves_reliability(table: UnitTable) -> None:
    if (np.bincount(table.unit) > 1).sum() < 2:
        return
    before = UnitMoments.of(table.columns, table.unit, per_unit_products=True)
    moved = {name: x - 17.0 for name, x in table.columns.items()}
    after = UnitMoments.of(moved, table.unit, per_unit_products=True)
    assert others_reliability(after, ["x"])["x"] == pytest.approx(
        others_reliability(before, ["x"])["x"], rel=1e-5, abs=1e-6
    )
