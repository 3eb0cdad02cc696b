"""CR2 standard errors by unit and Satterthwaite degrees of freedom, from unit-level sums alone.

Bell & McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky & Tipton (2018), Journal of Business
& Economic Statistics 36, 672-683; R's `clubSandwich`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A unit that alone decides a coefficient leaves no residual to estimate with; its leverage is 1.
FULL_LEVERAGE = 1e-10


@dataclass(frozen=True)
class ClusteredVariance:
    """Covariance (k, k) of k linear combinations of coefficients, and degrees of freedom (k,) of each."""

    covariance: Floats
    df: Floats


def clustered_variance(grams: Floats, scores: Floats, combinations: Floats) -> ClusteredVariance:
    """CR2 covariance of least-squares coefficients, without the rows.

    With the rows X_c of unit c, M = (sum X_c'X_c)^-1 and the unit's hat matrix X_c M X_c', the adjusted
    residuals enter only as X_c'(I - X_c M X_c')^(-1/2) u_c. Because X'(XMX')^j = (X'XM)^j X', this equals
    (I - X_c'X_c M)^(-1/2) X_c'u_c: a k x k matrix times the unit's score. The same holds for the
    inner products behind the degrees of freedom, so units' sums carry everything.

    Args:
        grams: (G, k, k) X_c'X_c of each unit; their sum must be invertible.
        scores: (G, k) X_c'u_c of each unit, u the residuals.
        combinations: (m, k) linear combinations of the coefficients that are wanted.

    Returns:
        Their covariance (m, m), and Satterthwaite degrees of freedom (m,) under equal independent errors.
    """
    total = grams.sum(axis=0)
    values, vectors = np.linalg.eigh(total)
    root = vectors / np.sqrt(values)
    leverage, turn = np.linalg.eigh(root.T @ grams @ root)
    left = 1 - leverage
    power = np.where(left > FULL_LEVERAGE, left, np.inf) ** -0.5
    # adjust[c] = root (I - leverage)^(-1/2) root' in the basis where each unit's leverage is diagonal
    adjust = (turn * power[:, None, :]) @ turn.transpose(0, 2, 1)
    adjusted = np.einsum("ij,cjk,ck->ci", root, adjust, scores @ root, optimize=True)
    pieces = adjusted @ combinations.T
    df = np.array([_degrees_of_freedom(row @ root, adjust, root, grams) for row in combinations])
    return ClusteredVariance(pieces.T @ pieces, df)


def _degrees_of_freedom(combination: Floats, adjust: Floats, root: Floats, grams: Floats) -> float:
    """Satterthwaite degrees of freedom (sum p_c'p_c)^2 / sum (p_c'p_d)^2 of one combination."""
    weights = (adjust @ combination) @ root.T
    through = np.einsum("cij,cj->ci", grams, weights)
    own = np.einsum("ci,ci->c", weights, through)
    seen = through @ root
    cross = seen.T @ seen
    # p_c'p_d = [c = d] own_c - seen_c'seen_d, summed without forming the G x G matrix
    length = np.einsum("ci,ci->c", seen, seen)
    trace = float((own - length).sum())
    squares = float((own**2 - 2 * own * length).sum() + (cross**2).sum())
    return trace**2 / squares
