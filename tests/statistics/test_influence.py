from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from replenish.basis.errors import Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import one_way
from replenish.statistics.conditions import QUARTERS_APART
from replenish.statistics.influence import Kind, one_step_influence
from replenish.statistics.ridge import ridge_design
from replenish.statistics.ridge_posterior import posterior
from replenish.statistics.split_voice import split_voice_effects
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]
RANGES = {"y": (0.0, 100.0), "x": (0.0, 100.0), "z": (0.0, 100.0)}


def rows(seed: int = 1, units: int = 10, size: int = 5) -> tuple[dict[str, Floats], NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), size)
    columns = {
        name: np.clip(50 + 16 * rng.normal(size=units)[unit] + 7 * rng.normal(size=len(unit)), 0, 100)
        for name in RANGES
    }
    return columns, unit


def widths(moments: UnitMoments) -> dict[str, float]:
    return {n: QUARTERS_APART * np.sqrt(one_way(moments, n).variance_between) for n in ("x", "z")}


def moved(columns: dict[str, Floats], row: int, corner: tuple[float, ...]) -> dict[str, Floats]:
    after = {name: x.copy() for name, x in columns.items()}
    for name, value in zip(columns, corner, strict=True):
        after[name][row] = value
    return after


def test_the_bound_of_split_voice_is_the_largest_change_found_by_trying_everything() -> None:
    columns, unit = rows()
    moments = UnitMoments.of(columns, unit, per_unit_products=True)
    before = split_voice_effects(moments, "y", ["x", "z"])
    largest = dict.fromkeys(("x", "z"), 0.0)
    for row, corner in product(range(len(unit)), product(*RANGES.values())):
        changed = UnitMoments.of(moved(columns, row, corner), unit, per_unit_products=True)
        after = split_voice_effects(changed, "y", ["x", "z"])
        for name in largest:
            largest[name] = max(largest[name], abs(after[name].estimate - before[name].estimate))
    bound = one_step_influence(columns, unit, "y", ["x", "z"], RANGES, kind="split voice")
    for name, width in widths(moments).items():
        assert bound[name] == pytest.approx(largest[name] * width, rel=1e-7)


def test_the_bound_of_own_reports_is_the_largest_change_with_variances_held() -> None:
    columns, unit = rows(seed=2, units=8, size=4)
    moments = UnitMoments.of(columns, unit)
    design = ridge_design(moments, "y", ["x"], ["z"])
    held = posterior(design.between, design.within, design.sizes, design.prior_scales).central
    n = np.bincount(unit)
    weight = n / (1 + held.unit**2 * n)

    def slope(table: dict[str, Floats]) -> float:
        y, x, z = (np.bincount(unit, table[name]) / n for name in ("y", "x", "z"))
        scale = design.between_scale
        X = np.column_stack([np.ones(len(n)), z / scale["z"], x / scale["x"]])
        A = X.T @ (weight[:, None] * X) + np.diag([0, 0, 1 / held.between**2])
        return float(np.linalg.solve(A, X.T @ (weight * y))[2] / scale["x"])

    before = slope(columns)
    largest = max(
        abs(slope(moved(columns, row, corner)) - before)
        for row, corner in product(range(len(unit)), product(*RANGES.values()))
    )
    bound = one_step_influence(columns, unit, "y", ["x"], RANGES, exposures=["z"])
    assert bound["x"] == pytest.approx(largest * widths(moments)["x"], rel=1e-6)


@pytest.mark.parametrize("kind", ["own reports", "split voice"])
def test_one_person_moves_less_in_a_larger_organisation(kind: Kind) -> None:
    small = one_step_influence(*rows(units=10), "y", ["x"], RANGES, kind=kind)["x"]
    large = one_step_influence(*rows(units=60), "y", ["x"], RANGES, kind=kind)["x"]
    assert 0 < large < small / 3


def test_incomplete_rows_do_not_count_and_the_order_of_rows_does_not_matter() -> None:
    columns, unit = rows()
    whole = one_step_influence(columns, unit, "y", ["x"], RANGES)
    more = {name: np.append(x, [np.nan if name == "y" else 0.0]) for name, x in columns.items()}
    assert one_step_influence(more, np.append(unit, 3), "y", ["x"], RANGES) == pytest.approx(whole)
    order = np.random.default_rng(1).permutation(len(unit))
    turned = {name: x[order] for name, x in columns.items()}
    assert one_step_influence(turned, unit[order], "y", ["x"], RANGES) == pytest.approx(whole)


def test_answers_outside_their_range_or_without_one_are_refused() -> None:
    columns, unit = rows()
    for ranges in ({**RANGES, "x": (0.0, 10.0)}, {"y": (0.0, 100.0)}, {**RANGES, "y": (100.0, 0.0)}):
        with pytest.raises(Refused) as refused:
            one_step_influence(columns, unit, "y", ["x"], ranges)
        assert refused.value.fault is AgreementFault.CONDITIONS_RANGE
    with pytest.raises(Refused) as refused:
        one_step_influence(columns, unit, "y", ["w"], RANGES)
    assert refused.value.fault is StatisticsFault.STATISTICS_COLUMN_UNKNOWN
