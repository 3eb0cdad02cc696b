from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import StatisticsFault
from replenish.statistics.moments import Moments
from replenish.statistics.unit_moments import UnitMoments

Columns = dict[str, NDArray[np.float64]]
Units = NDArray[np.int64]


def answers(rows: int = 300, units: int = 9, seed: int = 2) -> tuple[Columns, Units]:
    rng = np.random.default_rng(seed)
    unit = rng.integers(0, units, rows)
    x = rng.normal(size=rows) + unit
    return {"x": x, "y": 0.3 * x + rng.normal(size=rows), "z": rng.normal(size=rows)}, unit


def brute(columns: Columns, unit: Units) -> dict[int, NDArray[np.float64]]:
    rows = np.array(list(columns.values())).T
    return {int(u): rows[unit == u] for u in np.unique(unit)}


def centred(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    apart: NDArray[np.float64] = rows - rows.mean(axis=0)
    return apart


def test_equals_the_rows_unit_by_unit() -> None:
    columns, unit = answers()
    moments = UnitMoments.of(columns, unit, per_unit_products=True)
    groups = brute(columns, unit)
    assert moments.labels == tuple(groups)
    assert_array_equal(moments.n, [len(rows) for rows in groups.values()])
    assert_allclose(moments.unit_means, [rows.mean(axis=0) for rows in groups.values()], rtol=1e-12)
    within = [centred(rows).T @ centred(rows) for rows in groups.values()]
    assert moments.unit_within is not None
    assert_allclose(moments.unit_within, within, rtol=1e-11, atol=1e-12)
    assert_allclose(moments.within, np.sum(within, axis=0), rtol=1e-12, atol=1e-12)
    assert_allclose(moments.unit(3).covariance(), np.cov(groups[3].T), rtol=1e-11)


def test_total_equals_moments_of_all_rows() -> None:
    columns, unit = answers()
    total, direct = UnitMoments.of(columns, unit).total(), Moments.of(columns)
    assert_allclose(total.covariance(), direct.covariance(), rtol=1e-12)
    assert_allclose(list(total.means().values()), list(direct.means().values()), rtol=1e-12)


def test_units_far_apart_cost_no_digits() -> None:
    columns, unit = answers()
    far = {name: column + 1e6 * unit for name, column in columns.items()}
    groups = brute(far, unit)
    within = np.sum([centred(rows).T @ centred(rows) for rows in groups.values()], axis=0)
    assert_allclose(UnitMoments.of(far, unit).within, within, rtol=1e-12)


@pytest.mark.parametrize(
    "labels",
    [
        lambda unit: unit * 1_000_003 - 5,
        lambda unit: unit.astype(np.float64),
        lambda unit: unit.astype(np.int8),
        lambda unit: [f"team {u}" for u in unit],
        lambda unit: np.array([f"team {u}" for u in unit]),
        lambda unit: [("service", f"team {u}") for u in unit],
    ],
)
def test_labels_of_every_kind_give_the_same_sums(labels: Callable[[Units], Sequence[object]]) -> None:
    columns, unit = answers()
    expected, found = UnitMoments.of(columns, unit), UnitMoments.of(columns, labels(unit))
    assert_array_equal(found.n, expected.n)
    assert_allclose(found.sums, expected.sums, rtol=1e-13)


def test_parts_of_one_unit_add_up() -> None:
    columns, unit = answers()
    parts = [
        UnitMoments.of({k: v[s] for k, v in columns.items()}, unit[s], per_unit_products=True)
        for s in (slice(0, 20), slice(20, 21), slice(21, None))
    ]
    found, whole = parts[0] + (parts[1] + parts[2]), UnitMoments.of(columns, unit, per_unit_products=True)
    assert found.labels == whole.labels
    assert_array_equal(found.n, whole.n)
    assert_allclose(found.unit_means, whole.unit_means, rtol=1e-12)
    assert_allclose(found.within, whole.within, rtol=1e-12)
    assert found.unit_within is not None
    assert whole.unit_within is not None
    assert_allclose(found.unit_within, whole.unit_within, rtol=1e-10, atol=1e-12)


def test_same_label_under_two_parents_is_two_units() -> None:
    columns = {"x": np.arange(6.0)}
    moments = UnitMoments.of(columns, [1, 1, 2, 1, 1, 1], ["a", "a", "a", "b", "b", "a"])
    assert moments.labels == (1, 2, 1)
    assert_array_equal(moments.n, [3, 1, 2])
    assert moments.parent is not None
    assert_array_equal(moments.parent, [0, 0, 1])
    assert moments.parent_labels == ("a", "b")
    other = UnitMoments.of(columns, [1, 1, 2, 1, 1, 1], ["c", "a", "a", "b", "b", "a"])
    both = moments + other
    assert both.parent_labels == ("a", "b", "c")
    assert_array_equal(both.n, [5, 2, 4, 1])


def test_incomplete_rows_are_left_out_and_counted() -> None:
    columns, unit = answers(rows=30, units=3)
    columns["x"][:2] = np.nan
    columns["y"][1] = np.nan
    columns["z"][unit == 1] = np.nan
    lone = int((unit[:2] == 1).sum())
    moments = UnitMoments.of(columns, unit)
    assert moments.labels == (0, 2)
    assert moments.left_out.rows == 2 + int((unit == 1).sum()) - lone
    assert moments.left_out.missing == {"x": 2, "y": 1, "z": int((unit == 1).sum())}


def test_split_into_unit_mean_and_distance() -> None:
    columns, unit = answers()
    groups = np.array([columns["x"][unit == u].mean() for u in unit])
    rows = {"x (between units)": groups, "x (within units)": columns["x"] - groups, "y": columns["y"]}
    direct = UnitMoments.of(rows, unit)
    found = UnitMoments.of({"x": columns["x"], "y": columns["y"]}, unit).split_within_between(["x"])
    assert found.names == direct.names
    assert_allclose(found.within, direct.within, rtol=1e-12, atol=1e-10)
    assert_allclose(found.unit_means, direct.unit_means, rtol=1e-10, atol=1e-12)


def test_combinations_of_columns() -> None:
    columns, unit = answers()
    found = UnitMoments.of(columns, unit, per_unit_products=True).extend({"scale": {"x": 0.5, "y": 0.5}})
    scale = (columns["x"] + columns["y"]) / 2
    direct = UnitMoments.of({**columns, "scale": scale}, unit, per_unit_products=True)
    assert_allclose(found.within, direct.within, rtol=1e-12)
    assert_allclose(found.unit_means, direct.unit_means, rtol=1e-12)
    assert found.unit_within is not None
    assert direct.unit_within is not None
    assert_allclose(found.unit_within, direct.unit_within, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(
    ("units", "fault"),
    [
        (["a", "b"], StatisticsFault.STATISTICS_COLUMN_LENGTH),
        (["a", "", "b"], StatisticsFault.STATISTICS_UNIT_MISSING),
        (["a", None, "b"], StatisticsFault.STATISTICS_UNIT_MISSING),
        (np.array([1.0, np.nan, 2.0]), StatisticsFault.STATISTICS_UNIT_MISSING),
        (np.array([1.0, 1.5, 2.0]), StatisticsFault.STATISTICS_UNIT_KIND),
        ([1.0, 1.5, 2.0], StatisticsFault.STATISTICS_UNIT_KIND),
    ],
)
def test_rows_without_a_usable_unit_are_refused(units: Sequence[object], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        UnitMoments.of({"x": [1.0, 2.0, 3.0]}, units)
    assert refused.value.fault is fault


def test_folding_needs_little_memory_beside_the_table() -> None:
    rows = 400_000
    rng = np.random.default_rng(3)
    columns = {name: rng.normal(size=rows) for name in "abcdef"}
    unit = rng.integers(0, 20_000, rows)
    tracemalloc.start()
    UnitMoments.of(columns, unit)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 0.8 * sum(column.nbytes for column in columns.values())


def test_no_row_gives_the_moments_of_no_unit() -> None:
    nobody = UnitMoments.of({"x": [], "y": []}, [], [])
    assert (nobody.labels, nobody.rows) == ((), 0)
    some = UnitMoments.of({"x": [1.0, 2.0], "y": [3.0, 5.0]}, ["a", "b"], ["s", "s"])
    assert (nobody + some).labels == some.labels
    assert_allclose((nobody + some).unit_means, some.unit_means)
