"""Conditions and what goes with them: how much better off units would be expected to be, and how sure.

Two models, never mixed: own reports (mixed model, several conditions under one prior) and split voice
(each person's outcome against what the others report). All results are associations, not causes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from replenish.basis.errors import Problem, problem, refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import OneWay, one_way
from replenish.statistics.estimate import Estimate
from replenish.statistics.ridge import RidgeEffect, RidgeEffects, ridge_effects
from replenish.statistics.ridge_posterior import mixture_draws
from replenish.statistics.split_voice import (
    LEAST_RELIABILITY,
    SplitVoiceEffect,
    check_columns_differ,
    least_reliable_among,
    others_reliability,
    split_voice_effects,
    unreliable,
)
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]

DRAWS = 20_000
# The quarters of a normal distribution stand this many standard deviations apart.
QUARTERS_APART = float(2 * ndtri(0.75))
ALIKE_P = 0.05
ALIKE_ICC = 0.01


@dataclass(frozen=True)
class Quarters:
    """The lower and upper quarter of units in a condition, and which of the two is better.

    Both are mean -/+ 0.674 standard deviations of the distribution *between units with sampling noise taken
    out*: a normal approximation, so that no unit's own mean, and no order statistic of a few, is shown.
    """

    low: float
    high: float
    worse: float
    better: float


@dataclass(frozen=True)
class SplitVoice:
    """A condition as the others report it.

    `quarter` is as in `ConditionEffect`. `held_equal` names the conditions and exposures held equal, as the
    others report them; it is empty where others' reports cannot tell them apart, and the condition then
    stands alone.
    """

    effect: SplitVoiceEffect
    quarter: Estimate
    held_equal: tuple[str, ...]


@dataclass(frozen=True)
class ConditionEffect:
    """What one condition goes with.

    Attributes:
        own: differences per point of the condition, own reports, between units and inside them.
        quarters: the quarters compared.
        quarter: expected change of the outcome if units like the worse quarter had what the better quarter
            has, own reports, other conditions and exposures equal; the spread of the condition is held.
        split_voice: the same by others' reports, or why it is refused.
        probability_first: posterior probability that this condition's quarter contrast improves the outcome,
            and more than any other condition's (own reports).
    """

    own: RidgeEffect
    quarters: Quarters
    quarter: Estimate
    split_voice: SplitVoice | Problem
    probability_first: float


@dataclass(frozen=True, eq=False)
class ConditionEffects:
    """All conditions of one outcome.

    Attributes:
        outcome: its name.
        outcome_higher_is_better: its direction.
        n: people with complete answers.
        units: units.
        level: level of all intervals.
        differences: analysis of variance of the outcome over units, with ICC(1) and ICC(2).
        icc: ICC(1) of the outcome; may be negative.
        units_hardly_differ: true where the F test of the outcome over units has p >= .05, or ICC(1) is under
            .01 (units then explain less than a hundredth of the spread, however sure that is).
        share_explained: share of the differences between units that all conditions together go with,
            posterior median and quantiles; exposures held equal.
        probability_none: posterior probability that no condition's quarter contrast improves the outcome;
            with `probability_first` of all conditions it adds up to 1.
        conditions: the effects, in the order asked for.
        left_out: conditions that were not compared, and why.
        ridge: the model of own reports.
    """

    outcome: str
    outcome_higher_is_better: bool
    n: int
    units: int
    level: float
    differences: OneWay
    icc: float
    units_hardly_differ: bool
    share_explained: Estimate
    probability_none: float
    conditions: Mapping[str, ConditionEffect]
    left_out: Mapping[str, Problem]
    ridge: RidgeEffects


def condition_effects(
    moments: UnitMoments,
    outcome: str,
    conditions: Sequence[str],
    *,
    higher_is_better: Collection[str] = (),
    exposures: Sequence[str] = (),
    level: float = 0.90,
    seed: int = 0,
) -> ConditionEffects:
    """What goes with an outcome between units, by own reports and by the reports of others.

    A condition in which units differ no more than by chance (variance between units estimated at zero)
    cannot explain differences between units; it is left out by name, before anything is fitted.

    Args:
        moments: unit moments of all the columns, with products kept unit by unit.
        outcome: the column of the outcome.
        conditions: columns of conditions.
        higher_is_better: which of the outcome and the conditions are better when higher; of all others,
            less is better.
        exposures: columns of exposure, held equal.
        level: probability that each interval holds.
        seed: of the draws behind probabilities and the share; their error is under half a percentage point.

    Raises:
        Refused: a column named twice or unknown; a direction for a column that is neither outcome nor
            condition; no condition in which units differ; products not kept unit by unit; whatever
            `ridge_effects` refuses.

    Source: Gelman, Goodrich, Gabry & Vehtari (2019), The American Statistician 73, 307-309, for the share
    explained (Bayesian R2, over units); otherwise as `ridge_effects` and `split_voice_effects`.
    """
    _check_question(moments, outcome, conditions, exposures, higher_is_better)
    chosen = moments.select([outcome, *conditions, *exposures])
    differences = one_way(chosen, outcome)
    quarters, left_out = _quarters(chosen, conditions, higher_is_better)
    if not quarters:
        refuse(AgreementFault.CONDITIONS_UNITS_ALIKE, column=", ".join(conditions))
    ridge = ridge_effects(chosen, outcome, list(quarters), exposures=exposures, level=level)
    split = _split_voice(chosen, outcome, quarters, exposures, level)
    first, none, share = _draw(ridge, quarters, seed, higher_is_better=outcome in higher_is_better)
    return ConditionEffects(
        outcome=outcome,
        outcome_higher_is_better=outcome in higher_is_better,
        n=chosen.rows,
        units=differences.units,
        level=level,
        differences=differences,
        icc=differences.icc1,
        units_hardly_differ=differences.p >= ALIKE_P or differences.icc1 < ALIKE_ICC,
        share_explained=share,
        probability_none=none,
        conditions={
            name: ConditionEffect(own, pair, _contrast(own.between, pair), split[name], first[name])
            for (name, pair), own in zip(quarters.items(), ridge.conditions.values(), strict=True)
        },
        left_out=left_out,
        ridge=ridge,
    )


def _check_question(
    moments: UnitMoments,
    outcome: str,
    conditions: Sequence[str],
    exposures: Sequence[str],
    higher_is_better: Collection[str],
) -> None:
    check_columns_differ(outcome, conditions, exposures)
    if moments.unit_within is None:
        refuse(StatisticsFault.STATISTICS_UNIT_PRODUCTS)
    for name in higher_is_better:
        if name != outcome and name not in conditions:
            refuse(AgreementFault.CONDITIONS_DIRECTION, column=name)


def _quarters(
    moments: UnitMoments, conditions: Sequence[str], higher_is_better: Collection[str]
) -> tuple[dict[str, Quarters], dict[str, Problem]]:
    """The quarters of each condition in which units differ, and why the others are left out."""
    quarters, left_out = {}, {}
    for name in conditions:
        anova = one_way(moments, name)
        if anova.variance_between <= 1e-12 * anova.mean_square_between:
            left_out[name] = problem(AgreementFault.CONDITIONS_UNITS_ALIKE, column=name)
            continue
        j = moments.position(name)
        middle = float(moments.shift[j] + moments.sums[:, j].sum() / moments.rows)
        half = float(np.sqrt(anova.variance_between)) * QUARTERS_APART / 2
        low, high = middle - half, middle + half
        worse, better = (low, high) if name in higher_is_better else (high, low)
        quarters[name] = Quarters(low, high, worse, better)
    return quarters, left_out


def _contrast(effect: Estimate, quarters: Quarters) -> Estimate:
    """From the worse quarter to the better one; the ends change places where that is downwards."""
    width = quarters.better - quarters.worse
    low, high = sorted((effect.low * width, effect.high * width))
    return Estimate(effect.estimate * width, effect.se * abs(width), low, high, effect.df)


def _split_voice(
    moments: UnitMoments,
    outcome: str,
    quarters: Mapping[str, Quarters],
    exposures: Sequence[str],
    level: float,
) -> dict[str, SplitVoice | Problem]:
    """Others' reports of every condition whose reliability allows it, together where they can be told apart.

    An exposure whose others' reports are too unreliable differs too little between units to confound a
    contrast between units, and is not held equal; `held_equal` shows it.
    """
    single = int((moments.n < 2).sum())
    units = len(moments.n) - single
    names = [*quarters, *exposures]
    if units < 4:
        few = problem(AgreementFault.SPLIT_VOICE_TOO_FEW_UNITS, units=units, least=4)
        return dict.fromkeys(quarters, few)
    reliability = others_reliability(moments, names)
    refused = {name: why for name in names if (why := unreliable(name, reliability[name])) is not None}
    usable = [name for name in names if name not in refused]
    together = (
        units >= len(usable) + 3
        and len(usable) > 0
        and least_reliable_among(moments, usable) >= LEAST_RELIABILITY
    )
    joint = split_voice_effects(moments, outcome, usable, level=level) if together else {}
    found: dict[str, SplitVoice | Problem] = {}
    for name in quarters:
        if name in refused:
            found[name] = refused[name]
            continue
        effect = joint[name] if together else split_voice_effects(moments, outcome, [name], level=level)[name]
        held = tuple(other for other in usable if other != name) if together else ()
        found[name] = SplitVoice(effect, _contrast(effect, quarters[name]), held)
    return found


def _draw(
    ridge: RidgeEffects, quarters: Mapping[str, Quarters], seed: int, *, higher_is_better: bool
) -> tuple[dict[str, float], float, Estimate]:
    """Probability of being the most useful first, of none being useful, and the share explained."""
    design = ridge.design
    coefficients, unit_variance = mixture_draws(ridge.posterior.between, DRAWS, np.random.default_rng(seed))
    flat = design.between.flat
    slopes = coefficients[:, flat:]
    names = design.between_names[flat - 1 :]
    widths = np.array([(quarters[name].better - quarters[name].worse) for name in names])
    scales = np.array([design.between_scale[name] for name in names])
    gains = slopes * (widths / scales) * (1.0 if higher_is_better else -1.0)
    best = np.where(gains.max(axis=1) > 0, gains.argmax(axis=1), len(names))
    shares = np.bincount(best, minlength=len(names) + 1) / DRAWS
    explained = _explained_variance(ridge, slopes)
    share = explained / (explained + unit_variance)
    low, middle, high = np.quantile(share, [(1 - ridge.level) / 2, 0.5, (1 + ridge.level) / 2]).tolist()
    first = dict(zip(names, shares[:-1].tolist(), strict=True))
    return first, float(shares[-1]), Estimate(middle, float(share.std()), low, high)


def _explained_variance(ridge: RidgeEffects, slopes: Floats) -> Floats:
    """Variance over units of what the conditions account for, once exposures are taken out, per draw."""
    block = ridge.design.between
    gram = block.grams.sum(axis=0)[:-1, :-1]
    flat = block.flat
    cross = gram[:flat, flat:]
    left = gram[flat:, flat:] - cross.T @ np.linalg.solve(gram[:flat, :flat], cross)
    variance = np.einsum("di,ij,dj->d", slopes, left, slopes) / (ridge.units - 1)
    return np.asarray(variance, dtype=np.float64)
