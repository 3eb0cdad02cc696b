"""How well the items of a scale hang together: Cronbach's alpha and omega, from item moments alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.special import fdtri

from replenish.basis.errors import Fault, Problem, Refused, problem, refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.moments import Moments

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha of a sum of k items, with its interval; never rounded.

    `standardised` is alpha of the sum of the items' z scores.
    """

    alpha: float
    low: float
    high: float
    standardised: float


@dataclass(frozen=True)
class Omega:
    """Omega total of a one-factor model, with each item's standardised loading."""

    omega: float
    loadings: Mapping[str, float]


@dataclass(frozen=True)
class ItemReliability:
    """One item beside the others of its scale.

    `alpha_without` is alpha of the scale without the item, None in a scale of two items; `item_rest` is
    the correlation of the item with the sum of the others; `loading` is standardised.
    """

    mean: float
    sd: float
    alpha_without: float | None
    item_rest: float
    loading: float


@dataclass(frozen=True)
class Reliability:
    """Reliability of a scale in n people; `low` to `high` is the interval of alpha.

    Where answers are kept pairwise, n counts the people behind the rarest pair of items.
    """

    alpha: float
    low: float
    high: float
    level: float
    alpha_standardised: float
    omega: float
    n: int
    items: Mapping[str, ItemReliability]


def alpha(moments: Moments, *, level: float = 0.95) -> Alpha:
    """Cronbach's alpha of the sum of the items, with the interval of Feldt.

    Args:
        moments: moments of the k items (complete or pairwise), already scored in one direction.
        level: confidence level of the interval, between 0 and 1.

    Raises:
        Refused: fewer than two items or three people; an item that does not vary; items that cancel out.

    Source: Cronbach (1951), Psychometrika 16, 297-334; Feldt, Woodruff & Salih (1987), Applied
    Psychological Measurement 11, 93-103.
    """
    covariance = _item_covariance(moments)
    if not 0 < level < 1:
        refuse(StatisticsFault.STATISTICS_LEVEL, level=level)
    value = _alpha(covariance)
    k, df = len(moments.names), people_behind(moments) - 1
    tail = (1 - level) / 2
    return Alpha(
        value,
        1 - (1 - value) * float(fdtri(df, df * (k - 1), 1 - tail)),
        1 - (1 - value) * float(fdtri(df, df * (k - 1), tail)),
        _alpha(_correlation(covariance)),
    )


def omega(moments: Moments) -> Omega:
    """Omega total of the sum of the items' z scores, from one factor fitted by minimum residuals.

    Loadings minimise the squared residuals of the correlations off the diagonal (minres); omega is
    1 - (sum of uniquenesses) / (sum of all correlations). Two items do not identify loadings; they are
    taken as equal, and omega is then the standardised alpha.

    Args:
        moments: moments of the k items (complete or pairwise), already scored in one direction.

    Raises:
        Refused: as `alpha`; an item with a negative loading; an item without uniqueness (Heywood case).

    Source: McDonald (1999), Test Theory; Harman & Jones (1966), Psychometrika 31, 351-368; computed as
    Revelle's `psych::omega` with one factor computes it.
    """
    _item_covariance(moments)
    correlation = moments.correlation()
    loadings = one_factor_minres(correlation)
    against = [_at(AgreementFault.RELIABILITY_REVERSED_ITEM, moments, j) for j in _where(loadings < 0)]
    if against:
        raise Refused(against)
    full = [_at(AgreementFault.RELIABILITY_NO_ROOM, moments, j) for j in _where(loadings >= 1)]
    if full:
        raise Refused(full)
    value = 1 - float((1 - loadings**2).sum() / correlation.sum())
    return Omega(value, dict(zip(moments.names, loadings.tolist(), strict=True)))


def reliability(moments: Moments, *, level: float = 0.95) -> Reliability:
    """Alpha, omega and the standing of each item, exactly as from the rows.

    Args:
        moments: moments of the k items (complete or pairwise), already scored in one direction.
        level: confidence level of the interval of alpha, between 0 and 1.

    Raises:
        Refused: whatever `alpha` and `omega` refuse.
    """
    scale, factor = alpha(moments, level=level), omega(moments)
    covariance = moments.covariance()
    items = {
        name: ItemReliability(
            mean=moments.mean(name),
            sd=moments.sd(name),
            alpha_without=_alpha_without(covariance, j),
            item_rest=_item_rest(covariance, j),
            loading=factor.loadings[name],
        )
        for j, name in enumerate(moments.names)
    }
    return Reliability(
        scale.alpha,
        scale.low,
        scale.high,
        level,
        scale.standardised,
        factor.omega,
        people_behind(moments),
        items,
    )


def people_behind(moments: Moments) -> int:
    """People with complete answers; where answers are kept pairwise, those behind the rarest pair."""
    return int(moments.counts.min())


def one_factor_minres(correlation: Floats) -> Floats:
    """Loadings (k,) of one factor that leave the least squared residual correlations off the diagonal.

    The sign is such that most loadings are positive. A Heywood case shows as a loading of 1 or more; where
    the residuals only fall as one loading grows without end, that loading is returned as it stands.

    Args:
        correlation: (k, k) correlation matrix, k >= 2.
    """
    k = len(correlation)
    if k == 2:
        r = float(correlation[0, 1])
        return np.array([np.sqrt(abs(r)), np.sign(r) * np.sqrt(abs(r))])
    rows, columns = np.triu_indices(k, 1)
    target = correlation[rows, columns]
    pair = np.arange(len(rows))

    def residuals(loadings: Floats) -> Floats:
        difference: Floats = loadings[rows] * loadings[columns] - target
        return difference

    def slopes(loadings: Floats) -> Floats:
        jacobian = np.zeros((len(rows), k))
        jacobian[pair, rows] = loadings[columns]
        jacobian[pair, columns] = loadings[rows]
        return jacobian

    values, vectors = np.linalg.eigh(correlation)
    start = vectors[:, -1] * np.sqrt(values[-1]) * 0.9
    fitted = least_squares(residuals, start, slopes, method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    loadings: Floats = fitted.x
    return loadings if loadings.sum() >= 0 else -loadings


def _item_covariance(moments: Moments) -> Floats:
    """The covariance of the items, once it is known to carry a reliability."""
    if len(moments.names) < 2:
        refuse(AgreementFault.RELIABILITY_TOO_FEW_ITEMS, least=2, items=len(moments.names))
    if (n := people_behind(moments)) < 3:
        refuse(StatisticsFault.STATISTICS_TOO_FEW_ROWS, n=n, least=3)
    covariance = moments.covariance()
    variances = np.diag(covariance)
    # The spread that rounding leaves in a constant column grows with the size of its values.
    noise = 1e-20 * (1 + np.abs(moments.shift)) ** 2
    constant = [_at(AgreementFault.RELIABILITY_CONSTANT_ITEM, moments, j) for j in _where(variances <= noise)]
    if constant:
        raise Refused(constant)
    if covariance.sum() <= 1e-12 * variances.sum():
        refuse(AgreementFault.RELIABILITY_NO_TOTAL)
    return covariance


def _where(condition: NDArray[np.bool_]) -> list[int]:
    return np.flatnonzero(condition).tolist()


def _at(fault: Fault, moments: Moments, j: int) -> Problem:
    return problem(fault, column=moments.names[j])


def _correlation(covariance: Floats) -> Floats:
    sd = np.sqrt(np.diag(covariance))
    correlation: Floats = covariance / np.outer(sd, sd)
    return correlation


def _alpha(covariance: Floats) -> float:
    k = len(covariance)
    return k / (k - 1) * (1 - float(np.trace(covariance) / covariance.sum()))


def _alpha_without(covariance: Floats, j: int) -> float | None:
    if len(covariance) == 2:
        return None
    return _alpha(np.delete(np.delete(covariance, j, axis=0), j, axis=1))


def _item_rest(covariance: Floats, j: int) -> float:
    own = covariance[j, j]
    with_rest = covariance[j].sum() - own
    rest = covariance.sum() - 2 * with_rest - own
    return float(with_rest / np.sqrt(own * rest))
