"""Moments form a commutative monoid, whatever the parts and their order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from tests.strategies.statistics import UnitTable, unit_tables

from replenish.statistics.moments import Moments
from replenish.statistics.unit_moments import UnitMoments


def close(one: Moments, other: Moments, rtol: float = 1e-9) -> None:
    assert (one.names, one.n, one.left_out) == (other.names, other.n, other.left_out)
    scale = np.sqrt(np.diag(other.products).max(initial=0.0)) + 1e-300
    assert_array_equal(one.counts, other.counts)
    if other.counts.all() and other.n:
        assert_allclose(list(one.means().values()), list(other.means().values()), rtol=1e-13, atol=1e-13)
    assert_allclose(one.covariance() / scale**2, other.covariance() / scale**2, rtol=rtol, atol=1e-12)


def units_close(one: UnitMoments, other: UnitMoments) -> None:
    assert (one.names, one.labels, one.left_out) == (other.names, other.labels, other.left_out)
    assert_array_equal(one.n, other.n)
    assert_allclose(one.unit_means, other.unit_means, rtol=1e-12, atol=1e-12)
    assert_allclose(one.within, other.within, rtol=1e-9, atol=1e-9)
    assert one.unit_within is not None
    assert other.unit_within is not None
    assert_allclose(one.unit_within, other.unit_within, rtol=1e-9, atol=1e-9)


def fold(table: UnitTable) -> UnitMoments:
    return UnitMoments.of(table.columns, table.unit, per_unit_products=True)


@given(unit_tables(missing=True), st.booleans(), st.data())
def test_moments_are_a_commutative_monoid(table: UnitTable, pairwise: bool, data: st.DataObject) -> None:
    rows = len(table.unit)
    cut, other = sorted(data.draw(st.tuples(st.integers(0, rows), st.integers(0, rows))))
    a, b, c = (
        Moments.of(table.rows(part).columns, pairwise=pairwise)
        for part in (slice(0, cut), slice(cut, other), slice(other, rows))
    )
    close((a + b) + c, a + (b + c))
    close(a + b, b + a)
    close(a + Moments.empty(a.names), a)
    close(a + b + c, Moments.of(table.columns, pairwise=pairwise))


@given(unit_tables(missing=True), st.data())
def test_unit_moments_are_a_commutative_monoid(table: UnitTable, data: st.DataObject) -> None:
    rows = len(table.unit)
    cut, other = sorted(data.draw(st.tuples(st.integers(0, rows), st.integers(0, rows))))
    a, b, c = (fold(table.rows(part)) for part in (slice(0, cut), slice(cut, other), slice(other, rows)))
    units_close((a + b) + c, a + (b + c))
    units_close(a + b, b + a)
    units_close(a + UnitMoments.empty(a.names, per_unit_products=True), a)
    units_close(a + b + c, fold(table))


@given(unit_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: UnitTable, random: np.random.Generator) -> None:
    order = list(range(len(table.unit)))
    random.shuffle(order)
    units_close(fold(table.rows(np.array(order))), fold(table))


@given(unit_tables())
def test_adding_up_units_gives_the_whole(table: UnitTable) -> None:
    whole = Moments.empty(list(table.columns))
    units = fold(table)
    for label in units.labels:
        whole = whole + units.unit(label)
    close(whole, units.total())
    close(whole, Moments.of(table.columns))


@given(unit_tables(), st.floats(-5, 5), st.floats(-5, 5))
def test_combining_columns_and_adding_up_may_change_places(table: UnitTable, a: float, b: float) -> None:
    combination = {"scale": {"x": a, "z": b}, "y": {"y": 1.0}}
    made = {"scale": a * table.columns["x"] + b * table.columns["z"], "y": table.columns["y"]}
    combined, direct = Moments.of(table.columns).combine(combination), Moments.of(made)
    scale = 1 + np.abs(np.diag(direct.covariance())).max()
    assert_allclose(combined.covariance() / scale, direct.covariance() / scale, atol=1e-10)
