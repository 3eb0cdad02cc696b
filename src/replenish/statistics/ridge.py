"""Several conditions at once, even where they go together: a normal prior with an estimated scale.

Conditions that rise and fall together cannot be told apart by plain estimates, whose signs then jump about.
A shared prior draws them towards each other's size, and the intervals say how little is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import one_way
from replenish.statistics.estimate import Estimate
from replenish.statistics.ridge_posterior import (
    Block,
    Mixture,
    Posterior,
    Scales,
    Sizes,
    mixture_moments,
    mixture_quantiles,
    posterior,
)
from replenish.statistics.split_voice import check_columns_differ
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RidgeEffect:
    """What one condition goes with, per point of the condition, the other conditions held equal.

    `between` compares units whose people answer differently on average; `within` compares colleagues of one
    unit, and is None where all people of a unit share the value. Intervals are posterior quantiles and need
    not be symmetric; `se` is the posterior standard deviation.
    """

    between: Estimate
    within: Estimate | None


@dataclass(frozen=True, eq=False)
class RidgeEffects:
    """All conditions of one outcome, own reports.

    Attributes:
        n: people.
        units: units.
        level: level of all intervals.
        conditions: effects under the prior.
        exposures: covariates without prior, split in the same way.
        prior_sd_between: estimated standard deviation of effects between units, in points of the outcome
            per standard deviation of the condition's unit means.
        prior_sd_within: the same inside units, per standard deviation inside units.
        variance: "unit" and "residual", where the marginal likelihood is highest.
        design: the standardised design and the posterior behind the effects.
    """

    n: int
    units: int
    level: float
    conditions: Mapping[str, RidgeEffect]
    exposures: Mapping[str, RidgeEffect]
    prior_sd_between: float
    prior_sd_within: float
    variance: Mapping[str, float]
    design: RidgeDesign
    posterior: Posterior


@dataclass(frozen=True, eq=False)
class RidgeDesign:
    """The standardised problem: what each coefficient multiplies, and the normal equations.

    Attributes:
        between_names: exposures, then conditions, of the block between units (after the intercept).
        within_names: the same inside units, without columns that are the same for all people of a unit.
        between_scale: by name, the standard deviation of unit means.
        within_scale: by name, the standard deviation inside units.
        outcome_scale: the outcome's standard deviation inside units.
        centre: (1 + names,) means subtracted from the outcome and the columns between units.
        prior_scales: half-Cauchy scales of the three standard deviations.
    """

    between_names: tuple[str, ...]
    within_names: tuple[str, ...]
    between_scale: Mapping[str, float]
    within_scale: Mapping[str, float]
    outcome_scale: float
    centre: Floats
    prior_scales: Scales
    between: Block
    within: Block
    sizes: Sizes


def ridge_effects(
    moments: UnitMoments,
    outcome: str,
    conditions: Sequence[str],
    *,
    exposures: Sequence[str] = (),
    level: float = 0.90,
) -> RidgeEffects:
    """Effects of conditions under a normal prior of estimated scale, in a mixed model with random units.

    Every condition and exposure is split into the unit's mean and the distance from it (Mundlak 1978).
    Conditions are standardised, so that one prior fits all: effects between units share one prior scale,
    effects inside units another; exposures and the intercept have no prior. With X'V^-1X and X'V^-1y from
    unit moments the restricted marginal likelihood of both scales and of the variance of units costs
    nothing per person; its maximum gives the estimated scales (empirical Bayes). Coefficients are averaged
    over the three instead of held there, because intervals at one estimated scale are too narrow when
    there are few conditions or few units. Each standard deviation has a half-Cauchy prior: those of units
    and of effects between units with the standard deviation of the outcome's unit means as scale, that of
    effects inside units with the residual standard deviation.

    Args:
        moments: unit moments of all the columns.
        outcome: the column of the outcome.
        conditions: columns of conditions, penalised.
        exposures: columns of exposures, held equal without a prior.
        level: probability that each interval holds.

    Raises:
        Refused: a column named twice or unknown; no spread in the outcome, or none inside units; unit
            means of a condition that do not differ at all; an exposure that repeats another; fewer units
            than exposures + 4; a level not between 0 and 1.

    Source: Gelman & Hill (2007), Data Analysis Using Regression and Multilevel Models, chapters 12 and 13;
    MacKay (1992), Neural Computation 4, 415-447, for the marginal likelihood of a prior's scale.
    """
    if not 0 < level < 1:
        refuse(StatisticsFault.STATISTICS_LEVEL, level=level)
    design = ridge_design(moments, outcome, conditions, exposures)
    known = posterior(design.between, design.within, design.sizes, design.prior_scales)
    between = _estimates(design, known.between, level, between=True)
    within = _estimates(design, known.within, level, between=False)
    effects = {name: RidgeEffect(between[name], within.get(name)) for name in design.between_names}
    residual_sd = np.sqrt(known.residual_variance)
    likely = known.most_likely
    return RidgeEffects(
        n=moments.rows,
        units=len(moments.n),
        level=level,
        conditions={name: effects[name] for name in conditions},
        exposures={name: effects[name] for name in exposures},
        prior_sd_between=float(likely.between * residual_sd * design.outcome_scale),
        prior_sd_within=float(likely.within * residual_sd * design.outcome_scale),
        variance={
            "unit": float(likely.unit**2 * known.residual_variance * design.outcome_scale**2),
            "residual": float(known.residual_variance * design.outcome_scale**2),
        },
        design=design,
        posterior=known,
    )


def ridge_design(
    moments: UnitMoments, outcome: str, conditions: Sequence[str], exposures: Sequence[str] = ()
) -> RidgeDesign:
    """Standardise the columns and gather the normal equations by size of unit.

    Raises:
        Refused: as `ridge_effects`.
    """
    check_columns_differ(outcome, conditions, exposures)
    columns = [*exposures, *conditions]
    chosen = moments.select([outcome, *columns])
    anova = one_way(chosen, outcome)
    least = len(exposures) + 4
    if anova.units < least:
        refuse(AgreementFault.AGREEMENT_TOO_FEW_UNITS, units=anova.units, least=least)
    if anova.mean_square_within <= 1e-12 * anova.mean_square_between:
        refuse(AgreementFault.CONDITIONS_STEADY, column=outcome)
    within_sd = np.sqrt(np.diag(chosen.within) / (anova.rows - anova.units))
    means = chosen.unit_means
    spread = means.std(axis=0, ddof=1)
    for name, between, size in zip(columns, spread[1:], np.abs(means).max(axis=0)[1:], strict=True):
        if between <= 1e-9 * size:
            refuse(AgreementFault.CONDITIONS_UNITS_ALIKE, column=name)
    centre = (moments.n @ means) / anova.rows
    steady = within_sd <= 1e-9 * spread
    kept = [j for j, is_steady in enumerate(steady.tolist()) if not is_steady]
    scale = np.concatenate([within_sd[:1], spread[1:]])
    flat_within = sum(columns[j - 1] in exposures for j in kept[1:])
    between = _between_block(chosen, (means - centre) / scale, 1 + len(exposures))
    within = _within_block(chosen.within[np.ix_(kept, kept)], within_sd[kept], flat_within)
    for block, names in ((between[0], ["", *columns]), (within, [columns[j - 1] for j in kept[1:]])):
        _refuse_repeated(block, names)
    unit_spread = float(spread[0] / within_sd[0])
    return RidgeDesign(
        tuple(columns),
        tuple(columns[j - 1] for j in kept[1:]),
        dict(zip(columns, spread[1:].tolist(), strict=True)),
        {columns[j - 1]: float(within_sd[j]) for j in kept[1:]},
        float(within_sd[0]),
        centre,
        Scales(unit_spread, unit_spread, 1.0),
        between[0],
        within,
        between[1],
    )


def _between_block(moments: UnitMoments, means: Floats, flat: int) -> tuple[Block, Sizes]:
    """Products of (intercept, columns, outcome) of unit means, summed by size of unit."""
    size, kind, units = np.unique(moments.n, return_inverse=True, return_counts=True)
    rows = np.column_stack([np.ones(len(means)), means[:, 1:], means[:, 0]])
    grams = np.zeros((len(size), rows.shape[1], rows.shape[1]))
    order = np.argsort(kind, kind="stable")
    for k, members in enumerate(np.split(order, np.cumsum(units)[:-1])):
        grams[k] = rows[members].T @ rows[members]
    return Block(flat, grams), Sizes(size.astype(np.float64), units.astype(np.float64), moments.rows)


def _within_block(within: Floats, sd: Floats, flat: int) -> Block:
    standard = within / np.outer(sd, sd)
    order = [*range(1, len(sd)), 0]
    return Block(flat, standard[np.ix_(order, order)][None])


def _refuse_repeated(block: Block, names: Sequence[str]) -> None:
    """Refuse a column without prior that the columns before it already determine."""
    gram = block.grams.sum(axis=0)[: block.flat, : block.flat]
    for j in range(1, block.flat):
        before, cross = gram[:j, :j], gram[:j, j]
        left = gram[j, j] - cross @ np.linalg.solve(before, cross)
        if left <= 1e-10 * gram[j, j]:
            refuse(AgreementFault.CONDITIONS_REPEATED, column=names[j])


def _estimates(design: RidgeDesign, mixture: Mixture, level: float, *, between: bool) -> dict[str, Estimate]:
    """Posterior mean, standard deviation and quantiles per point of each column."""
    names = design.between_names if between else design.within_names
    scales = design.between_scale if between else design.within_scale
    skipped = 1 if between else 0
    mean, sd = mixture_moments(mixture)
    low, high = (mixture_quantiles(mixture, q) for q in ((1 - level) / 2, (1 + level) / 2))
    unit = [design.outcome_scale / scales[name] for name in names]
    return {
        name: Estimate(*(float(part[j + skipped] * unit[j]) for part in (mean, sd, low, high)))
        for j, name in enumerate(names)
    }
