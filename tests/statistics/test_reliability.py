from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.statistics.condition_references import answers, stored, table_of

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.moments import Moments
from replenish.statistics.reliability import alpha, omega, one_factor_minres, reliability

Floats = NDArray[np.float64]


def one_scale(
    seed: int, n: int = 60, loadings: tuple[float, ...] = (0.9, 0.7, 0.6, 0.5)
) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    factor = rng.normal(size=n)
    return {f"item{j}": loading * factor + rng.normal(0, 0.8, n) for j, loading in enumerate(loadings)}


def assert_equal_to_psych(moments: Moments, psych: dict[str, Any], *, feldt: bool = True) -> None:
    found = reliability(moments)
    items = list(found.items.values())
    assert found.alpha == pytest.approx(psych["alpha"], rel=1e-12)
    assert found.alpha_standardised == pytest.approx(psych["standardised"], rel=1e-12)
    assert found.omega == pytest.approx(psych["omega"], rel=1e-8)
    # psych stops its search at about six digits of the uniquenesses
    assert found.omega == pytest.approx(psych["omega_fa"], abs=2e-6)
    assert [item.loading for item in items] == pytest.approx(psych["loadings"], abs=1e-7)
    assert [item.loading for item in items] == pytest.approx(psych["loadings_fa"], abs=2e-5)
    assert [item.alpha_without for item in items] == pytest.approx(psych["alpha_without"], rel=1e-12)
    assert [item.item_rest for item in items] == pytest.approx(psych["item_rest"], rel=1e-12)
    assert [item.mean for item in items] == pytest.approx(psych["mean"], rel=1e-12)
    assert [item.sd for item in items] == pytest.approx(psych["sd"], rel=1e-12)
    if feldt:
        assert [found.low, found.high] == pytest.approx(psych["feldt"], rel=1e-12)


def test_a_simulated_scale_equals_psych() -> None:
    reference = stored("reliability")
    moments = Moments.of(table_of(reference["items"]))
    assert_equal_to_psych(moments, reference["psych"])


@pytest.mark.realdata
@pytest.mark.parametrize("scale", ["phq", "gad", "epworth"])
def test_three_scales_of_medical_students_equal_psych(realdata: Callable[[str], Path], scale: str) -> None:
    reference = stored("reliability_realdata")[scale]
    columns = answers(realdata("medstudents_items.csv"), reference["names"])
    complete = Moments.of(columns)
    assert complete.n == reference["n_complete"]
    assert_equal_to_psych(complete, reference["complete"])
    # psych counts every row behind the interval; here the rarest pair counts, so only the rest is compared
    assert_equal_to_psych(Moments.of(columns, pairwise=True), reference["pairwise"], feldt=False)


@given(seed=st.integers(0, 10_000), shift=st.floats(-1e4, 1e4), factor=st.floats(0.01, 100))
def test_shifts_leave_everything_and_a_common_unit_leaves_alpha(
    seed: int, shift: float, factor: float
) -> None:
    items = one_scale(seed)
    try:
        before = reliability(Moments.of(items))
    except Refused as refused:
        # A scale drawn by chance may leave an item no error; that refusal has a test of its own.
        assume(refused.fault is not AgreementFault.RELIABILITY_NO_ROOM)
        raise
    shifted = {name: x + shift * j for j, (name, x) in enumerate(items.items())}
    after = reliability(Moments.of(shifted))
    assert after.alpha == pytest.approx(before.alpha, abs=1e-9)
    assert after.omega == pytest.approx(before.omega, abs=1e-9)
    scaled = alpha(Moments.of({name: x * factor for name, x in items.items()}))
    assert scaled.alpha == pytest.approx(before.alpha, abs=1e-9)


@given(seed=st.integers(0, 10_000), n=st.integers(4, 40), k=st.integers(2, 7))
def test_alpha_equals_brute_force_on_rows(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, k)) + rng.normal(size=(n, 1))
    moments = Moments.of({f"item{j}": X[:, j] for j in range(k)})
    total = X.sum(axis=1).var(ddof=1)
    assert alpha(moments).alpha == pytest.approx(
        k / (k - 1) * (1 - X.var(axis=0, ddof=1).sum() / total), abs=1e-10
    )
    z = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    assert alpha(moments).standardised == pytest.approx(
        k / (k - 1) * (1 - k / z.sum(axis=1).var(ddof=1)), abs=1e-9
    )


def test_a_true_one_factor_correlation_gives_back_its_loadings() -> None:
    loadings = np.array([0.9, 0.3, 0.55, 0.7, 0.2])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    assert one_factor_minres(correlation) == pytest.approx(loadings, abs=1e-9)


def test_parallel_items_have_equal_alpha_and_omega() -> None:
    correlation = np.full((4, 4), 0.4) + 0.6 * np.eye(4)
    root = np.linalg.cholesky(correlation)
    rng = np.random.default_rng(2)
    Z = rng.normal(size=(50, 4))
    Z -= Z.mean(axis=0)
    exact = Z @ np.linalg.inv(np.linalg.cholesky(np.cov(Z.T))).T @ root.T
    moments = Moments.of({f"item{j}": exact[:, j] for j in range(4)})
    expected = 4 * 0.4 / (1 + 3 * 0.4)
    assert alpha(moments).alpha == pytest.approx(expected, abs=1e-10)
    assert omega(moments).omega == pytest.approx(expected, abs=1e-10)


def test_two_items_have_omega_equal_to_standardised_alpha_and_no_alpha_without() -> None:
    items = one_scale(5, loadings=(0.9, 0.7))
    found = reliability(Moments.of(items))
    assert found.omega == pytest.approx(found.alpha_standardised, abs=1e-12)
    assert [item.alpha_without for item in found.items.values()] == [None, None]


def test_an_item_scored_the_wrong_way_is_named() -> None:
    items = one_scale(3, n=300)
    items["item2"] = -items["item2"]
    with pytest.raises(Refused) as refused:
        omega(Moments.of(items))
    assert refused.value.fault is AgreementFault.RELIABILITY_REVERSED_ITEM
    assert [p.place.column for p in refused.value.problems] == ["item2"]


def test_a_heywood_case_is_named() -> None:
    correlation = np.array([[1, 0.8, 0.7], [0.8, 1, 0.3], [0.7, 0.3, 1]])
    rng = np.random.default_rng(1)
    Z = rng.normal(size=(40, 3))
    Z -= Z.mean(axis=0)
    exact = Z @ np.linalg.inv(np.linalg.cholesky(np.cov(Z.T))).T @ np.linalg.cholesky(correlation).T
    with pytest.raises(Refused) as refused:
        omega(Moments.of({name: exact[:, j] for j, name in enumerate("abc")}))
    assert refused.value.fault is AgreementFault.RELIABILITY_NO_ROOM
    assert [p.place.column for p in refused.value.problems] == ["a"]


def faults() -> dict[str, tuple[dict[str, Floats], Fault]]:
    items = one_scale(8)
    first = items["item0"]
    return {
        "one item": ({"a": first}, AgreementFault.RELIABILITY_TOO_FEW_ITEMS),
        "constant": ({"a": first, "b": np.full(60, 1e6 / 3)}, AgreementFault.RELIABILITY_CONSTANT_ITEM),
        "cancelling": ({"a": first, "b": -first}, AgreementFault.RELIABILITY_NO_TOTAL),
        "two people": ({"a": first[:2], "b": items["item1"][:2]}, StatisticsFault.STATISTICS_TOO_FEW_ROWS),
    }


@pytest.mark.parametrize("case", list(faults()))
def test_what_carries_no_reliability_is_refused(case: str) -> None:
    columns, fault = faults()[case]
    with pytest.raises(Refused) as refused:
        alpha(Moments.of(columns))
    assert refused.value.fault is fault


def test_an_impossible_level_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        alpha(Moments.of(one_scale(1)), level=1.0)
    assert refused.value.fault is StatisticsFault.STATISTICS_LEVEL


@pytest.mark.thorough
def test_the_interval_of_alpha_covers() -> None:
    covers = 0
    loadings, n, runs = 0.7, 40, 2000
    rng = np.random.default_rng(7)
    true = 4 * loadings**2 / (1 + 3 * loadings**2)
    for _ in range(runs):
        X = loadings * rng.normal(size=(n, 1)) + np.sqrt(1 - loadings**2) * rng.normal(size=(n, 4))
        found = alpha(Moments.of({f"item{j}": X[:, j] for j in range(4)}), level=0.9)
        covers += found.low <= true <= found.high
    assert covers / runs == pytest.approx(0.9, abs=0.02)
