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
from replenish.disclosure.bands.sizes import SIZE_CLASSES, SizeClass

LOWEST = 0.0
HIGHEST = 100.0

RULE = "replenish-rule-2"
"""The set of rules (floor, size classes, cuts, parents, arrows) that releases are made under."""

EARLIER_RULE = "replenish-rule-1"
"""Files made under it are no longer continued; they can still be attacked, by their own cuts."""

EARLIER_MEAN_CUTS: dict[SizeClass, tuple[float, ...]] = {
    SIZE_CLASSES[0]: (37.5, 50.0, 62.5),
    SIZE_CLASSES[1]: (25.0, 37.5, 50.0, 62.5, 75.0),
    SIZE_CLASSES[2]: (12.5, 25.0, 37.5, 50.0, 62.5, 75.0, 87.5),
}
MEAN_CUTS: dict[SizeClass, tuple[float, ...]] = {
    SIZE_CLASSES[0]: (35.0, 50.0, 65.0),
    SIZE_CLASSES[1]: (25.0, 35.0, 50.0, 65.0, 75.0),
    SIZE_CLASSES[2]: (15.0, 25.0, 35.0, 50.0, 65.0, 75.0, 85.0),
}
SHARE_CUTS: dict[SizeClass, tuple[float, ...]] = {
    SIZE_CLASSES[0]: (40.0, 50.0, 60.0),
    SIZE_CLASSES[1]: (25.0, 40.0, 50.0, 60.0, 75.0),
    SIZE_CLASSES[2]: (15.0, 25.0, 40.0, 50.0, 60.0, 75.0, 85.0),
}


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
    """The cuts used for every group of this published size class, on 0-100, rising.

    Any other rule than the earlier one is taken for the rule in force.

    Raises:
        Refused: the class is none of the published ones.
    """
    means = EARLIER_MEAN_CUTS if rule == EARLIER_RULE else MEAN_CUTS
    table = SHARE_CUTS if share else means
    if size not in table:
        refuse(DisclosureFault.SIZE_CLASS_UNKNOWN, size=size.label)
    return table[size]


@cache
def _doubled_cuts(size: SizeClass, *, share: bool) -> tuple[int, ...]:
    """The cuts times two: all of them are whole numbers, which compare exactly and fast."""
    return tuple(int(2 * cut) for cut in cuts(size, share=share))


@cache
def bands(size: SizeClass, *, share: bool = False, rule: str = RULE) -> tuple[Band, ...]:
    """All bands a group of this published size class can be given, rising, without gaps."""
    ends = (LOWEST, *cuts(size, share=share, rule=rule), HIGHEST)
    return tuple(Band(low, high) for low, high in pairwise(ends))


def band_of(mean: float | Fraction, size: SizeClass, *, share: bool = False) -> Band:
    """The band that holds a mean on 0-100.

    Raises:
        Refused: the mean is not between 0 and 100.
    """
    if not math.isfinite(mean):
        refuse(DisclosureFault.MEAN_RANGE, mean=float(mean))
    above, below = mean.as_integer_ratio()
    if not 0 <= above <= int(HIGHEST) * below:
        refuse(DisclosureFault.MEAN_RANGE, mean=float(mean))
    # Twice the mean reaches a whole number exactly when its floor does.
    return bands(size, share=share)[bisect_right(_doubled_cuts(size, share=share), 2 * above // below)]


def cut_is_safe(cut: float, n: int, colluders: int) -> bool:
    """Whether a cut leaves every answer of every other person possible, whatever the colluders reveal.

    Args:
        cut: on 0-100.
        n: the number of voices behind the mean.
        colluders: how many of them put their own answers together.
    """
    margin = HIGHEST * (colluders + 1)
    return margin < Fraction(cut) * n < HIGHEST * n - margin
