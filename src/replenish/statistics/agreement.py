"""Whether the people of a unit resemble and agree with each other: ICC(1), ICC(2), rwg and rwg(j)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc, fdtri

from replenish.basis.errors import refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.unit_codes import Label
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OneWay:
    """One-way analysis of variance of a column over units; never rounded.

    Attributes:
        units: units with at least one complete row.
        rows: complete rows.
        mean_square_between: with units - 1 degrees of freedom.
        mean_square_within: with rows - units degrees of freedom.
        mean_size: rows / units, which `icc1` uses as R's `multilevel` does.
        effective_size: n0 of unequal units, (rows - sum n^2 / rows) / (units - 1).
        variance_between: (between - within) / effective_size, negative where units differ less than chance.
        f: between / within; infinite where nobody differs inside units.
        p: chance of an f as large where units do not differ; exact for normal answers, any unit sizes.
        icc1: share of one person's answer that units account for; may be negative.
        icc2: reliability of the mean of a unit of average size; may be negative.
    """

    units: int
    rows: int
    mean_square_between: float
    mean_square_within: float
    mean_size: float
    effective_size: float
    variance_between: float
    f: float
    p: float
    icc1: float
    icc2: float


@dataclass(frozen=True)
class UnitAgreement:
    """rwg or rwg(j) per unit, its mean and median; units of one person are left out and named."""

    by_unit: Mapping[Label, float]
    mean: float
    median: float
    single: tuple[Label, ...]


def unit_keys(moments: UnitMoments) -> tuple[Label, ...]:
    """A name for each unit that no other has: the label, or (parent label, label) with a third level."""
    if moments.parent is None:
        return moments.labels
    above = [moments.parent_labels[i] for i in moments.parent.tolist()]
    return tuple(zip(above, moments.labels, strict=True))


def one_way(moments: UnitMoments, name: str) -> OneWay:
    """Analysis of variance of a column over units, unequal sizes allowed.

    Args:
        moments: unit moments that hold the column.
        name: the column.

    Raises:
        Refused: an unknown column; fewer than two units; no unit of two people; no spread at all.

    Source: Bliese (2000) in Klein & Kozlowski, Multilevel Theory, Research and Methods in
    Organizations, 349-381; Searle, Casella & McCulloch (1992), Variance Components, for n0.
    """
    j = moments.position(name)
    units, rows = len(moments.n), moments.rows
    if units < 2:
        refuse(AgreementFault.AGREEMENT_TOO_FEW_UNITS, column=name, units=units, least=2)
    if rows == units:
        refuse(AgreementFault.AGREEMENT_NO_PAIRS, column=name)
    n = moments.n.astype(np.float64)
    means = moments.unit_means[:, j] - moments.shift[j]
    grand = float(n @ means) / rows
    between = float(n @ (means - grand) ** 2) / (units - 1)
    within = float(moments.within[j, j]) / (rows - units)
    if between + within <= 1e-20 * (1 + abs(moments.shift[j])) ** 2:
        refuse(AgreementFault.AGREEMENT_NO_SPREAD, column=name)
    size = rows / units
    effective = (rows - float(n @ n) / rows) / (units - 1)
    f = between / within if within > 0 else np.inf
    return OneWay(
        units=units,
        rows=rows,
        mean_square_between=between,
        mean_square_within=within,
        mean_size=size,
        effective_size=effective,
        variance_between=(between - within) / effective,
        f=f,
        p=float(fdtrc(units - 1, rows - units, f)),
        icc1=(between - within) / (between + (size - 1) * within),
        icc2=(between - within) / between if between > 0 else -np.inf,
    )


def icc1(moments: UnitMoments, name: str) -> float:
    """ICC(1): the share of a person's answer that units account for (see `one_way`).

    From mean squares and the average unit size, as R's `multilevel::ICC1`. The ICC of a mixed model
    (`fit_mixed_model(...).icc`) weighs unequal units otherwise and is never negative; the two differ a
    little, and neither replaces the other.
    """
    return one_way(moments, name).icc1


def icc2(moments: UnitMoments, name: str) -> float:
    """ICC(2): the reliability of unit means, as R's `multilevel::ICC2` (see `one_way`)."""
    return one_way(moments, name).icc2


def icc1_interval(moments: UnitMoments, name: str, *, level: float = 0.95) -> tuple[float, float]:
    """Interval of ICC(1) from the F distribution, exact for normal answers in units of equal size.

    Unequal units enter by their average size, as in ICC(1) itself.

    Raises:
        Refused: as `one_way`; a level that is not between 0 and 1.

    Source: Searle (1971), Linear Models, chapter 9; McGraw & Wong (1996), Psychological Methods 1, 30-46.
    """
    if not 0 < level < 1:
        refuse(StatisticsFault.STATISTICS_LEVEL, level=level)
    anova = one_way(moments, name)
    above, below = anova.units - 1, anova.rows - anova.units
    tail = (1 - level) / 2
    ratios = (anova.f / float(fdtri(above, below, q)) for q in (1 - tail, tail))
    low, high = (
        (ratio - 1) / (ratio + anova.mean_size - 1) if np.isfinite(ratio) else 1.0 for ratio in ratios
    )
    return low, high


def unit_mean_reliability(moments: UnitMoments, name: str) -> dict[Label, float]:
    """Reliability of each unit's own mean: between / (between + within / n), 0 where units do not differ.

    Raises:
        Refused: as `one_way`.

    Source: Bliese (2000); Snijders & Bosker (2012), Multilevel Analysis, section 3.5.
    """
    anova = one_way(moments, name)
    between = max(anova.variance_between, 0.0)
    spread = between + anova.mean_square_within / moments.n
    values = np.divide(between, spread, out=np.zeros(len(spread)), where=spread > 0)
    return dict(zip(unit_keys(moments), values.tolist(), strict=True))


def uniform_null_variance(low: float, high: float, step: float | None = None) -> float:
    """Variance of answers given without any agreement: every possible answer equally often.

    Args:
        low: lowest possible answer.
        high: highest possible answer.
        step: distance between possible answers; None for any value between the ends. Steps of 1 on a scale
            of A answers give (A^2 - 1) / 12.

    Raises:
        Refused: ends in the wrong order; steps that do not lead from one end to the other.

    Source: James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98.
    """
    width = high - low
    possible = np.isfinite([low, high]).all() and width > 0
    if step is None:
        if not possible:
            refuse(AgreementFault.AGREEMENT_SCALE, low=low, high=high, step="any size")
        return width**2 / 12
    steps = width / step if possible and step > 0 else 0.0
    if steps < 1 or abs(steps - round(steps)) > 1e-9 * steps:
        refuse(AgreementFault.AGREEMENT_SCALE, low=low, high=high, step=step)
    return step**2 * ((round(steps) + 1) ** 2 - 1) / 12


def rwg(moments: UnitMoments, name: str, null_variance: float) -> UnitAgreement:
    """Agreement inside each unit on one column: 1 - variance / null variance, 0 where it would be negative.

    Args:
        moments: unit moments with products kept unit by unit.
        name: the column.
        null_variance: variance without any agreement, such as `uniform_null_variance`.

    Raises:
        Refused: products not kept unit by unit; a null variance of zero or less; no unit of two people.

    Source: James, Demaree & Wolf (1984, 1993); R's `multilevel::rwg`.
    """
    return _agreement(moments, [name], null_variance)


def rwg_j(moments: UnitMoments, names: Sequence[str], null_variance: float) -> UnitAgreement:
    """Agreement inside each unit on the j items of a scale, 0 where the items vary more than by chance.

    With q = mean item variance / null variance, set to 1 where it exceeds 1: j(1 - q) / (j(1 - q) + q).

    Args:
        moments: unit moments of the items, with products kept unit by unit.
        names: the j items, all on one scale.
        null_variance: variance of one item without any agreement, such as `uniform_null_variance`.

    Raises:
        Refused: no item; products not kept unit by unit; a null variance of zero or less; no unit of two.

    Source: James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98; R's
    `multilevel::rwg.j`.
    """
    if not names:
        refuse(StatisticsFault.STATISTICS_NO_COLUMN)
    return _agreement(moments, names, null_variance)


def _agreement(moments: UnitMoments, names: Sequence[str], null_variance: float) -> UnitAgreement:
    if not (null_variance > 0 and np.isfinite(null_variance)):
        refuse(AgreementFault.AGREEMENT_NULL_VARIANCE, value=null_variance)
    if moments.unit_within is None:
        refuse(StatisticsFault.STATISTICS_UNIT_PRODUCTS)
    at = [moments.position(name) for name in names]
    pairs = moments.n > 1
    if not pairs.any():
        refuse(AgreementFault.AGREEMENT_NO_PAIRS)
    spread = moments.unit_within[:, at, at][pairs].mean(axis=1) / (moments.n[pairs] - 1)
    q = np.minimum(spread / null_variance, 1.0)
    j = len(at)
    values = (j * (1 - q) / (j * (1 - q) + q)).tolist()
    keys = unit_keys(moments)
    named = [key for key, kept in zip(keys, pairs.tolist(), strict=True) if kept]
    single = tuple(key for key, kept in zip(keys, pairs.tolist(), strict=True) if not kept)
    return UnitAgreement(dict(zip(named, values, strict=True)), fmean(values), median(values), single)
