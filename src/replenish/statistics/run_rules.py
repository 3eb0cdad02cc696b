"""Runs of points on one side of a centre line: is a series less mixed than chance would make it?

Two sets of rules. The longest run and the number of crossings (Anhoej and Olesen 2014, PLoS ONE 9) fit
series of any length from ten points on. The four rules of the Western Electric Company (Statistical Quality
Control Handbook, 1956) are the older, better known ones; each adds false alarms of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from math import comb, isclose, log2

ALIKE = 1e-12
"""Nearer to the centre than this part of it, a value lies on the centre line."""
LEVEL = 20
"""One in twenty: fewer crossings than this have by chance are a sign."""


@dataclass(frozen=True)
class Runs:
    """The longest run and the crossings of a series.

    Attributes:
        useful: points that do not lie on the centre line.
        longest: points of the longest run on one side.
        longest_by_chance: the longest run that chance would hardly exceed.
        crossings: how often the series goes from one side to the other.
        crossings_by_chance: the fewest crossings that chance would hardly fall below.
    """

    useful: int
    longest: int
    longest_by_chance: int
    crossings: int
    crossings_by_chance: int

    @property
    def too_long(self) -> bool:
        """Whether a run is longer than chance would make it."""
        return self.longest > self.longest_by_chance

    @property
    def too_few_crossings(self) -> bool:
        """Whether the sides are changed more rarely than by chance."""
        return self.crossings < self.crossings_by_chance

    @property
    def signals(self) -> bool:
        """Whether either is so."""
        return self.too_long or self.too_few_crossings


class WesternRule(Enum):
    """The four rules, by the words of the handbook's later readers."""

    BEYOND_THREE = "one point beyond three sigma"
    TWO_OF_THREE = "two of three beyond two sigma on one side"
    FOUR_OF_FIVE = "four of five beyond one sigma on one side"
    EIGHT_ON_ONE_SIDE = "eight in a row on one side"


@dataclass(frozen=True)
class WesternElectric:
    """A rule and the point, from 0, at which it was met."""

    rule: WesternRule
    point: int


@dataclass(frozen=True)
class _Zone:
    """So many of the last so many points beyond a distance, the newest of them too."""

    rule: WesternRule
    least: int
    among: int
    beyond: float


_ZONES = (
    _Zone(WesternRule.BEYOND_THREE, 1, 1, 3.0),
    _Zone(WesternRule.TWO_OF_THREE, 2, 3, 2.0),
    _Zone(WesternRule.FOUR_OF_FIVE, 4, 5, 1.0),
    _Zone(WesternRule.EIGHT_ON_ONE_SIDE, 8, 8, 0.0),
)


def runs_about(centre: float, values: Sequence[float]) -> Runs:
    """The longest run and the crossings of values about a centre line.

    Values on the line count for neither side. The limits are `round(log2(n) + 3)` for the longest run, and
    the lower 5 % point of a binomial of `n - 1` fair tosses for the crossings.
    """
    above = [value > centre for value in values if not isclose(value, centre, rel_tol=ALIKE)]
    lengths = [len(list(run)) for _, run in groupby(above)]
    n = len(above)
    return Runs(
        useful=n,
        longest=max(lengths, default=0),
        longest_by_chance=round(log2(n) + 3) if n else 0,
        crossings=max(len(lengths) - 1, 0),
        crossings_by_chance=_fewest_crossings(n - 1) if n else 0,
    )


def _fewest_crossings(tosses: int) -> int:
    """The smallest k for which at most k heads in so many fair tosses have a chance of 5 % or more."""
    below = 0
    for k in range(tosses + 1):
        below += comb(tosses, k)
        if below * LEVEL >= 2**tosses:
            return k
    return tosses


def western_electric(standard: Sequence[float]) -> tuple[WesternElectric, ...]:
    """Where the four rules are met, in the order of the points.

    Args:
        standard: distances from the centre in sigmas, one for each point.
    """
    sides: tuple[Callable[[float], float], ...] = (lambda z: z, lambda z: -z)
    return tuple(
        WesternElectric(zone.rule, number)
        for number in range(len(standard))
        for zone in _ZONES
        if any(_met(zone, [side(z) for z in standard[: number + 1]]) for side in sides)
    )


def _met(zone: _Zone, until_now: Sequence[float]) -> bool:
    last = until_now[-zone.among :]
    return last[-1] > zone.beyond and sum(z > zone.beyond for z in last) >= zone.least
