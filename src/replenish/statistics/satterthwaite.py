"""Degrees of freedom for coefficients of mixed models (Satterthwaite 1946; Fai and Cornelius 1996).

The variance of a coefficient rests on estimated spreads. Its own uncertainty, from the curvature of the
likelihood, says with how many degrees of freedom that variance is known. Computed as in Kuznetsova,
Brockhoff and Christensen (2017), Journal of Statistical Software 82(13). A spread of zero adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.profiled_likelihood import Profile, ProfiledLikelihood

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class VarianceKnowledge:
    """How well the variances of the coefficients are known.

    Attributes:
        slopes: (m + 1, q, q) derivatives of the covariance of the coefficients in theta and in the
            logarithm of the residual spread.
        covariance: (m + 1, m + 1) sampling covariance of these parameters.
    """

    slopes: Floats
    covariance: Floats

    def degrees_of_freedom(self, weights: Floats, variance: float) -> float:
        """Degrees of freedom of a combination of coefficients (q,) that has the given variance."""
        slope = self.slopes @ weights @ weights
        uncertainty = float(slope @ self.covariance @ slope)
        return float(2 * variance**2 / uncertainty) if uncertainty > 0 else inf


def variance_knowledge(likelihood: ProfiledLikelihood, best: Profile, to_raw: Floats) -> VarianceKnowledge:
    """Read the curvature of the likelihood at its minimum.

    Args:
        likelihood: the likelihood in theta.
        best: its minimum.
        to_raw: (q, q) the way from standardised to raw coefficients.
    """
    variance = best.residual / best.rows
    inward = np.einsum("ij,mjk,kl->mil", best.inverse, best.cross_slopes, best.inverse)
    slopes = np.concatenate([-variance * inward, 2 * variance * best.inverse[None]])
    return VarianceKnowledge(to_raw @ slopes @ to_raw.T, 2 * _inverse(_curvature(likelihood, best)))


def _curvature(likelihood: ProfiledLikelihood, best: Profile) -> Floats:
    """Second derivatives of the criterion in theta and the logarithm of the residual spread."""
    m = len(best.theta)
    variance = best.residual / best.rows
    curved = np.zeros((m + 1, m + 1))
    for i in range(m):
        h = np.zeros(m)
        h[i] = 1e-4 * max(abs(best.theta[i]), 1e-2)
        above, below = likelihood.at(best.theta + h), likelihood.at(best.theta - h)
        rise = [
            (1 / variance - side.rows / side.residual) * side.residual_slopes + side.slope
            for side in (above, below)
        ]
        curved[i, :m] = (rise[0] - rise[1]) / (2 * h[i])
    curved[:m, :m] = (curved[:m, :m] + curved[:m, :m].T) / 2
    curved[m, :m] = curved[:m, m] = -2 * best.residual_slopes / variance
    curved[m, m] = 4 * best.rows
    return curved


def _inverse(curved: Floats) -> Floats:
    values, vectors = np.linalg.eigh(curved)
    used = values > 1e-8 * values.max()
    inverse: Floats = (vectors[:, used] / values[used]) @ vectors[:, used].T
    return inverse
