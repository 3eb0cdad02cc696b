"""Coefficients under a normal prior whose scale is estimated: the arithmetic, on standardised arrays.

y ~ N(F a + C b, s^2 (I + lambda ZZ')), b ~ N(0, s^2 kappa^2), a flat. Differences between units and
differences inside units are orthogonal, so they form two blocks that share only s^2; each has its own kappa.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import gammaln, stdtr, stdtrit

Floats = NDArray[np.float64]

GRID = 19
# Points whose density is below e^-12 of the highest add less than a hundred-thousandth.
LOWEST = 12.0


@dataclass(frozen=True, eq=False)
class Block:
    """Normal equations of one block: the first `flat` coefficients have no prior, the others share one.

    Attributes:
        flat: coefficients without prior.
        grams: (K, f + p + 1, f + p + 1) products of (flat, conditions, outcome), by class of unit size.
    """

    flat: int
    grams: Floats


@dataclass(frozen=True, eq=False)
class Sizes:
    """Classes of equal unit size: the size (K,) and how many units have it (K,); rows over all units."""

    size: Floats
    units: Floats
    rows: int


@dataclass(frozen=True, eq=False)
class Conditional:
    """A block at given variances: coefficients, the inverse of their precision, and what they explain.

    Leading axes are those of the grid; `unscaled` times s^2 is the conditional covariance.
    """

    mean: Floats
    unscaled: Floats
    explained: Floats
    log_determinant: Floats


@dataclass(frozen=True, eq=False)
class Mixture:
    """Posterior of m coefficients as a mixture of t distributions over a grid of g variances.

    Attributes:
        weights: (g,) adding up to 1.
        means: (g, m).
        covariances: (g, m, m) scale matrices of the t distributions.
        unit_variances: (g,) variance of units at each point; zeros where the block has none.
        df: degrees of freedom of every t distribution.
    """

    weights: Floats
    means: Floats
    covariances: Floats
    unit_variances: Floats
    df: float


@dataclass(frozen=True)
class Scales:
    """Standard deviations: of units over residual (root of lambda), and of the two priors over residual."""

    unit: float
    between: float
    within: float


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is known of both blocks.

    `most_likely` maximises the restricted marginal likelihood (empirical Bayes); `central` are posterior
    medians; `residual_variance` belongs to `most_likely`.
    """

    between: Mixture
    within: Mixture
    most_likely: Scales
    central: Scales
    residual_variance: float


def solve_block(block: Block, weights: Floats, kappa: Floats) -> Conditional:
    """Coefficients of a block for every pair of unit weights and prior scales.

    Args:
        block: the normal equations by size class.
        weights: (L, K) weight of each size class.
        kappa: (J,) prior scales over the residual standard deviation.

    Returns:
        The conditional posterior with leading axes (L, J).
    """
    whole = np.tensordot(weights, block.grams, axes=1)[:, None]
    k = whole.shape[-1] - 1
    scale = np.ones((len(kappa), k))
    scale[:, block.flat :] = kappa[:, None]
    # Multiplying by the scale instead of dividing the prior by it keeps kappa = 0 an ordinary point.
    precision = whole[..., :k, :k] * scale[:, :, None] * scale[:, None, :]
    prior = np.arange(block.flat, k)
    precision[..., prior, prior] += 1.0
    right = whole[..., :k, k] * scale
    inverse = np.asarray(np.linalg.inv(precision), dtype=np.float64)
    mean = np.einsum("ljab,ljb->lja", inverse, right)
    return Conditional(
        mean * scale,
        inverse * scale[:, :, None] * scale[:, None, :],
        np.einsum("lja,lja->lj", mean, right),
        np.asarray(np.linalg.slogdet(precision)[1], dtype=np.float64),
    )


@dataclass(frozen=True, eq=False)
class Surface:
    """The restricted marginal likelihood over a box of scales, s^2 integrated out.

    `log_likelihood` and `residual` (sum of squares left) have axes (unit, between, within).
    """

    between: Conditional
    within: Conditional
    log_likelihood: Floats
    residual: Floats


def marginal_likelihood(
    between: Block, within: Block, sizes: Sizes, *, unit: Floats, kappa_between: Floats, kappa_within: Floats
) -> Surface:
    """Restricted log marginal likelihood of the scales, up to a constant.

    Args:
        between: products of unit means, by size class.
        within: products about the unit's own mean, one class.
        sizes: the classes.
        unit: (L,) standard deviations of units over the residual one.
        kappa_between: (J,) prior scale of differences between units over the residual standard deviation.
        kappa_within: (M,) the same inside units.
    """
    lam = unit**2
    weights = sizes.size / (1 + lam[:, None] * sizes.size)
    over = solve_block(between, weights, kappa_between)
    inside = solve_block(within, np.ones((1, 1)), kappa_within)
    outcome = weights @ between.grams[:, -1, -1] + within.grams[0, -1, -1]
    # Where the conditions say the outcome exactly, rounding can leave less than nothing: it has no logarithm.
    exactly = np.finfo(np.float64).eps * outcome[:, None, None]
    left = np.maximum(
        outcome[:, None, None] - over.explained[:, :, None] - inside.explained[0][None, None, :], exactly
    )
    spread = (np.log1p(lam[:, None] * sizes.size) @ sizes.units)[:, None, None]
    determinants = over.log_determinant[:, :, None] + inside.log_determinant[0][None, None, :]
    df = sizes.rows - between.flat - within.flat
    return Surface(over, inside, -0.5 * (spread + determinants + df * np.log(left)), left)


def posterior(between: Block, within: Block, sizes: Sizes, prior_scales: Scales) -> Posterior:
    """Posterior of both blocks, averaged over the variances instead of fixing them at one estimate.

    Every standard deviation has a half-Cauchy prior with the scale given (Gelman 2006, Bayesian Analysis 1,
    515-533): the grid is even in its distribution function and closes in on where the density is.
    """
    priors = np.array([prior_scales.unit, prior_scales.between, prior_scales.within])
    box = np.array([[0.0, 1.0]] * 3)
    for narrowing in range(5):
        share = box[:, :1] + (np.arange(GRID) + 0.5) / GRID * (box[:, 1:] - box[:, :1])
        axes = priors[:, None] * np.tan(np.pi / 2 * share)
        surface = marginal_likelihood(
            between, within, sizes, unit=axes[0], kappa_between=axes[1], kappa_within=axes[2]
        )
        if narrowing == 4:
            break
        box = _closer(box, surface.log_likelihood)
    density = np.exp(surface.log_likelihood - surface.log_likelihood.max())
    density /= density.sum()
    df = float(sizes.rows - between.flat - within.flat)
    likely, residual = _most_likely(between, within, sizes, axes, surface.log_likelihood)
    return Posterior(
        _between_mixture(surface, density, axes[0], df),
        _within_mixture(surface, density, df),
        likely,
        Scales(*(_median(axes[i], density.sum(axis=_other(i))) for i in range(3))),
        residual / df,
    )


def _other(axis: int) -> tuple[int, ...]:
    return tuple(i for i in range(3) if i != axis)


def _closer(box: Floats, log_likelihood: Floats) -> Floats:
    """The smallest box around all grid points worth keeping, one step wider."""
    smaller = box.copy()
    for axis in range(3):
        profile = log_likelihood.max(axis=_other(axis))
        kept = np.flatnonzero(profile > profile.max() - LOWEST)
        step = (box[axis, 1] - box[axis, 0]) / GRID
        smaller[axis, 0] = max(box[axis, 0], box[axis, 0] + (kept[0] - 0.5) * step)
        smaller[axis, 1] = min(box[axis, 1], box[axis, 0] + (kept[-1] + 1.5) * step)
    return smaller


def _median(values: Floats, weights: Floats) -> float:
    return float(values[np.searchsorted(np.cumsum(weights), 0.5)])


def _between_mixture(surface: Surface, density: Floats, unit: Floats, df: float) -> Mixture:
    """Average over the grid of (unit, between); s^2 enters by its average over the scale within."""
    weights = density.sum(axis=2)
    residual = (density * surface.residual).sum(axis=2) / np.maximum(weights, 1e-300) / df
    k = surface.between.mean.shape[-1]
    kept = weights.ravel() > 1e-7
    return Mixture(
        weights.ravel()[kept] / weights.ravel()[kept].sum(),
        surface.between.mean.reshape(-1, k)[kept],
        (surface.between.unscaled * residual[..., None, None]).reshape(-1, k, k)[kept],
        (residual * unit[:, None] ** 2).ravel()[kept],
        df,
    )


def _within_mixture(surface: Surface, density: Floats, df: float) -> Mixture:
    weights = density.sum(axis=(0, 1))
    residual = (density * surface.residual).sum(axis=(0, 1)) / np.maximum(weights, 1e-300) / df
    return Mixture(
        weights,
        surface.within.mean[0],
        surface.within.unscaled[0] * residual[:, None, None],
        np.zeros(len(weights)),
        df,
    )


def _most_likely(
    between: Block, within: Block, sizes: Sizes, axes: Floats, log_likelihood: Floats
) -> tuple[Scales, float]:
    """Scales of the highest marginal likelihood, and the residual sum of squares there."""

    def surface(scales: Floats) -> Surface:
        unit, over, inside = np.abs(scales)[:, None]
        return marginal_likelihood(between, within, sizes, unit=unit, kappa_between=over, kappa_within=inside)

    start = axes[np.arange(3), np.unravel_index(int(log_likelihood.argmax()), log_likelihood.shape)]

    def loss(scales: Floats) -> float:
        return -float(surface(scales).log_likelihood[0, 0, 0])

    found = minimize(loss, start, method="Nelder-Mead", tol=1e-7)
    scales = np.abs(found.x)
    return Scales(*scales.tolist()), float(surface(scales).residual[0, 0, 0])


def mixture_quantiles(mixture: Mixture, probability: float) -> Floats:
    """Quantile (m,) of each coefficient: Newton steps on the distribution function, kept inside a bracket."""
    df, weights, means = mixture.df, mixture.weights, mixture.means
    sd = np.maximum(np.sqrt(np.einsum("gmm->gm", mixture.covariances)), 1e-300)
    height = np.exp(gammaln((df + 1) / 2) - gammaln(df / 2)) / np.sqrt(np.pi * df)
    reach = sd * stdtrit(df, probability)
    low, high = (means + reach).min(axis=0), (means + reach).max(axis=0)
    x = np.clip(weights @ (means + reach), low, high)
    for _ in range(100):
        z = (x - means) / sd
        missing = weights @ stdtr(df, z) - probability
        low, high = np.where(missing < 0, x, low), np.where(missing < 0, high, x)
        # Far from a coefficient that is all but certain the density is nothing, and its square too large.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            density = weights @ (height * (1 + z**2 / df) ** (-(df + 1) / 2) / sd)
            newton = x - missing / density
        # Newton may leave the bracket where the density is almost flat; halving always closes in.
        after = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
        if (np.abs(after - x) <= 1e-10 * (np.abs(x) + np.abs(reach).max(axis=0))).all():
            break
        x = after
    return np.asarray(after, dtype=np.float64)


def mixture_moments(mixture: Mixture) -> tuple[Floats, Floats]:
    """Posterior mean (m,) and standard deviation (m,) of each coefficient."""
    mean = mixture.weights @ mixture.means
    inside = np.einsum("gmm->gm", mixture.covariances) * mixture.df / (mixture.df - 2)
    variance = mixture.weights @ (inside + (mixture.means - mean) ** 2)
    return mean, np.sqrt(variance)


def mixture_draws(mixture: Mixture, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draws of the coefficients (draws, m) and of the variance of units (draws,)."""
    at = rng.choice(len(mixture.weights), size=draws, p=mixture.weights)
    values, vectors = np.linalg.eigh(mixture.covariances)
    roots = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
    stretch = np.sqrt(mixture.df / rng.chisquare(mixture.df, size=draws))
    normal = rng.standard_normal((draws, mixture.means.shape[1]))
    coefficients = mixture.means[at] + stretch[:, None] * np.einsum("dij,dj->di", roots[at], normal)
    return coefficients, mixture.unit_variances[at] * stretch**2
