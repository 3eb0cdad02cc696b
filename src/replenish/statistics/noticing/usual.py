"""What is usual for one person, and how far means of that person's weeks may be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from replenish.statistics.noticing.design import PersonDesign
from replenish.statistics.noticing.result import Usual
from replenish.statistics.noticing.stories import whiten

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

LEVEL = 0.90
_LOWEST, _HIGHEST = 0.0, 100.0


@dataclass(frozen=True, eq=False)
class Spread:
    """How much a person's weeks vary, for each autocorrelation of the design.

    Attributes:
        likely: how likely each autocorrelation is, given the weeks; shape (grid,).
        variance: of single weeks about their level, drawn towards the pooled one; shape (grid,).
        df: degrees of freedom of the variance.
    """

    likely: FloatArray
    variance: FloatArray
    df: float

    @property
    def sd(self) -> float:
        """Standard deviation of single weeks, whatever the autocorrelation."""
        return float(np.sqrt(self.likely @ self.variance))

    def half_width(self, variance: float) -> float:
        """Half of the interval around something of this variance."""
        return float(stdtrit(self.df, 0.5 + LEVEL / 2) * np.sqrt(variance))


def spread_of(weeks: IntArray, values: FloatArray, design: PersonDesign) -> Spread:
    """Learn spread and autocorrelation from weeks of one level.

    Args:
        weeks: running numbers, rising; shape (check-ins,).
        values: scores; the same shape.
        design: what holds for people in general.
    """
    white = whiten(weeks[None, :], values[None, :], design)
    level, level_seen = white.level_level[0, :, -1], white.level_seen[0, :, -1]
    squares = white.seen_seen[0, :, -1] - level_seen**2 / level + design.prior_df * design.within_sd**2
    df = design.prior_df + len(weeks) - 1
    log_likely = -0.5 * (white.log_determinant[0, :, -1] + np.log(level) + df * np.log(squares))
    likely = design.weights_unchanged() * np.exp(log_likely - log_likely.max())
    return Spread(likely / likely.sum(), squares / df, df)


def variance_of_sum(weeks: IntArray, parts: FloatArray, spread: Spread, design: PersonDesign) -> float:
    """Variance of a weighted sum of weeks, autocorrelation and gaps included.

    Args:
        weeks: running numbers, rising; shape (check-ins,).
        parts: the weights; the same shape.
        spread: of the person's weeks.
        design: what holds for people in general.
    """
    grid = np.array(design.autocorrelations)
    shared = np.zeros((len(weeks), grid.size))
    shared[1:] = grid[None, :] ** np.diff(weeks)[:, None]
    fresh = 1.0 - shared**2
    total, carried = np.zeros(grid.size), np.zeros(grid.size)
    for k in range(len(weeks) - 1, -1, -1):
        # What is new in a week goes into the sum with its own weight and with what later weeks keep of it.
        carried = parts[k] + carried
        total += carried**2 * fresh[k]
        carried = carried * shared[k]
    return float(spread.likely @ (spread.variance * total))


def usual_of(weeks: IntArray, values: FloatArray, spread: Spread, design: PersonDesign) -> Usual:
    """A person's usual from the weeks that belong to it; the arguments are as above."""
    mean = float(values.mean())
    parts = np.full(len(weeks), 1.0 / len(weeks))
    half = spread.half_width(spread.sd**2 + variance_of_sum(weeks, parts, spread, design))
    low, high = max(_LOWEST, mean - half), min(_HIGHEST, mean + half)
    return Usual(mean, spread.sd, low, high, len(weeks))
