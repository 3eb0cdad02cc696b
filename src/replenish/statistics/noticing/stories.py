"""Two stories about one person's weeks: nothing changed, or they have been higher since some week.

Both take the weeks as a stationary autoregression of first order in real time, seen only where there is a
check-in. Mean, spread and autocorrelation of the person are unknown and integrated out, so that limits are
wide while little is known. What comes out is the logarithm of how much better the second story fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.noticing.design import PersonDesign

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Whitened:
    """Running sums of weeks made independent, for each autocorrelation; each (people, grid, check-ins).

    Whitening divides what is new in a week by its standard deviation, in units of the person's own. `level`
    is what a level of 1 becomes in a week, `onset` what a rise by 1 becomes in its first week.
    """

    level: FloatArray
    onset: FloatArray
    seen: FloatArray
    level_level: FloatArray
    level_seen: FloatArray
    seen_seen: FloatArray
    log_determinant: FloatArray


def whiten(weeks: IntArray, values: FloatArray, design: PersonDesign) -> Whitened:
    """Make weeks independent under each autocorrelation of the design, gaps in real time.

    Args:
        weeks: running numbers, rising; shape (people, check-ins).
        values: scores; shape (people, check-ins).
        design: what holds for people in general.
    """
    grid = np.array(design.autocorrelations)[None, :, None]
    shared = np.zeros((len(weeks), grid.size, weeks.shape[1]))
    shared[:, :, 1:] = grid ** np.diff(weeks, axis=1)[:, None, :]
    fresh = np.sqrt(1.0 - shared**2)
    # Sums of squares are taken about the first picture of the usual, so that no digits are lost.
    centred = values - values[:, : design.baseline].mean(axis=1, keepdims=True)
    before = np.concatenate([np.zeros((len(weeks), 1)), centred[:, :-1]], axis=1)
    seen = (centred[:, None, :] - shared * before[:, None, :]) / fresh
    level = (1.0 - shared) / fresh
    return Whitened(
        level=level,
        onset=1.0 / fresh,
        seen=seen,
        level_level=np.cumsum(level * level, axis=2),
        level_seen=np.cumsum(level * seen, axis=2),
        seen_seen=np.cumsum(seen * seen, axis=2),
        log_determinant=2.0 * np.cumsum(np.log(fresh), axis=2),
    )


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every rise that is looked for: a check-in at which we look, and the check-in with which it began.

    Pairs of one check stand together, the earliest start first.

    Attributes:
        check: place of the check-in at which we look; shape (pairs,).
        start: place of the first check-in of the rise; shape (pairs,).
        first: place of the first pair of each check; shape (checks,).
    """

    check: IntArray
    start: IntArray
    first: IntArray

    @property
    def checks(self) -> IntArray:
        """The check-ins at which we look; shape (checks,)."""
        return self.check[self.first]


@lru_cache(maxsize=256)
def pairs_of(check_ins: int, design: PersonDesign) -> Pairs:
    """The comparisons there are with so many check-ins: each has a baseline before its start."""
    checks = range(design.baseline + design.shortest - 1, check_ins)
    starts = [
        np.arange(max(design.baseline, k - design.longest + 1), k - design.shortest + 2) for k in checks
    ]
    counts = np.array([len(start) for start in starts], dtype=np.int64)
    start = np.concatenate([*starts, np.zeros(0, dtype=np.int64)])
    check = np.repeat(np.array(list(checks), dtype=np.int64), counts)
    return Pairs(check, start, np.cumsum(counts) - counts)


@dataclass(frozen=True, eq=False)
class Rises:
    """What the weeks say about each rise, for each autocorrelation.

    Attributes:
        information: of the size of the rise; shape (people, grid, pairs).
        score: its score; the estimate is score / information; the same shape.
        squares: sum of squares without a change, with what is known beforehand; (people, grid, checks).
        df: its degrees of freedom; shape (checks,).
        likelihood: of no change, relative to the likeliest autocorrelation; (people, grid, checks).
        prior: logarithm of the weight a start has beforehand; shape (pairs,).
    """

    information: FloatArray
    score: FloatArray
    squares: FloatArray
    df: FloatArray
    likelihood: FloatArray
    prior: FloatArray


def measure_rises(white: Whitened, pairs: Pairs, design: PersonDesign) -> Rises:
    """Compare, in each pair, the weeks since the start with all weeks before it."""
    checks, of, at = pairs.checks, _check_numbers(pairs), pairs.start
    level, here = white.level_level[:, :, checks], white.level_seen[:, :, checks]
    later = level[..., of] - white.level_level[:, :, at]
    onset = white.onset[:, :, at]
    across = white.level[:, :, at] * onset + later
    information = onset * onset + later - across * across / level[..., of]
    score = onset * white.seen[:, :, at] + here[..., of] - white.level_seen[:, :, at]
    score -= across * (here / level)[..., of]
    squares = white.seen_seen[:, :, checks] - here**2 / level + design.prior_df * design.within_sd**2
    df: FloatArray = np.asarray(design.prior_df + checks, dtype=np.float64)
    likelihood = -0.5 * (white.log_determinant[:, :, checks] + np.log(level) + df * np.log(squares))
    likelihood = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    prior = np.where(at == design.baseline, np.log(design.first_weight), 0.0)
    return Rises(information, score, squares, df, likelihood, prior)


def log_ratio(rises: Rises, pairs: Pairs, design: PersonDesign) -> FloatArray:
    """Logarithm of how much better each rise fits than no change; shape (people, pairs).

    The size of the rise has a normal prior about zero, in units of the person's own standard deviation; only
    estimates above zero count. Autocorrelations are summed over, each as likely as it is in its story.
    """
    of = _check_numbers(pairs)
    square = design.rise_sd**2
    wider = 1.0 + square * rises.information
    explained = rises.score * rises.score * (square / rises.squares)[..., of] / wider
    fits = np.exp(-0.5 * rises.df[of] * np.log1p(-explained)) / np.sqrt(wider)
    fits[rises.score <= 0.0] = 0.0
    unchanged = (design.weights_unchanged()[:, None] * rises.likelihood).sum(axis=1)
    changed = ((design.weights_changed()[:, None] * rises.likelihood)[..., of] * fits).sum(axis=1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(changed / unchanged[:, of]) + rises.prior, dtype=np.float64)


def still_missing(rises: Rises, ratio: FloatArray, pairs: Pairs, design: PersonDesign) -> FloatArray:
    """By how many points the weeks since each start would have to be higher; shape (people, pairs).

    Negative once they are beyond the limit: the sign is exact. For the size, the logarithm of the ratio is
    taken as the square of the rise that it is for one autocorrelation and many weeks.
    """
    of = _check_numbers(pairs)
    square = design.rise_sd**2
    likely = design.weights_unchanged()[:, None] * rises.likelihood
    likely = likely / likely.sum(axis=1, keepdims=True)
    information = (likely[..., of] * rises.information).sum(axis=1)
    rise = (likely[..., of] * rises.score).sum(axis=1) / information
    variance = (likely * rises.squares).sum(axis=1) / rises.df
    wider = 1.0 + square * information
    unit = np.sqrt(2.0 * variance[:, of] * wider / square) / information
    nothing = rises.prior - 0.5 * np.log(wider)
    above = np.sqrt(np.maximum(ratio - nothing, 0.0))
    reached = np.where(above > 0.0, above, np.minimum(rise / unit, 0.0))
    needed = np.sqrt(np.maximum(design.limit - nothing, 0.0))
    return np.asarray(unit * (needed - reached), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Strongest:
    """The story of a change that fits best at each check, for each person.

    Attributes:
        weight: logarithm of its ratio; minus infinity where no comparison shows a rise; (people, checks).
        start: place of its first check-in; (people, checks).
        kept: whether it is the one of the check before; (people, checks).
    """

    weight: FloatArray
    start: IntArray
    kept: NDArray[np.bool_]


def strongest_of(ratio: FloatArray, pairs: Pairs, values: FloatArray) -> Strongest:
    """The best story at each check; a week as high as the weeks that stand out never speaks against them.

    A week far above them makes a person's weeks look more variable, and the ratio may fall: a notice would go
    because things got worse. The ratio of the check before is kept then.

    Args:
        ratio: of every pair; shape (people, pairs).
        pairs: the pairs.
        values: scores; shape (people, check-ins).
    """
    weight = np.maximum.reduceat(ratio, pairs.first, axis=1)
    best = ratio == weight[:, _check_numbers(pairs)]
    start = np.minimum.reduceat(np.where(best, pairs.start, values.shape[1]), pairs.first, axis=1)
    kept = np.zeros(weight.shape, dtype=np.bool_)
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    people = np.arange(len(values))
    for c, check in enumerate(pairs.checks.tolist()[1:], 1):
        before = start[:, c - 1]
        standing_out = (sums[:, check] - sums[people, before]) / (check - before)
        keep = (values[:, check] >= standing_out) & (weight[:, c - 1] > weight[:, c])
        weight[keep, c], start[keep, c], kept[:, c] = weight[keep, c - 1], before[keep], keep
    return Strongest(weight, start, kept)


def strongest_weight(weeks: IntArray, values: FloatArray, design: PersonDesign) -> FloatArray:
    """Logarithm of the ratio of the best story at each check-in; shape (people, check-ins).

    Minus infinity where nothing can be judged yet, and where no comparison shows a rise.

    Args:
        weeks: running numbers, rising; shape (people, check-ins). The row of a person with fewer check-ins
            than others is filled up with any later weeks: they change nothing of what was before them.
        values: scores; shape (people, check-ins).
        design: what holds for people in general.
    """
    weight = np.full(weeks.shape, -np.inf)
    pairs = pairs_of(weeks.shape[1], design)
    if len(pairs.first):
        rises = measure_rises(whiten(weeks, values, design), pairs, design)
        weight[:, pairs.checks] = strongest_of(log_ratio(rises, pairs, design), pairs, values).weight
    return weight


def _check_numbers(pairs: Pairs) -> IntArray:
    """The number of the check of each pair: 0 for the first check at which we look."""
    return np.asarray(pairs.check - pairs.check[0], dtype=np.int64)
