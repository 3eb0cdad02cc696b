"""Mixed models against dense matrices, and what must hold for any of them."""

from __future__ import annotations

from math import log, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from tests.strategies.statistics import UnitTable, unit_tables

from replenish.statistics.mixed_design import build_design
from replenish.statistics.mixed_model import MixedModel, contrast, fit_mixed_model
from replenish.statistics.profiled_likelihood import (
    ProfiledLikelihood,
    RandomEffects,
    minimise_many,
    minimise_one,
    slope_of_slope,
)
from replenish.statistics.random_intercepts import NestedIntercepts, RandomIntercept
from replenish.statistics.random_slopes import RandomSlopes
from replenish.statistics.unit_moments import UnitMoments

pytestmark = pytest.mark.patient

Floats = NDArray[np.float64]


def criterion(table: UnitTable, V: Floats, *, reml: bool) -> tuple[float, Floats, Floats]:
    """Minus twice the (restricted) log-likelihood, coefficients and covariance by dense matrices."""
    # Far from zero the dense matrices lose the digits that the comparison is about: centre, then go back.
    middle = {name: float(np.round(column.mean())) for name, column in table.columns.items()}
    y = table.columns["y"] - middle["y"]
    X = np.column_stack([np.ones(len(y)), *(table.columns[name] - middle[name] for name in ("x", "z"))])
    inverse = np.linalg.inv(V)
    information = X.T @ inverse @ X
    beta = np.linalg.solve(information, X.T @ inverse @ y)
    left = y - X @ beta
    value = left @ inverse @ left + np.linalg.slogdet(V)[1]
    rows = len(y) - 3 if reml else len(y)
    value += rows * log(2 * pi) + (np.linalg.slogdet(information)[1] if reml else 0.0)
    back = np.array([[1.0, -middle["x"], -middle["z"]], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    raw = back @ beta + [middle["y"], 0.0, 0.0]
    return float(value), raw, back @ np.linalg.inv(information) @ back.T


def same_unit(table: UnitTable) -> Floats:
    same: Floats = (table.unit[:, None] == table.unit).astype(np.float64)
    return same


@given(unit_tables(), st.sampled_from(["REML", "ML"]))
def test_equals_generalised_least_squares_on_the_rows(table: UnitTable, method: str) -> None:
    reml = method == "REML"
    moments = UnitMoments.of(table.columns, table.unit)
    model = fit_mixed_model(moments, "y", ["x", "z"], method="REML" if reml else "ML")
    V = model.variance["residual"] * np.eye(model.n) + model.variance["unit"] * same_unit(table)
    value, beta, covariance = criterion(table, V, reml=reml)
    assert_allclose(model.deviance, value, rtol=1e-8)
    assert_allclose([term.estimate for term in model.terms.values()], beta, rtol=1e-6, atol=1e-8)
    assert_allclose([term.se for term in model.terms.values()], np.sqrt(np.diag(covariance)), rtol=1e-6)
    for unit, residual in [(1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99)]:
        near = residual * model.variance["residual"] * np.eye(model.n)
        near += (unit * model.variance["unit"] + (unit - 1.0 if unit > 1 else 0.0) * 0.01) * same_unit(table)
        assert criterion(table, near, reml=reml)[0] >= value - 1e-7


@given(unit_tables())
def test_without_spread_between_units_it_is_least_squares(table: UnitTable) -> None:
    design = build_design(UnitMoments.of(table.columns, table.unit), "y", ["x", "z"])
    profile = ProfiledLikelihood(RandomIntercept.of(design), design.rows, reml=False).at(np.zeros(1))
    X = np.column_stack([np.ones(design.rows), table.columns["x"], table.columns["z"]])
    beta = np.linalg.lstsq(X, table.columns["y"], rcond=None)[0]
    raw = design.scale.to_raw @ profile.coefficients + design.scale.origin
    assert_allclose(raw, beta, rtol=1e-6, atol=1e-7)


@given(unit_tables(), st.floats(0.01, 100), st.floats(-50, 50))
def test_units_of_measurement_do_not_matter(table: UnitTable, factor: float, shift: float) -> None:
    other = {**table.columns, "x": factor * table.columns["x"] + shift, "y": table.columns["y"] / factor}
    one = fit_mixed_model(UnitMoments.of(table.columns, table.unit), "y", ["x", "z"])
    two = fit_mixed_model(UnitMoments.of(other, table.unit), "y", ["x", "z"])
    assert_allclose(two.terms["x"].estimate * factor**2, one.terms["x"].estimate, rtol=1e-5, atol=1e-7)
    assert_allclose(two.terms["x"].se * factor**2, one.terms["x"].se, rtol=1e-5)
    assert_allclose(two.variance["residual"] * factor**2, one.variance["residual"], rtol=1e-6)
    assert_allclose(two.icc, one.icc, rtol=1e-4, atol=1e-6)


@given(unit_tables(), st.integers(2, 4))
def test_names_and_order_of_units_do_not_matter(table: UnitTable, turn: int) -> None:
    renamed = [f"team {(u * 7 + turn) % 101}" for u in table.unit]
    one = fit_mixed_model(UnitMoments.of(table.columns, table.unit), "y", ["x", "z"])
    two = fit_mixed_model(UnitMoments.of(table.columns, renamed), "y", ["z", "x"])
    for name, term in one.terms.items():
        assert_allclose(two.terms[name].estimate, term.estimate, rtol=1e-7, atol=1e-9)


def structure(kind: str, table: UnitTable) -> tuple[RandomEffects, int, int]:
    moments = UnitMoments.of(table.columns, table.unit, table.unit % 2, per_unit_products=True)
    design = build_design(moments, "y", ["x", "z"])
    if kind == "intercept":
        return RandomIntercept.of(design), 1, design.rows
    if kind == "nested":
        assert design.parent is not None
        return NestedIntercepts.of(design, design.parent), 2, design.rows
    assert design.unit_within is not None
    return RandomSlopes.of(design, design.unit_within, [1, 2]), 6, design.rows


@pytest.mark.parametrize("kind", ["intercept", "nested", "slopes"])
@given(table=unit_tables(), seed=st.integers(0, 1000), reml=st.booleans())
def test_slopes_of_the_criterion_are_its_derivatives(
    kind: str, table: UnitTable, seed: int, reml: bool
) -> None:
    effects, m, rows = structure(kind, table)
    likelihood = ProfiledLikelihood(effects, rows, reml)
    theta = np.random.default_rng(seed).uniform(0.2, 1.5, m)
    slope = likelihood.at(theta).slope
    for i, h in enumerate(np.eye(m) * 1e-5):
        rise = (likelihood.at(theta + h).criterion - likelihood.at(theta - h).criterion) / 2e-5
        assert_allclose(slope[i], rise, rtol=1e-4, atol=1e-5 * rows)


def dense_slopes(table: UnitTable, model: MixedModel) -> Floats:
    Z = np.column_stack([np.ones(model.n), table.columns["x"]])
    off = model.unit_covariance["unit", "slope of x"]
    D = np.array([[model.variance["unit"], off], [off, model.variance["slope of x"]]])
    V: Floats = model.variance["residual"] * np.eye(model.n) + (Z @ D @ Z.T) * same_unit(table)
    return V


def slope_table(seed: int, *, offset: float = 0.0) -> UnitTable:
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(12), 6)
    x, z = rng.normal(size=(2, 72))
    slope = 0.5 + 0.7 * rng.normal(size=12)
    y = slope[unit] * x - z + rng.normal(size=12)[unit] + rng.normal(size=72)
    return UnitTable({"x": x + offset, "z": z, "y": y}, unit)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("reml", [True, False])
def test_random_slopes_equal_dense_matrices(seed: int, reml: bool) -> None:
    table = slope_table(seed)
    moments = UnitMoments.of(table.columns, table.unit, per_unit_products=True)
    model = fit_mixed_model(moments, "y", ["x", "z"], method="REML" if reml else "ML", random_slope="x")
    value, beta, covariance = criterion(table, dense_slopes(table, model), reml=reml)
    assert_allclose(model.deviance, value, rtol=1e-10)
    assert_allclose([term.estimate for term in model.terms.values()], beta, rtol=1e-7)
    assert_allclose([term.se for term in model.terms.values()], np.sqrt(np.diag(covariance)), rtol=1e-7)


def test_random_slopes_do_not_depend_on_where_zero_is() -> None:
    near, far = slope_table(1), slope_table(1, offset=30.0)
    one, two = (
        fit_mixed_model(
            UnitMoments.of(table.columns, table.unit, per_unit_products=True),
            "y",
            ["x", "z"],
            random_slope="x",
        )
        for table in (near, far)
    )
    assert two.deviance == pytest.approx(one.deviance, rel=1e-10)
    assert two.variance["slope of x"] == pytest.approx(one.variance["slope of x"], rel=1e-6)
    assert two.icc == pytest.approx(one.icc, rel=1e-6)
    assert two.variance["unit"] != pytest.approx(one.variance["unit"], rel=0.5)


@pytest.mark.parametrize("seed", range(4))
def test_three_levels_equal_dense_matrices(seed: int) -> None:
    rng = np.random.default_rng(seed)
    unit = np.repeat(np.arange(15), rng.integers(1, 6, 15))
    parent = unit // 3
    x, z, error = rng.normal(size=(3, len(unit)))
    y = x + rng.normal(size=15)[unit] + rng.normal(size=5)[parent] + error
    table = UnitTable({"x": x, "z": z, "y": y}, unit)
    model = fit_mixed_model(UnitMoments.of(table.columns, unit, parent), "y", ["x", "z"])
    V = model.variance["residual"] * np.eye(model.n) + model.variance["unit"] * same_unit(table)
    V += model.variance["parent"] * (parent[:, None] == parent)
    value, beta, _ = criterion(table, V, reml=True)
    assert (model.units, model.parents) == (15, 5)
    assert_allclose(model.deviance, value, rtol=1e-10)
    assert_allclose([term.estimate for term in model.terms.values()], beta, rtol=1e-7)


@given(unit_tables(), st.floats(-3, 3), st.floats(-3, 3))
def test_a_contrast_is_the_term_of_a_turned_design(table: UnitTable, a: float, b: float) -> None:
    moments = UnitMoments.of(table.columns, table.unit)
    model = fit_mixed_model(moments, "y", ["x", "z"])
    turned = moments.extend({"u": {"x": 1.0, "z": 1.0}})
    other = fit_mixed_model(turned, "y", ["u", "z"])
    # y = b1 x + b2 z = b1 u + (b2 - b1) z
    found = contrast(model, {"x": -1.0, "z": 1.0})
    assert_allclose(found.estimate, other.terms["z"].estimate, rtol=1e-5, atol=1e-7)
    assert_allclose(found.se, other.terms["z"].se, rtol=1e-5)
    assert_allclose(found.df, other.terms["z"].df, rtol=1e-2)
    twice = contrast(model, {"x": 2 * a, "z": 2 * b})
    once = contrast(model, {"x": a, "z": b})
    assert_allclose([twice.estimate, twice.se], [2 * once.estimate, 2 * once.se], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", ["intercept", "nested", "slopes"])
@given(table=unit_tables(), seed=st.integers(0, 1000))
def test_nothing_tried_at_random_is_below_the_minimum(kind: str, table: UnitTable, seed: int) -> None:
    effects, m, rows = structure(kind, table)
    if rows <= len(np.unique(table.unit)) * 3:
        return
    likelihood = ProfiledLikelihood(effects, rows, reml=True)
    best = minimise_one(likelihood, 4.0) if m == 1 else minimise_many(likelihood, effects.starts)
    draws = np.random.default_rng(seed)
    for spread in (0.01, 0.3, 3.0):
        theta = best.theta + spread * draws.normal(size=m)
        assert likelihood.at(theta).criterion >= best.criterion - 1e-7


def test_the_minimum_is_a_minimum() -> None:
    table = slope_table(2)
    design = build_design(UnitMoments.of(table.columns, table.unit, per_unit_products=True), "y", ["x", "z"])
    assert design.unit_within is not None
    effects = RandomSlopes.of(design, design.unit_within, [1])
    likelihood = ProfiledLikelihood(effects, design.rows, reml=True)
    best = minimise_many(likelihood, effects.starts)
    assert np.abs(best.slope).max() < 1e-7
    assert np.linalg.eigvalsh(slope_of_slope(likelihood, best.theta)).min() > 0
