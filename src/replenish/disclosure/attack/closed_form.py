"""The exact answer for one leaf with one band: which values of a person's answer remain possible.

People of one leaf are exchangeable, so one calculation speaks for all of them. `argument.md` shows why
it is exact; a test compares it with linear and integer programming and with brute force.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache


@dataclass(frozen=True)
class Interval:
    """Where a mean lies, as a share of the range of possible answers (0 to 1)."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = True

    def intersect(self, other: Interval) -> Interval:
        """The part common to both; it may be empty."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not closed)

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


WHOLE = Interval(Fraction(0), Fraction(1), low_open=False, high_open=False)


@dataclass(frozen=True)
class Possible:
    """What remains possible for one person's answer when everything published is taken together.

    Attributes:
        asked: how many values were asked about (every grid value; the two ends where there is no grid).
        ruled_out: how many of them cannot be this person's answer.
        low, high: the narrowest range left, as shares of the range of answers, the worst case over
            everything the colluding members may hold.
    """

    asked: int
    ruled_out: int
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How far apart the remaining values are."""
        return self.high - self.low

    def within(self, low: Fraction, high: Fraction) -> Possible:
        """The same when besides everybody's answer is known to lie from `low` to `high`."""
        steps = self.asked - 1
        outside = sum(not low <= Fraction(value, steps) <= high for value in range(self.asked))
        least, most = max(self.low, low), min(self.high, high)
        return Possible(self.asked, max(self.ruled_out, outside), least, max(least, most))


def totals(interval: Interval, n: int, grid: int | None) -> tuple[Fraction, Fraction]:
    """Smallest and largest total of n answers whose mean lies in the interval.

    On a grid the totals are whole numbers of grid steps and both are attained. Without a grid they are in
    units of the range, and an open end is not attained (strictness is judged apart).
    """
    if grid is None:
        return interval.low * n, interval.high * n
    lowest, highest = interval.low * n * grid, interval.high * n * grid
    low = math.floor(lowest) + 1 if interval.low_open else math.ceil(lowest)
    high = math.ceil(highest) - 1 if interval.high_open else math.floor(highest)
    return Fraction(max(low, 0)), Fraction(min(high, n * grid))


@lru_cache(maxsize=65_536)
def possible_answers(interval: Interval, n: int, *, grid: int | None, colluders: int) -> Possible | None:
    """What remains possible for a member of a group of n whose mean lies in the interval.

    Args:
        interval: where the mean of the group lies.
        n: how many people answered, at least 1.
        grid: number of steps from the lowest to the highest answer, or None for a continuous scale.
        colluders: how many other members pool their own answers with the adversary; worst case over
            what they answered. More than n - 1 are cut to n - 1.

    Returns:
        What remains, or None when no answers at all give such a mean.
    """
    top = 1 if grid is None else grid
    k = min(colluders, n - 1)
    rest = n - 1 - k
    low, high = totals(interval, n, grid)
    if low > high or (grid is None and interval.empty) or not _attainable(interval, n, grid):
        return None
    most_held = min(Fraction(k * top), high)
    least_held = max(Fraction(0), low - (n - k) * top)
    ceiling = min(Fraction(top), high - most_held)
    floor = max(Fraction(0), low - least_held - rest * top)
    ranges = (
        (max(Fraction(0), low - most_held - rest * top), ceiling),
        (floor, min(Fraction(top), high - least_held)),
    )
    narrowest = min(ranges, key=lambda ends: ends[1] - ends[0])
    if grid is None:
        ruled_out = _ends_ruled_out(interval, n, k)
        return Possible(2, ruled_out, narrowest[0], narrowest[1])
    kept = max(0, int(ceiling) - int(floor) + 1) if floor <= ceiling else 0
    return Possible(grid + 1, grid + 1 - kept, narrowest[0] / grid, narrowest[1] / grid)


def _attainable(interval: Interval, n: int, grid: int | None) -> bool:
    """Whether some mean between 0 and 1 lies in the interval."""
    if grid is not None:
        low, high = totals(interval, n, grid)
        return low <= high
    return not interval.intersect(WHOLE).empty


def _ends_ruled_out(interval: Interval, n: int, k: int) -> int:
    """How many of the two end values are impossible when k colluders sit at that same end.

    Strict where the interval is open: a mean on an open end does not exist.
    """
    together = k + 1
    low_total, high_total = interval.low * n, interval.high * n
    highest_fails = together >= high_total if interval.high_open else together > high_total
    most = n - together
    lowest_fails = most <= low_total if interval.low_open else most < low_total
    return int(highest_fails) + int(lowest_fails)
