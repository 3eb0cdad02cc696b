"""A linear model of groups over rounds of which only intervals were seen, for many spreads at once.

What a group's mean was in a round is not known, only that it lay between two cuts. The likelihood of such
intervals has no closed form. Expectation propagation replaces each by the normal factor that fits its first
two moments; the answer is the same on every machine and at every time, which draws would not be. For cuts of
a normal variable its error is far below what is printed (Minka 2001, UAI 17, 362-369; Kuss & Rasmussen 2005,
Journal of Machine Learning Research 6, 1679-1704); a test compares it with draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

Floats = NDArray[np.float64]

FAR = 1e5
"""An end that nothing reaches."""

MOST_PASSES = 200
CLOSE = 1e-5
KEPT = 0.7
"""How much of each new factor is taken over in one pass; all of it can swing to and fro."""


@dataclass(frozen=True, eq=False)
class IntervalModel:
    """G groups in T rounds with p coefficients, each model of spreads with a covariance of its own.

    Attributes:
        columns: (G, T, p).
        prior: (p, p) covariance of the coefficients about zero.
        spreads: (H, G, T, T) covariance of a group over rounds, for each of H models.
        low: (G, T) lower ends; minus `FAR` where nothing was seen.
        high: (G, T) upper ends; `FAR` where nothing was seen.
    """

    columns: Floats
    prior: Floats
    spreads: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Fitted:
    """For each model the log marginal likelihood (H,), and mean (H, p) and covariance (H, p, p)."""

    log_likelihood: Floats
    mean: Floats
    covariance: Floats


@dataclass(frozen=True, eq=False)
class _Belief:
    """What is believed of coefficients and of each place, given normal factors."""

    mean: Floats
    covariance: Floats
    at: Floats
    spread: Floats
    log_mass: Floats


def fit_intervals(model: IntervalModel) -> Fitted:
    """Fit all models of spreads by expectation propagation."""
    shape = model.spreads.shape[:3]
    precision, shift = np.zeros(shape), np.zeros(shape)
    inverse: Floats = np.asarray(np.linalg.inv(model.spreads), dtype=np.float64)
    constant = -0.5 * np.linalg.slogdet(model.spreads)[1].sum(axis=1)
    constant -= 0.5 * np.linalg.slogdet(model.prior)[1]
    prior_inverse: Floats = np.asarray(np.linalg.inv(model.prior), dtype=np.float64)
    for _ in range(MOST_PASSES):
        belief = _believe(model, inverse, prior_inverse, precision, shift)
        cavity, centre = _without(belief, precision, shift)
        _, mean, variance = _cut_moments(centre, cavity, model.low, model.high)
        new_precision = np.maximum(1 / variance - 1 / cavity, 0.0)
        new_shift = mean / variance - centre / cavity
        far = np.abs(new_precision - precision).max() / max(1e-12, float(new_precision.max()))
        far = max(far, np.abs(new_shift - shift).max() / max(1e-12, float(np.abs(new_shift).max())))
        precision = precision + KEPT * (new_precision - precision)
        shift = shift + KEPT * (new_shift - shift)
        if far < CLOSE:
            break
    belief = _believe(model, inverse, prior_inverse, precision, shift)
    masses = _factor_masses(model, belief, precision, shift)
    return Fitted(constant + belief.log_mass + masses, belief.mean, belief.covariance)


def _believe(
    model: IntervalModel, inverse: Floats, prior_inverse: Floats, precision: Floats, shift: Floats
) -> _Belief:
    """Coefficients and places under normal factors: each group by itself, joined by the coefficients."""
    models, groups, rounds = precision.shape
    coefficients = model.columns.shape[2]
    each = np.arange(rounds)
    joint = inverse.copy()
    joint[:, :, each, each] += precision
    inside = np.linalg.inv(joint)
    through = inverse @ model.columns
    reached = inside @ through
    # As (places, coefficients), so that sums over places are products of matrices.
    flat = reached.reshape(models, groups * rounds, coefficients)
    rest = (through - inverse @ reached).reshape(flat.shape)
    gram = model.columns.reshape(-1, coefficients).T @ rest
    symmetric = prior_inverse + (gram + gram.transpose(0, 2, 1)) / 2
    covariance = np.asarray(np.linalg.inv(symmetric), dtype=np.float64)
    right = (flat.transpose(0, 2, 1) @ shift.reshape(models, -1, 1))[:, :, 0]
    mean = (covariance @ right[:, :, None])[:, :, 0]
    alone = (inside @ shift[:, :, :, None])[:, :, :, 0]
    at = alone + (flat @ mean[:, :, None]).reshape(alone.shape)
    joined = ((flat @ covariance) * flat).sum(axis=2).reshape(alone.shape)
    spread = inside[:, :, each, each] + joined
    log_mass = (
        -0.5 * np.linalg.slogdet(joint)[1].sum(axis=1)
        + 0.5 * (shift * alone).sum(axis=(1, 2))
        + 0.5 * np.linalg.slogdet(covariance)[1]
        + 0.5 * (right * mean).sum(axis=1)
    )
    return _Belief(mean, covariance, at, spread, log_mass)


def _without(belief: _Belief, precision: Floats, shift: Floats) -> tuple[Floats, Floats]:
    """Variance and mean of each place without its own factor."""
    cavity = 1 / (1 / belief.spread - precision)
    return cavity, cavity * (belief.at / belief.spread - shift)


def _cut_moments(
    centre: Floats, variance: Floats, low: Floats, high: Floats
) -> tuple[Floats, Floats, Floats]:
    """Log mass, mean and variance of normal variables cut at both ends."""
    sd = np.sqrt(variance)
    below, above = (low - centre) / sd, (high - centre) / sd
    # Both ends are looked at from the side where the mass is, so that no difference of two ones is taken.
    turned = np.where(below + above > 0, -1.0, 1.0)
    start = np.where(turned > 0, below, -above)
    end = np.where(turned > 0, above, -below)
    top = log_ndtr(end)
    log_mass = top + np.log1p(-np.exp(np.minimum(log_ndtr(start) - top, -1e-12)))
    first, last = _density(start, log_mass), _density(end, log_mass)
    slope = first - last
    left = 1 + start * first - end * last - slope**2
    return log_mass, centre + sd * turned * slope, variance * np.clip(left, 1e-6, 1.0)


def _density(at: Floats, log_mass: Floats) -> Floats:
    found: Floats = np.exp(-0.5 * at**2 - 0.5 * np.log(2 * np.pi) - log_mass)
    return found


def _factor_masses(model: IntervalModel, belief: _Belief, precision: Floats, shift: Floats) -> Floats:
    """(H,) what the normal factors lack of the mass of the intervals they stand for."""
    cavity, centre = _without(belief, precision, shift)
    log_mass, _, _ = _cut_moments(centre, cavity, model.low, model.high)
    with_factor = 0.5 * np.log(belief.spread / cavity)
    with_factor += 0.5 * (belief.at**2 / belief.spread - centre**2 / cavity)
    found: Floats = (log_mass - with_factor).sum(axis=(1, 2))
    return found


def mixture_share_below(weights: Floats, means: Floats, sds: Floats, at: float) -> float:
    """Share of a mixture of normal distributions below a point."""
    return float(weights @ ndtr((at - means) / sds))


def mixture_quantile(weights: Floats, means: Floats, sds: Floats, share: float) -> float:
    """The point below which that share of a mixture of normal distributions lies."""
    low, high = float((means - 40 * sds).min()), float((means + 40 * sds).max())
    for _ in range(200):
        middle = (low + high) / 2
        if mixture_share_below(weights, means, sds, middle) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2
