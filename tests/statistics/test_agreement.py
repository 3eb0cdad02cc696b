from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.condition_references import answers, stored, table_of
from tests.strategies.statistics import UnitTable, unit_tables

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import (
    icc1,
    icc1_interval,
    icc2,
    one_way,
    rwg,
    rwg_j,
    uniform_null_variance,
    unit_mean_reliability,
)
from replenish.statistics.mixed_model import fit_mixed_model
from replenish.statistics.unit_moments import UnitMoments

NULL = uniform_null_variance(1, 5, 1)


def simulated() -> tuple[UnitMoments, list[str]]:
    reference = stored("agreement")
    items = table_of(reference["items"])
    return UnitMoments.of(items, reference["unit"], per_unit_products=True), list(items)


def test_icc_equals_multilevel_with_unequal_units() -> None:
    moments, _ = simulated()
    for name, r in stored("agreement")["icc"].items():
        assert icc1(moments, name) == pytest.approx(r["icc1"], rel=1e-10)
        assert icc2(moments, name) == pytest.approx(r["icc2"], rel=1e-10)
        assert one_way(moments, name).f == pytest.approx(r["f"], rel=1e-10)
        assert one_way(moments, name).p == pytest.approx(r["p"], rel=1e-8)


def test_rwg_and_rwg_j_equal_multilevel_in_every_unit() -> None:
    reference = stored("agreement")
    moments, names = simulated()
    one, scale = rwg(moments, "item1", NULL), rwg_j(moments, names, NULL)
    for unit, r_one, r_scale in zip(
        reference["unit_names"], reference["rwg"], reference["rwg_j"], strict=True
    ):
        if r_one is None:
            assert int(unit) in one.single
            assert int(unit) in scale.single
            continue
        assert one.by_unit[int(unit)] == pytest.approx(r_one, abs=1e-12)
        assert scale.by_unit[int(unit)] == pytest.approx(r_scale, abs=1e-12)
    assert one.mean == pytest.approx(reference["rwg_mean"], rel=1e-12)
    assert scale.median == pytest.approx(reference["rwg_j_median"], rel=1e-12)
    assert scale.by_unit[4] == 0.0, "a unit that agrees less than by chance is set to zero, as in R"


@pytest.mark.realdata
def test_soldiers_equal_multilevel(realdata: Callable[[str], Path]) -> None:
    names = ["wellbeing", "leadership", "hours", "cohesion"]
    table = answers(realdata("bh1996.csv"), ["unit", *names])
    moments = UnitMoments.of({name: table[name] for name in names}, table["unit"])
    for name, r in stored("agreement_realdata").items():
        assert icc1(moments, name) == pytest.approx(r["icc1"], rel=1e-9)
        assert icc2(moments, name) == pytest.approx(r["icc2"], rel=1e-9)


@given(unit_tables())
def test_icc_equals_brute_force_analysis_of_variance(table: UnitTable) -> None:
    moments = UnitMoments.of(table.columns, table.unit)
    y = table.columns["y"]
    groups = [y[table.unit == u] for u in np.unique(table.unit)]
    G, N = len(groups), len(y)
    between = sum(len(g) * (g.mean() - y.mean()) ** 2 for g in groups) / (G - 1)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / (N - G)
    found = one_way(moments, "y")
    assert found.mean_square_between == pytest.approx(between, rel=1e-8)
    assert found.mean_square_within == pytest.approx(within, rel=1e-8)
    assert found.icc1 == pytest.approx((between - within) / (between + (N / G - 1) * within), abs=1e-8)
    assert found.icc2 == pytest.approx(1 - within / between, rel=1e-7, abs=1e-8)


@given(unit_tables(), st.floats(0.05, 20))
def test_rwg_j_equals_brute_force(table: UnitTable, null_variance: float) -> None:
    moments = UnitMoments.of(table.columns, table.unit, per_unit_products=True)
    found = rwg_j(moments, ["x", "y"], null_variance)
    for u in np.unique(table.unit):
        rows = np.column_stack([table.columns["x"], table.columns["y"]])[table.unit == u]
        if len(rows) < 2:
            assert int(u) in found.single
            continue
        q = min(rows.var(axis=0, ddof=1).mean() / null_variance, 1)
        assert found.by_unit[int(u)] == pytest.approx(2 * (1 - q) / (2 * (1 - q) + q), abs=1e-6)


def test_one_item_makes_rwg_j_rwg() -> None:
    moments, names = simulated()
    assert rwg_j(moments, names[:1], NULL) == rwg(moments, names[0], NULL)


def test_the_icc_of_equal_units_is_that_of_the_mixed_model_and_differs_where_they_are_unequal() -> None:
    rng = np.random.default_rng(6)
    unit = np.repeat(np.arange(20), 8)
    y = rng.normal(size=20)[unit] + rng.normal(size=160)
    equal = UnitMoments.of({"y": y}, unit)
    assert icc1(equal, "y") == pytest.approx(fit_mixed_model(equal, "y", []).icc, rel=1e-6)
    keep = (unit % 3 > 0) | (np.arange(160) % 8 < 3)
    unequal = UnitMoments.of({"y": y[keep]}, unit[keep])
    assert abs(icc1(unequal, "y") - fit_mixed_model(unequal, "y", []).icc) > 1e-4


def test_the_reliability_of_a_unit_mean_grows_with_its_size_and_is_icc2_in_equal_units() -> None:
    moments, names = simulated()
    by_unit = unit_mean_reliability(moments, names[0])
    ordered = [by_unit[u] for u in range(1, 10)]
    assert ordered == sorted(ordered)
    rng = np.random.default_rng(6)
    unit = np.repeat(np.arange(20), 8)
    equal = UnitMoments.of({"y": rng.normal(size=20)[unit] + rng.normal(size=160)}, unit)
    assert set(np.round(list(unit_mean_reliability(equal, "y").values()), 12)) == {
        round(icc2(equal, "y"), 12)
    }


def test_units_that_do_not_differ_have_means_without_reliability() -> None:
    moments = UnitMoments.of({"y": [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]}, [1, 1, 1, 2, 2, 2])
    assert icc1(moments, "y") == pytest.approx(-0.5)
    assert icc2(moments, "y") == -np.inf
    assert unit_mean_reliability(moments, "y") == {1: 0.0, 2: 0.0}


def test_people_of_one_mind_have_an_icc_of_one() -> None:
    moments = UnitMoments.of({"y": [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]}, [1, 1, 2, 2, 3, 3])
    assert icc1(moments, "y") == 1.0
    assert icc1_interval(moments, "y") == (1.0, 1.0)


def test_null_variances_are_those_of_the_textbook() -> None:
    assert uniform_null_variance(1, 5, 1) == 2.0
    assert uniform_null_variance(0, 100, 25) == pytest.approx(25**2 * 2)
    assert uniform_null_variance(0, 100) == pytest.approx(100**2 / 12)


@pytest.mark.parametrize(
    ("low", "high", "step"), [(5, 1, 1), (1, 5, 0), (1, 5, 3), (1, 5, -1), (0, np.inf, None), (1, 1, None)]
)
def test_impossible_scales_are_refused(low: float, high: float, step: float | None) -> None:
    with pytest.raises(Refused) as refused:
        uniform_null_variance(low, high, step)
    assert refused.value.fault is AgreementFault.AGREEMENT_SCALE


@pytest.mark.parametrize(
    ("y", "unit", "fault"),
    [
        ([1.0, 2.0], [1, 1], AgreementFault.AGREEMENT_TOO_FEW_UNITS),
        ([1.0, 2.0], [1, 2], AgreementFault.AGREEMENT_NO_PAIRS),
        ([7.1] * 4, [1, 1, 2, 2], AgreementFault.AGREEMENT_NO_SPREAD),
    ],
)
def test_what_cannot_be_compared_is_refused(y: list[float], unit: list[int], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        one_way(UnitMoments.of({"y": y}, unit), "y")
    assert refused.value.fault is fault


def test_agreement_needs_the_spread_of_each_unit_and_a_null_variance() -> None:
    moments, names = simulated()
    with pytest.raises(Refused) as refused:
        rwg(moments, names[0], 0.0)
    assert refused.value.fault is AgreementFault.AGREEMENT_NULL_VARIANCE
    bare = UnitMoments.of({"y": [1.0, 2.0]}, [1, 1])
    with pytest.raises(Refused) as refused:
        rwg(bare, "y", 2.0)
    assert refused.value.fault is StatisticsFault.STATISTICS_UNIT_PRODUCTS
    with pytest.raises(Refused) as refused:
        rwg_j(moments, [], 2.0)
    assert refused.value.fault is StatisticsFault.STATISTICS_NO_COLUMN


@pytest.mark.thorough
def test_the_interval_of_icc1_covers() -> None:
    rng = np.random.default_rng(11)
    covers, runs = 0, 1500
    unit = np.repeat(np.arange(15), 8)
    for _ in range(runs):
        y = rng.normal(0, 0.4, 15)[unit] + rng.normal(size=120)
        low, high = icc1_interval(UnitMoments.of({"y": y}, unit), "y", level=0.9)
        covers += low <= 0.16 / 1.16 <= high
    assert covers / runs == pytest.approx(0.9, abs=0.02)
