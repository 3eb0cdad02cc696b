from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.statistics.condition_references import moments_of_rows, stored

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.mixed_model import fit_mixed_model
from replenish.statistics.ridge import RidgeEffects, ridge_design, ridge_effects
from replenish.statistics.ridge_posterior import Mixture, marginal_likelihood, mixture_quantiles
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]

CONDITIONS = ["support", "workload"]


def test_the_marginal_likelihood_equals_dense_matrices() -> None:
    reference = stored("ridge")
    design = ridge_design(moments_of_rows(reference["rows"]), "strain", CONDITIONS, ["exposure"])
    values, residuals = [], []
    for unit, between, within in np.array(reference["points"]):
        surface = marginal_likelihood(
            design.between,
            design.within,
            design.sizes,
            unit=np.array([unit]),
            kappa_between=np.array([between]),
            kappa_within=np.array([within]),
        )
        values.append(float(surface.log_likelihood[0, 0, 0]))
        residuals.append(float(surface.residual[0, 0, 0]))
    assert residuals == pytest.approx(reference["residual"], rel=1e-10)
    # The two leave out the same constant up to the determinant of the columns without prior.
    expected = np.array(reference["log_likelihood"])
    assert np.array(values) - values[0] == pytest.approx(expected - expected[0], rel=1e-9)


def test_the_estimated_scales_are_where_the_likelihood_is_highest() -> None:
    reference = stored("ridge")
    found = ridge_effects(moments_of_rows(reference["rows"]), "strain", CONDITIONS, exposures=["exposure"])
    likely = found.posterior.most_likely
    assert [likely.unit, likely.between, likely.within] == pytest.approx(
        reference["most_likely"], rel=1e-3, abs=1e-3
    )
    assert found.variance["residual"] == pytest.approx(reference["residual_variance"], rel=1e-4)


def test_posterior_means_and_spreads_equal_brute_integration() -> None:
    reference = stored("ridge")
    found = ridge_effects(moments_of_rows(reference["rows"]), "strain", CONDITIONS, exposures=["exposure"])
    between = [found.conditions[name].between for name in CONDITIONS]
    within = [effect for name in CONDITIONS if (effect := found.conditions[name].within)]
    estimates = [*between, *within]
    # R's grid has 22 points a side over everything, this one closes in: they agree to about a hundredth
    assert [e.estimate for e in estimates] == pytest.approx(reference["mean"], rel=0.015)
    assert [e.se for e in estimates] == pytest.approx(reference["sd"], rel=0.02)


def world(
    rng: np.random.Generator, *, units: int, conditions: int, sd: float, together: float
) -> tuple[UnitMoments, dict[str, float], dict[str, float]]:
    """Answers with known effects between units (drawn with this sd per SD of unit means) and inside them."""
    n = np.maximum(2, rng.poisson(9, units))
    unit = np.repeat(np.arange(units), n)
    common = np.sqrt(together) * rng.normal(size=(units, 1))
    level = 0.6 * (common + np.sqrt(1 - together) * rng.normal(size=(units, conditions)))
    mood = 0.4 * rng.normal(size=(len(unit), 1))
    X = level[unit] + 0.8 * rng.normal(size=(len(unit), conditions)) + mood
    means = np.array([np.bincount(unit, x) for x in X.T]).T / n[:, None]
    between = rng.normal(0, sd, conditions) / means.std(axis=0, ddof=1)
    within = rng.normal(0, 0.2, conditions)
    y = (means @ between)[unit] + (X - means[unit]) @ within
    y += rng.normal(0, 0.25, units)[unit] + rng.normal(size=len(unit))
    names = [f"condition{j}" for j in range(conditions)]
    moments = UnitMoments.of({"y": y, **dict(zip(names, X.T, strict=True))}, unit)
    return (
        moments,
        dict(zip(names, between.tolist(), strict=True)),
        dict(zip(names, within.tolist(), strict=True)),
    )


def coverage(runs: int, *, units: int, conditions: int, sd: float, together: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    held = []
    for _ in range(runs):
        moments, between, _ = world(rng, units=units, conditions=conditions, sd=sd, together=together)
        found = ridge_effects(moments, "y", list(between), level=0.9).conditions
        held += [found[name].between.low <= b <= found[name].between.high for name, b in between.items()]
    return float(np.mean(held))


@pytest.mark.patient
def test_intervals_of_ninety_per_cent_cover() -> None:
    """Six collinear conditions in 15 units; 24 worlds show it to within about four points."""
    assert coverage(24, units=15, conditions=6, sd=0.2, together=0.7, seed=5) >= 0.88


@pytest.mark.thorough
@pytest.mark.parametrize("units", [6, 12, 30])
@pytest.mark.parametrize(("conditions", "together"), [(2, 0.0), (4, 0.5), (6, 0.7)])
@pytest.mark.parametrize("sd", [0.0, 0.1, 0.3])
def test_intervals_cover_on_average_over_conditions(
    units: int, conditions: int, together: float, sd: float
) -> None:
    runs = 150
    covered = coverage(runs, units=units, conditions=conditions, sd=sd, together=together, seed=units)
    # Conditions of one world share their scale, so a world counts as one and a half observations.
    assert covered >= 0.88 - 2 * np.sqrt(0.9 * 0.1 / (1.5 * runs))


def many_units() -> tuple[UnitMoments, RidgeEffects]:
    rng = np.random.default_rng(8)
    moments, between, _ = world(rng, units=800, conditions=3, sd=0.4, together=0.3)
    return moments, ridge_effects(moments, "y", list(between), level=0.95)


def test_with_many_units_the_prior_no_longer_matters() -> None:
    moments, ridge = many_units()
    plain = fit_mixed_model(moments, "y", list(ridge.conditions), split="within-between").terms
    for name, effect in ridge.conditions.items():
        expected = plain[f"{name} (between units)"]
        assert effect.between.estimate == pytest.approx(expected.estimate, abs=0.15 * expected.se)
        assert effect.between.se == pytest.approx(expected.se, rel=0.05)
        assert effect.within is not None
        assert effect.within.estimate == pytest.approx(
            plain[f"{name} (within units)"].estimate, abs=0.15 * expected.se
        )


def test_the_unit_of_a_condition_and_of_the_outcome_only_change_the_unit_of_the_effect() -> None:
    rng = np.random.default_rng(2)
    moments, between, _ = world(rng, units=12, conditions=2, sd=0.3, together=0.5)
    first, second = between
    scaled = moments.combine({"y": {"y": 10.0}, first: {first: 0.01}, second: {second: 1.0}})
    plain = ridge_effects(moments, "y", [first, second]).conditions
    other = ridge_effects(scaled, "y", [first, second]).conditions
    assert other[first].between.estimate == pytest.approx(1000 * plain[first].between.estimate, rel=1e-6)
    assert other[second].between.high == pytest.approx(10 * plain[second].between.high, rel=1e-6)


def test_two_copies_of_one_condition_share_its_effect_instead_of_being_refused() -> None:
    rng = np.random.default_rng(4)
    moments, _, _ = world(rng, units=40, conditions=1, sd=1.0, together=0.0)
    twice = moments.extend({"copy": {"condition0": 1.0}})
    alone = ridge_effects(moments, "y", ["condition0"]).conditions["condition0"].between
    both = ridge_effects(twice, "y", ["condition0", "copy"]).conditions
    assert both["copy"].between.estimate == pytest.approx(both["condition0"].between.estimate, rel=1e-6)
    together = both["copy"].between.estimate + both["condition0"].between.estimate
    assert together == pytest.approx(alone.estimate, rel=0.1)
    assert both["copy"].between.se > alone.se


def test_a_condition_shared_by_all_of_a_unit_has_no_effect_inside_units() -> None:
    rng = np.random.default_rng(9)
    unit = np.repeat(np.arange(12), 6)
    policy = rng.normal(size=12)[unit]
    own = rng.normal(size=72) + rng.normal(size=12)[unit]
    y = policy + own + rng.normal(size=72)
    moments = UnitMoments.of({"y": y, "policy": policy, "own": own}, unit)
    found = ridge_effects(moments, "y", ["policy", "own"]).conditions
    assert found["policy"].within is None
    assert found["policy"].between.estimate > 0.3
    assert found["own"].within is not None


def test_quantiles_of_a_single_t_distribution_are_its_own() -> None:
    one = Mixture(np.ones(1), np.array([[2.0]]), np.array([[[4.0]]]), np.zeros(1), 5.0)
    assert mixture_quantiles(one, 0.95)[0] == pytest.approx(2 + 2 * 2.015048373, abs=1e-7)


def refused_cases() -> dict[str, tuple[UnitMoments, list[str], list[str], Fault]]:
    rng = np.random.default_rng(1)
    unit = np.repeat(np.arange(8), 5)
    x, z = rng.normal(size=(2, 40)) + rng.normal(size=(2, 8))[:, unit]
    columns = {"y": x + rng.normal(size=40), "x": x, "z": z, "flat": np.tile(np.arange(5.0), 8)}
    columns |= {"twice": 2 * z + 1, "unit mean": rng.normal(size=8)[unit]}
    moments = UnitMoments.of(columns, unit)
    few = UnitMoments.of({k: v[:20] for k, v in columns.items()}, unit[:20])
    shared = UnitMoments.of({**columns, "y": columns["unit mean"]}, unit)
    return {
        "none": (moments, [], [], AgreementFault.CONDITIONS_NONE),
        "twice": (moments, ["x"], ["x"], AgreementFault.CONDITIONS_TWICE),
        "alike": (moments, ["x", "flat"], [], AgreementFault.CONDITIONS_UNITS_ALIKE),
        "repeated exposure": (moments, ["x"], ["z", "twice"], AgreementFault.CONDITIONS_REPEATED),
        "few units": (few, ["x"], ["z"], AgreementFault.AGREEMENT_TOO_FEW_UNITS),
        "outcome of units": (shared, ["x"], [], AgreementFault.CONDITIONS_STEADY),
        "unknown": (moments, ["w"], [], StatisticsFault.STATISTICS_COLUMN_UNKNOWN),
    }


@pytest.mark.parametrize("case", list(refused_cases()))
def test_what_cannot_be_estimated_is_refused(case: str) -> None:
    moments, conditions, exposures, fault = refused_cases()[case]
    with pytest.raises(Refused) as refused:
        ridge_effects(moments, "y", conditions, exposures=exposures)
    assert refused.value.fault is fault
