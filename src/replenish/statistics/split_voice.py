"""Conditions as reported by the others: the contrast between units, free of one person's mood.

Whoever feels low may report both a worse condition and a worse outcome. Pairing each person's outcome
with what the *others* of the unit report breaks that link, if the pairs are used between units only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.clustered_variance import clustered_variance
from replenish.statistics.estimate import Estimate, interval_estimate
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]

LEAST_RELIABILITY = 0.3


@dataclass(frozen=True, kw_only=True)
class SplitVoiceEffect(Estimate):
    """Difference in the outcome between units that are one point apart in a condition, by others' reports.

    The estimate is corrected for the reliability of a mean of n - 1 reports; `uncorrected` is the plain
    least-squares slope on the others' mean. `reliability` is that of this condition's others' mean alone;
    `units` and `people` leave out units of one person.
    """

    reliability: float
    uncorrected: Estimate
    units: int
    people: int


@dataclass(frozen=True, eq=False)
class OthersProducts:
    """Products of own answers with the others' mean o_i = (S - x_i) / (n - 1), unit by unit, about a shift.

    Attributes:
        names: the p columns.
        n: (G,) people of each unit, two or more.
        sums: (G, p) sums of own answers; those of the others' means are the same.
        own_by_others: (G, p, p) sum of x_ij o_ik; symmetric.
        others_by_others: (G, p, p) sum of o_ij o_ik.
        single: units of one person, which have no others and are left out.
    """

    names: tuple[str, ...]
    n: Floats
    sums: Floats
    own_by_others: Floats
    others_by_others: Floats
    single: int


def others_products(moments: UnitMoments) -> OthersProducts:
    """Leave-one-out means and their products, exactly, from unit moments.

    With the unit mean m and the products W about it: sum x_i o_i' = n m m' - W / (n - 1) and
    sum o_i o_i' = n m m' + W / (n - 1)^2, all about the shift of the moments.

    Raises:
        Refused: products not kept unit by unit.
    """
    if moments.unit_within is None:
        refuse(StatisticsFault.STATISTICS_UNIT_PRODUCTS)
    kept = moments.n > 1
    n, sums, W = moments.n[kept].astype(np.float64), moments.sums[kept], moments.unit_within[kept]
    others = (n - 1)[:, None, None]
    square = sums[:, :, None] * sums[:, None, :] / n[:, None, None]
    return OthersProducts(
        moments.names, n, sums, square - W / others, square + W / others**2, int((~kept).sum())
    )


def others_reliability(moments: UnitMoments, names: Sequence[str]) -> dict[str, float]:
    """Reliability of the others' mean of each condition: the slope of own reports on the others' mean.

    Where V is the variance between units and E that between colleagues it estimates V / (V + E / (n - 1)),
    weighted over units of unequal size. It is negative where colleagues resemble each other less than
    strangers do, and 0 where the others' means do not vary.

    Raises:
        Refused: products not kept unit by unit; an unknown column; fewer than two units of two people.
    """
    products = others_products(moments.select(list(names)))
    if len(products.n) < 2:
        refuse(AgreementFault.SPLIT_VOICE_TOO_FEW_UNITS, units=len(products.n), least=2)
    own, others = _centred(products)
    variance = np.diag(others)
    slopes = np.divide(np.diag(own), variance, out=np.zeros(len(variance)), where=variance > 0)
    return dict(zip(names, slopes.tolist(), strict=True))


def split_voice_effects(
    moments: UnitMoments, outcome: str, conditions: Sequence[str], *, level: float = 0.95
) -> dict[str, SplitVoiceEffect]:
    """How units differ in an outcome where they differ in conditions, as the others report them.

    **Estimator.** Own answers are y_i = a + b'c_u + e_i and x_i = c_u + d_i in unit u, with d_i and e_i
    of one person correlated (shared mood) and independent between colleagues. Write O for the rows
    (1, o_i) and X for (1, x_i). Since o_i holds no answer of person i,

        E[sum o_i (y_i - a - b'x_i)] = 0,   so   b = (O'X)^-1 O'y.

    This is the least-squares slope of y on the others' mean, (O'O)^-1 O'y, divided by the reliability
    of a mean of n - 1 reports, (O'O)^-1 O'X: correction and slope in one. The unit's share of O'y is
    n m_x m_y - w_xy / (n - 1): the product of unit means *less* what the same people bring to both, which is
    why plain unit means would keep a bias of mood / n.

    **Between units only.** No random intercept: within a unit o_i is a constant less x_i / (n - 1), so a
    model that weighs differences inside units returns shared mood with its sign reversed.

    With few units this ratio is biased; see `minimum_loss_slopes`, which gives the estimate. Standard errors
    are CR2 by unit with residuals y - Xb, so that the uncertainty of the reliability is included.

    Args:
        moments: unit moments of the outcome and conditions, with products kept unit by unit.
        outcome: the column of the outcome.
        conditions: p columns, all held equal against each other.
        level: confidence level of the intervals.

    Raises:
        Refused: fewer than p + 3 units of two people; others' reports of a condition with a reliability
            under .3; conditions whose others' reports cannot be told apart (a combination of them with a
            reliability under .3); a column named twice or unknown; products not kept unit by unit.

    Source: Angrist (2014), Labour Economics 30, 98-108, for the trap of leave-one-out means; Pustejovsky &
    Tipton (2018) for CR2 and Satterthwaite's degrees of freedom; R's `clubSandwich`.
    """
    check_columns_differ(outcome, conditions)
    names = [outcome, *conditions]
    products = others_products(moments.select(names))
    least = len(conditions) + 3
    if len(products.n) < least:
        refuse(AgreementFault.SPLIT_VOICE_TOO_FEW_UNITS, units=len(products.n), least=least)
    reliability = others_reliability(moments, conditions)
    problems = [refused for name in conditions if (refused := unreliable(name, reliability[name]))]
    if problems:
        raise Refused(problems)
    own, others = _centred(products)
    if least_reliable_among(moments, conditions) < LEAST_RELIABILITY:
        refuse(AgreementFault.SPLIT_VOICE_ENTANGLED, conditions=", ".join(conditions))
    slopes = minimum_loss_slopes(products.n, products.sums, products.own_by_others, products.others_by_others)
    corrected = _intervals(products, products.own_by_others, slopes, level)
    slopes = np.asarray(np.linalg.solve(others[1:, 1:], own[1:, 0]), dtype=np.float64)
    plain = _intervals(products, products.others_by_others, slopes, level)
    size = {"units": len(products.n), "people": int(products.n.sum())}
    return {
        name: SplitVoiceEffect(**asdict(c), reliability=reliability[name], uncorrected=u, **size)
        for name, c, u in zip(conditions, corrected, plain, strict=True)
    }


def check_columns_differ(outcome: str, conditions: Sequence[str], exposures: Sequence[str] = ()) -> None:
    """Refuse when no condition is named, or a column is named twice."""
    if not conditions:
        refuse(AgreementFault.CONDITIONS_NONE)
    seen: set[str] = set()
    for name in (outcome, *conditions, *exposures):
        if name in seen:
            refuse(AgreementFault.CONDITIONS_TWICE, column=name)
        seen.add(name)


def unreliable(name: str, reliability: float) -> Problem | None:
    """Why the others' reports of a condition cannot be used, or None where they can."""
    if reliability >= LEAST_RELIABILITY:
        return None
    return problem(
        AgreementFault.SPLIT_VOICE_UNRELIABLE, column=name, reliability=reliability, least=LEAST_RELIABILITY
    )


def least_reliable_among(moments: UnitMoments, names: Sequence[str]) -> float:
    """The lowest reliability that any weighted sum of the others' means has; 0 where one repeats others.

    Raises:
        Refused: products not kept unit by unit; an unknown column.
    """
    own, others = _centred(others_products(moments.select(list(names))))
    size = np.sqrt(np.maximum(np.diag(others), 1e-300))
    values, vectors = np.linalg.eigh(others / np.outer(size, size))
    if values[0] <= 1e-10 * values[-1]:
        return 0.0
    root = vectors / np.sqrt(values)
    return float(np.linalg.eigvalsh(root.T @ (own / np.outer(size, size)) @ root)[0])


def _centred(products: OthersProducts) -> tuple[Floats, Floats]:
    """Products of own with others', and of others' with others', about their means over all people."""
    whole = products.sums.sum(axis=0)
    correction = np.outer(whole, whole) / products.n.sum()
    return products.own_by_others.sum(axis=0) - correction, products.others_by_others.sum(axis=0) - correction


def minimum_loss_slopes(n: Floats, sums: Floats, own_by_others: Floats, others_by_others: Floats) -> Floats:
    """Slopes (..., p) of column 0 on the other p columns, corrected for the reliability of others' reports.

    A ratio of two sums over a few dozen units is biased even where both sums are not (by .02 to .04 at 20
    units of 7 to 10 people). With D and N the centred O'X and O'y of `split_voice_effects`, Q = (O'O)^-1, and
    V and C their covariances estimated between units, the minimum-expected-loss ratio
    (E[D'QD])^-1 E[D'QN] = (D'QD + V)^-1 (D'QN + C) takes out the first-order bias and, unlike the plain
    ratio, has a mean.

    Args:
        n: (G,) people of each unit.
        sums: (..., G, 1 + p) sums of each column; leading axes are separate problems.
        own_by_others: (..., G, 1 + p, 1 + p) as in `OthersProducts`.
        others_by_others: (..., G, 1 + p, 1 + p) as in `OthersProducts`.

    Source: Zellner (1978), Journal of Econometrics 8, 127-158.
    """
    G = len(n)
    mean = sums.sum(axis=-2, keepdims=True) / n.sum()
    apart = mean[..., :, None] * sums[..., None, :]
    centre = n[:, None, None] * mean[..., :, None] * mean[..., None, :] - apart - np.swapaxes(apart, -1, -2)
    own = own_by_others + centre
    Q = np.linalg.inv((others_by_others + centre).sum(axis=-3)[..., 1:, 1:])
    whole = own.sum(axis=-3)[..., 1:, :]
    loose = (own - own.mean(axis=-3, keepdims=True))[..., 1:, :]
    weighted = Q[..., None, :, :] @ loose
    # [N D]'Q[N D] plus its covariance between units; N is the column of the outcome, D those of conditions
    between = np.einsum("...cij,...cil->...jl", loose, weighted)
    expected = np.swapaxes(whole, -1, -2) @ Q @ whole + G / (G - 1) * between
    slopes = np.linalg.solve(expected[..., 1:, 1:], expected[..., 1:, :1])[..., 0]
    return np.asarray(slopes, dtype=np.float64)


def _with_intercept(products: OthersProducts, among: Floats) -> Floats:
    """(G, 1 + p, 1 + p) products of (1, conditions) with themselves; column 0 of `among` is the outcome."""
    G, p = products.sums.shape
    whole = np.empty((G, p, p))
    whole[:, 0, 0] = products.n
    whole[:, 0, 1:] = whole[:, 1:, 0] = products.sums[:, 1:]
    whole[:, 1:, 1:] = among[:, 1:, 1:]
    return whole


def _intervals(products: OthersProducts, regressors: Floats, slopes: Floats, level: float) -> list[Estimate]:
    """CR2 intervals of slopes whose residuals are uncorrelated with the others' means.

    `regressors` are the products of the others' means with what the outcome is regressed on: own reports
    (corrected), or the others' means themselves (plain least squares).
    """
    grams = _with_intercept(products, products.others_by_others)
    mixed = _with_intercept(products, regressors)
    right = np.concatenate([products.sums[:, :1], products.own_by_others[:, 0, 1:]], axis=1)
    first = np.linalg.solve(grams.sum(axis=0), mixed.sum(axis=0))
    sums = products.sums.sum(axis=0)
    intercept = (sums[0] - sums[1:] @ slopes) / products.n.sum()
    scores = right - mixed @ np.concatenate([[intercept], slopes])
    variance = clustered_variance(grams, scores, np.linalg.inv(first)[1:])
    return [
        interval_estimate(float(b), float(np.sqrt(v)), df=float(df), level=level)
        for b, v, df in zip(slopes, np.diag(variance.covariance), variance.df, strict=True)
    ]
