"""The bands of a mean: cuts so far from the ends that no answer of anybody can be ruled out.

Source: the design's own bound; see argument.md beside this file.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands.known_rules import RULE, rule_named
from replenish.disclosure.bands.sizes import SizeClass

LOWEST = 0.0
HIGHEST = 100.0


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """An interval of a mean on 0-100: `low` included, `high` excluded, except that 100 includes itself."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            refuse(DisclosureFault.BAND_RANGE, low=self.low, high=self.high)
        if not LOWEST <= self.low < self.high <= HIGHEST:
            refuse(DisclosureFault.BAND_RANGE, low=self.low, high=self.high)

    @property
    def middle(self) -> float:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    def __contains__(self, mean: float | Fraction) -> bool:
        return self.low <= mean < self.high or mean == self.high == HIGHEST


def cuts(size: SizeClass, *, share: bool = False, rule: str = RULE) -> tuple[float, ...]:
    """The cuts a rule uses for every group of this published size class, on 0-100, rising.

    Raises:
        Refused: the class is none of the published ones, or the rule is not known.
    """
    known = rule_named(rule)
    table = known.share_cuts if share else known.mean_cuts
    if size not in table:
        refuse(DisclosureFault.SIZE_CLASS_UNKNOWN, size=size.label)
    return table[size]


@cache
def _doubled_cuts(size: SizeClass, *, share: bool, rule: str) -> tuple[int, ...]:
    """The cuts times two: all of them are whole numbers, which compare exactly and fast."""
    return tuple(int(2 * cut) for cut in cuts(size, share=share, rule=rule))


@cache
def bands(size: SizeClass, *, share: bool = False, rule: str = RULE) -> tuple[Band, ...]:
    """All bands a group of this published size class can be given, rising, without gaps."""
    ends = (LOWEST, *cuts(size, share=share, rule=rule), HIGHEST)
    return tuple(Band(low, high) for low, high in pairwise(ends))


def band_of(mean: float | Fraction, size: SizeClass, *, share: bool = False, rule: str = RULE) -> Band:
    """The band that holds a mean on 0-100.

    Raises:
        Refused: the mean is not between 0 and 100, or the rule is not known.
    """
    if not math.isfinite(mean):
        refuse(DisclosureFault.MEAN_RANGE, mean=float(mean))
    above, below = mean.as_integer_ratio()
    if not 0 <= above <= int(HIGHEST) * below:
        refuse(DisclosureFault.MEAN_RANGE, mean=float(mean))
    # Twice the mean reaches a whole number exactly when its floor does.
    doubled = _doubled_cuts(size, share=share, rule=rule)
    return bands(size, share=share, rule=rule)[bisect_right(doubled, 2 * above // below)]


def cut_is_safe(cut: float, n: int, colluders: int) -> bool:
    """Whether a cut leaves every answer of every other person possible, whatever the colluders reveal.

    Args:
        cut: on 0-100.
        n: the number of voices behind the mean.
        colluders: how many of them put their own answers together.
    """
    margin = HIGHEST * (colluders + 1)
    return margin < Fraction(cut) * n < HIGHEST * n - margin
