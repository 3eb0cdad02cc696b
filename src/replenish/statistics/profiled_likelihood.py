"""The profiled likelihood of a mixed model and its exact minimum.

Given the ratios theta of random to residual spread, coefficients and residual variance have closed forms
(Bates, Maechler, Bolker and Walker 2015, Journal of Statistical Software 67(1), section 3). Only theta is
searched for, with analytic slopes, until the slope is zero to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import brentq, minimize

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Absorbed:
    """Cross-products after the random effects have been taken out, with slopes in theta.

    Attributes:
        cross: (q + 1, q + 1) [X y]' V^-1 [X y], V in units of the residual variance.
        log_determinant: log |V|.
        cross_slopes: (m, q + 1, q + 1) derivative of `cross` in each of the m entries of theta.
        determinant_slopes: (m,) derivative of `log_determinant`.
    """

    cross: Floats
    log_determinant: float
    cross_slopes: Floats
    determinant_slopes: Floats


class RandomEffects(Protocol):
    """A structure of random effects: which spreads it has, and how it is taken out."""

    @property
    def starts(self) -> list[Floats]:
        """Values of theta (m,) from which the search sets out."""

    def absorb(self, theta: Floats) -> Absorbed:
        """Take the random effects out at theta."""


@dataclass(frozen=True, eq=False)
class Profile:
    """The likelihood at one theta, coefficients and residual variance at their best.

    Attributes:
        theta: (m,) ratios of random to residual spread.
        criterion: the deviance (ML) or the REML criterion of the standardised columns.
        slope: (m,) its derivative.
        coefficients: (q,) standardised coefficients.
        inverse: (q, q) inverse of X' V^-1 X.
        residual: the generalised residual sum of squares.
        residual_slopes: (m,) its derivative.
        cross_slopes: (m, q, q) derivative of X' V^-1 X.
        rows: n - q (REML) or n (ML), the divisor of the residual variance.
    """

    theta: Floats
    criterion: float
    slope: Floats
    coefficients: Floats
    inverse: Floats
    residual: float
    residual_slopes: Floats
    cross_slopes: Floats
    rows: int


@dataclass(frozen=True, eq=False)
class ProfiledLikelihood:
    """The likelihood of a model as a function of theta alone."""

    effects: RandomEffects
    n: int
    reml: bool

    def at(self, theta: Floats) -> Profile:
        """Evaluate at theta (m,)."""
        absorbed = self.effects.absorb(theta)
        X, y = absorbed.cross[:-1, :-1], absorbed.cross[:-1, -1]
        q = len(X)
        factor = cho_factor(X, lower=True)
        inverse = cho_solve(factor, np.eye(q))
        coefficients = cho_solve(factor, y)
        contrast = np.append(-coefficients, 1.0)
        residual = float(absorbed.cross[-1] @ contrast)
        residual_slopes = absorbed.cross_slopes @ contrast @ contrast
        cross_slopes = absorbed.cross_slopes[:, :-1, :-1]
        rows = self.n - q if self.reml else self.n
        criterion = rows * (1 + log(2 * pi * residual / rows)) + absorbed.log_determinant
        slope = rows * residual_slopes / residual + absorbed.determinant_slopes
        if self.reml:
            criterion += 2 * float(np.log(np.diag(factor[0])).sum())
            slope = slope + np.einsum("ij,mij->m", inverse, cross_slopes)
        return Profile(
            theta, criterion, slope, coefficients, inverse, residual, residual_slopes, cross_slopes, rows
        )


def minimise_one(likelihood: ProfiledLikelihood, typical_size: float) -> Profile:
    """The minimum over one ratio of spreads, the boundary zero included.

    A grid over eleven powers of ten finds the deepest valley, since the criterion may have several;
    the root of its slope is then found to rounding.

    Args:
        likelihood: with one entry of theta, the standard deviation of units by that of rows.
        typical_size: rows of a typical unit, which sets the scale of the grid.
    """
    ratios = np.concatenate([[0.0], np.logspace(-5, 6, 23) / typical_size])
    found = [likelihood.at(np.sqrt([ratio])) for ratio in ratios]
    best = int(np.argmin([profile.criterion for profile in found]))
    if best == 0 and _slope_in_ratio(likelihood, 0.0) >= 0:
        return found[0]
    low, high = ratios[max(best - 1, 0)], ratios[min(best + 1, len(ratios) - 1)]
    ends = (_slope_in_ratio(likelihood, low), _slope_in_ratio(likelihood, high))
    if not ends[0] < 0 < ends[1]:
        return minimise_many(likelihood, [found[best].theta])
    root = brentq(lambda ratio: _slope_in_ratio(likelihood, ratio), low, high, xtol=1e-15 * high, rtol=1e-14)
    return likelihood.at(np.sqrt([root]))


def _slope_in_ratio(likelihood: ProfiledLikelihood, ratio: float) -> float:
    """Derivative of the criterion in theta squared, which unlike that in theta is not zero at zero."""
    theta = np.sqrt([max(ratio, 1e-20)])
    return float(likelihood.at(theta).slope[0] / (2 * theta[0]))


def minimise_many(likelihood: ProfiledLikelihood, starts: list[Floats]) -> Profile:
    """The minimum over several entries of theta: quasi-Newton from every start, then Newton.

    The criterion is smooth in theta and does not change with the sign of a spread, so that a spread of
    zero is an ordinary minimum with slope zero and needs no constraint.
    """

    def criterion(theta: Floats) -> tuple[float, Floats]:
        profile = likelihood.at(theta)
        return profile.criterion, profile.slope

    tolerance = 1e-6 * likelihood.n**0.5
    found = []
    for start in starts:
        search = minimize(criterion, start, method="BFGS", jac=True, options={"gtol": tolerance})
        found.append(_newton(likelihood, np.asarray(search.x, dtype=np.float64)))
    return min(found, key=lambda profile: profile.criterion)


def _newton(likelihood: ProfiledLikelihood, theta: Floats, most: int = 30) -> Profile:
    here = likelihood.at(theta)
    for _ in range(most):
        values, vectors = np.linalg.eigh(slope_of_slope(likelihood, here.theta))
        # A direction without curvature leaves the fit as it is: a slope spread without any intercept
        # spread may be turned freely. A direction bent downwards is left along its slope.
        used = np.abs(values) > 1e-9 * np.abs(values).max()
        along = vectors[:, used].T @ here.slope
        step = -vectors[:, used] @ (along / np.abs(values[used]))
        there = _shorten(likelihood, here, step)
        gain = float(np.abs(along / np.sqrt(np.abs(values[used]))).max(initial=0.0))
        here = there
        if gain < 1e-9:
            break
    return here


def _shorten(likelihood: ProfiledLikelihood, here: Profile, step: Floats) -> Profile:
    for _ in range(30):
        there = likelihood.at(here.theta + step)
        if there.criterion <= here.criterion + 1e-12 * abs(here.criterion):
            return there
        step = step / 2
    return here


def slope_of_slope(likelihood: ProfiledLikelihood, theta: Floats) -> Floats:
    """Second derivatives (m, m) of the criterion, by central differences of its exact slopes."""
    rows = []
    for i in range(len(theta)):
        h = np.zeros(len(theta))
        h[i] = 1e-4 * max(abs(theta[i]), 1e-2)
        rows.append((likelihood.at(theta + h).slope - likelihood.at(theta - h).slope) / (2 * h[i]))
    curved: Floats = (np.array(rows) + np.array(rows).T) / 2
    return curved
