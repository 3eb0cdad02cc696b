"""Linear mixed models from unit moments alone: exact, and as fast for a million rows as for a thousand.

Random intercepts of units, of units inside parents, random slopes, and conditions split into what differs
between units and what differs inside them. Checked against lme4 (Bates et al. 2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.estimate import Estimate, interval_estimate
from replenish.statistics.mixed_design import Design, build_design
from replenish.statistics.profiled_likelihood import (
    Profile,
    ProfiledLikelihood,
    RandomEffects,
    minimise_many,
    minimise_one,
)
from replenish.statistics.random_intercepts import NestedIntercepts, RandomIntercept
from replenish.statistics.random_slopes import RandomSlopes
from replenish.statistics.satterthwaite import VarianceKnowledge, variance_knowledge
from replenish.statistics.unit_moments import UnitMoments

__all__ = ["Estimate", "MixedModel", "contrast", "fit_mixed_model"]

Floats = NDArray[np.float64]
# A spread under a millionth of the residual one is the boundary zero, reached to rounding.
NO_SPREAD = 1e-6


@dataclass(frozen=True, eq=False)
class MixedModel:
    """A fitted linear mixed model; nothing is rounded.

    Attributes:
        n: rows.
        units: units with at least one complete row.
        parents: parents of units, zero without a third level.
        terms: estimates by name, "(intercept)" first; raw units of outcome by condition.
        covariance: sampling covariance of the coefficients by pair of names.
        variance: "unit", "residual", with three levels "parent", with slopes "slope of <condition>".
            With slopes, "unit" is the variance of units where the slope columns are zero.
        unit_covariance: covariance of the effects of a unit, by pair of names of `variance`.
        icc: share of the variance left by the conditions that lies between units (parents included);
            with random slopes, at the mean of the slope columns.
        deviance: minus twice the log-likelihood; with REML the REML criterion.
        log_likelihood: minus half of it.
        method: "REML" or "ML".
        intervals: how the intervals were made.
        at_boundary: whether some spread was estimated as zero, a normal answer.
        knowledge: how well the variances of the coefficients are known.
    """

    n: int
    units: int
    parents: int
    terms: Mapping[str, Estimate]
    covariance: Mapping[tuple[str, str], float]
    variance: Mapping[str, float]
    unit_covariance: Mapping[tuple[str, str], float]
    icc: float
    deviance: float
    log_likelihood: float
    method: str
    intervals: str
    at_boundary: bool
    knowledge: VarianceKnowledge


def fit_mixed_model(
    moments: UnitMoments,
    outcome: str,
    conditions: Sequence[str],
    *,
    method: Literal["REML", "ML"] = "REML",
    random_slope: str | Sequence[str] | None = None,
    split: Literal["within-between"] | None = None,
    level: float = 0.95,
) -> MixedModel:
    """Fit `outcome ~ conditions + (1 | unit)`, or `(1 | parent / unit)` where the moments hold parents.

    Args:
        moments: unit moments with the outcome and the conditions; random slopes need products per unit.
        outcome: name of the outcome.
        conditions: names of the conditions, as they are.
        method: restricted (REML) or full (ML) maximum likelihood.
        random_slope: conditions whose slope differs by unit, correlated with the intercept.
        split: "within-between" replaces each condition by the mean of the unit and the distance from it,
            "<name> (between units)" and "<name> (within units)"; a condition that does not vary inside
            units, or whose unit means do not vary, keeps only the part that varies. A random slope then
            belongs to the part within units.
        level: confidence level of the intervals, which use the t distribution with Satterthwaite's
            degrees of freedom.

    Raises:
        Refused: an unknown method or split; unknown, repeated or taken names; the outcome among the
            conditions; a column that does not vary; conditions that determine each other; one unit, too
            few units or rows; units of one row only; an outcome explained exactly; random slopes without
            products per unit, in three levels, or of a column that does not vary inside units.
    """
    _check_choice(method, "REML", "ML")
    _check_choice(split, None, "within-between")
    slopes = [random_slope] if isinstance(random_slope, str) else list(random_slope or ())
    for name in slopes:
        if name not in conditions:
            refuse(StatisticsFault.STATISTICS_SLOPE_NOT_A_CONDITION, column=name)
    if split == "within-between":
        moments, conditions = split_conditions(moments, outcome, conditions)
        slopes = [f"{name} (within units)" for name in slopes]
    design = build_design(moments, outcome, conditions)
    effects = _random_effects(design, slopes)
    likelihood = ProfiledLikelihood(effects, design.rows, method == "REML")
    if isinstance(effects, RandomIntercept):
        best = minimise_one(likelihood, design.rows / len(design.n))
    else:
        best = minimise_many(likelihood, effects.starts)
    best = _settle(likelihood, best)
    return _model(design, effects, likelihood, best, slopes, level)


def _check_choice(given: str | None, *known: str | None) -> None:
    # A misspelt method must not quietly become the other one.
    if given not in known:
        refuse(StatisticsFault.STATISTICS_CHOICE, given=given, known=", ".join(str(name) for name in known))


def split_conditions(
    moments: UnitMoments, outcome: str, conditions: Sequence[str]
) -> tuple[UnitMoments, list[str]]:
    """Split conditions into unit mean and distance from it, keeping the parts that vary."""
    chosen = moments.select(list(dict.fromkeys([*conditions, outcome])))
    if outcome in conditions:
        refuse(StatisticsFault.STATISTICS_OUTCOME_AMONG_CONDITIONS, column=outcome)
    parted = chosen.split_within_between(list(dict.fromkeys(conditions)))
    scatter = parted.products - np.outer(parted.sums.sum(axis=0), parted.sums.sum(axis=0)) / parted.rows
    kept = []
    for name in conditions:
        total = chosen.products[chosen.position(name), chosen.position(name)]
        parts = [f"{name} (between units)", f"{name} (within units)"]
        sizes = [scatter[parted.position(part), parted.position(part)] for part in parts]
        varying = [part for part, size in zip(parts, sizes, strict=True) if size > 1e-20 * total]
        # A column that varies nowhere is refused by name where the design is checked.
        kept += varying or parts[:1]
    return parted, kept


def contrast(model: MixedModel, weights: Mapping[str, float], level: float = 0.95) -> Estimate:
    """Estimate a combination of coefficients, e.g. three hours more: `{"hours": 3.0}`.

    Args:
        model: a fitted model.
        weights: by term; terms not named weigh nothing.
        level: confidence level.

    Raises:
        Refused: an unknown term.
    """
    names = list(model.terms)
    for name in weights:
        if name not in names:
            refuse(StatisticsFault.STATISTICS_COLUMN_UNKNOWN, column=name, known=", ".join(names))
    w = np.array([weights.get(name, 0.0) for name in names])
    V = np.array([[model.covariance[one, other] for other in names] for one in names])
    estimate = sum(weight * model.terms[name].estimate for name, weight in weights.items())
    variance = float(w @ V @ w)
    df = model.knowledge.degrees_of_freedom(w, variance)
    return interval_estimate(float(estimate), sqrt(max(variance, 0.0)), df=df, level=level)


def _random_effects(design: Design, slopes: Sequence[str]) -> RandomEffects:
    if not slopes:
        if design.parent is None:
            return RandomIntercept.of(design)
        _check_parents(design, design.parent)
        return NestedIntercepts.of(design, design.parent)
    if design.parent is not None:
        refuse(StatisticsFault.STATISTICS_SLOPES_IN_THREE_LEVELS)
    if design.unit_within is None:
        refuse(StatisticsFault.STATISTICS_UNIT_PRODUCTS)
    at = []
    for name in slopes:
        if name not in design.terms or design.within[j := design.terms.index(name), j] < 1e-9 * design.rows:
            refuse(StatisticsFault.STATISTICS_SLOPE_FLAT, column=name)
        at.append(j)
    least = len(design.n) * (len(slopes) + 1) + 1
    if design.rows < least:
        refuse(StatisticsFault.STATISTICS_TOO_FEW_ROWS, n=design.rows, least=least)
    return RandomSlopes.of(design, design.unit_within, at)


def _check_parents(design: Design, parent: NDArray[np.int64]) -> None:
    parents = len(np.unique(parent))
    if parents < 2:
        refuse(StatisticsFault.STATISTICS_ONE_PARENT)
    if parents == len(design.n):
        refuse(StatisticsFault.STATISTICS_PARENTS_OF_ONE)


def _settle(likelihood: ProfiledLikelihood, best: Profile) -> Profile:
    """Put spreads that are zero to rounding at zero, unless that makes the fit worse."""
    small = np.abs(best.theta) < NO_SPREAD
    if not small.any():
        return best
    settled = likelihood.at(np.where(small, 0.0, best.theta))
    return settled if settled.criterion <= best.criterion + 1e-9 * abs(best.criterion) else best


def _model(
    design: Design,
    effects: RandomEffects,
    likelihood: ProfiledLikelihood,
    best: Profile,
    slopes: Sequence[str],
    level: float,
) -> MixedModel:
    scale = design.scale
    coefficients = scale.to_raw @ best.coefficients + scale.origin
    residual = scale.outcome_scale**2 * best.residual / best.rows
    V = scale.to_raw @ (best.inverse * (best.residual / best.rows)) @ scale.to_raw.T
    knowledge = variance_knowledge(likelihood, best, scale.to_raw)
    terms = {}
    for j, name in enumerate(design.terms):
        df = knowledge.degrees_of_freedom(np.eye(len(V))[j], V[j, j])
        terms[name] = interval_estimate(float(coefficients[j]), sqrt(V[j, j]), df=df, level=level)
    variance, unit_covariance, at_mean = _variances(design, effects, best.theta, residual, slopes)
    criterion = best.criterion + 2 * best.rows * log(scale.outcome_scale)
    if likelihood.reml:
        criterion += 2 * float(np.log(scale.scale).sum())
    return MixedModel(
        n=design.rows,
        units=len(design.n),
        parents=0 if design.parent is None else len(np.unique(design.parent)),
        terms=terms,
        covariance={
            (one, other): float(V[i, j])
            for i, one in enumerate(design.terms)
            for j, other in enumerate(design.terms)
        },
        variance=variance,
        unit_covariance=unit_covariance,
        icc=at_mean / (at_mean + residual),
        deviance=criterion,
        log_likelihood=-criterion / 2,
        method="REML" if likelihood.reml else "ML",
        intervals="t with Satterthwaite's degrees of freedom",
        at_boundary=_at_boundary(effects, best.theta),
        knowledge=knowledge,
    )


def _at_boundary(effects: RandomEffects, theta: Floats) -> bool:
    if isinstance(effects, RandomSlopes):
        theta = np.diag(effects.factor(theta))
    return bool((np.abs(theta) < NO_SPREAD).any())


def _variances(
    design: Design, effects: RandomEffects, theta: Floats, residual: float, slopes: Sequence[str]
) -> tuple[dict[str, float], dict[tuple[str, str], float], float]:
    """Variances by name, covariances of the effects of a unit, and the variance between units at the mean."""
    if isinstance(effects, RandomSlopes):
        T = effects.factor(theta)
        at = [design.terms.index(name) - 1 for name in slopes]
        back = np.diag(np.concatenate([[1.0], 1 / design.scale.scale[at]]))
        back[0, 1:] = -design.scale.shift[at] / design.scale.scale[at]
        at_mean = residual * (T @ T.T)
        covariance = back @ at_mean @ back.T
        names = ["unit", *(f"slope of {name}" for name in slopes)]
        variance = {name: float(covariance[i, i]) for i, name in enumerate(names)}
        pairs = {
            (one, other): float(covariance[i, j])
            for i, one in enumerate(names)
            for j, other in enumerate(names)
            if i < j
        }
        return {**variance, "residual": residual}, pairs, float(at_mean[0, 0])
    names = ["unit"] if isinstance(effects, RandomIntercept) else ["unit", "parent"]
    variance = {name: residual * float(part) ** 2 for name, part in zip(names, theta, strict=True)}
    return {**variance, "residual": residual}, {}, sum(variance.values())
