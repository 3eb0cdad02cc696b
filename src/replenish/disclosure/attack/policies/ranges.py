"""What is certain about answers when histograms or totals of overlapping sets of people are published.

Bounds are passed between the sets until none gets narrower. A bound found so is always true; on tangled
sets a solver could find more, so a policy is never made to look worse than it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.policies.outcome import Proved

Integers = NDArray[np.int64]
PASSES = 200
WITHIN_ONE = 2
"""Values that span two points have a middle that is at most one point away from each."""


@dataclass(frozen=True)
class Possible:
    """For each atom (people who are in the same sets) the lowest and highest value left, and how many.

    Attributes:
        low, high: shape (atoms,), whole points from 0.
        values: shape (atoms,), how many values are left.
    """

    low: Integers
    high: Integers
    values: Integers

    def proved(self, people: Integers, values_in_all: int) -> Proved:
        """Count answers; `people` has shape (atoms,)."""
        return Proved(
            int(people.sum()),
            int(people[self.values == 1].sum()),
            int(people[self.high - self.low <= WITHIN_ONE].sum()),
            int(people[self.values < values_in_all].sum()),
        )


def from_histograms(people: Integers, sets: NDArray[np.bool_], histograms: Integers) -> Possible:
    """What histograms leave possible.

    Args:
        people: shape (atoms,), how many people are in each atom, at least 1.
        sets: shape (sets, atoms), which atoms are in which published set.
        histograms: shape (sets, values), how many people of each set gave each value.
    """
    least = np.zeros((people.size, histograms.shape[1]), dtype=np.int64)
    most = np.repeat(people[:, None], histograms.shape[1], axis=1)
    for _ in range(PASSES):
        before = most.sum() - least.sum()
        for low, high in _passes(people, sets, histograms, least, most):
            least, most = np.maximum(least, low), np.minimum(most, high)
        if most.sum() - least.sum() == before:
            break
    left = most > 0
    values = np.arange(histograms.shape[1])
    return Possible(
        np.where(left, values, values.size).min(axis=1),
        np.where(left, values, -1).max(axis=1),
        left.sum(axis=1),
    )


def _passes(
    people: Integers, sets: NDArray[np.bool_], histograms: Integers, least: Integers, most: Integers
) -> list[tuple[Integers, Integers]]:
    """New bounds from every set, and from the number of people of every atom."""
    slack = histograms - sets @ least
    spare = histograms - sets @ most
    far = np.iinfo(np.int64).max // 4
    inside = sets[:, :, None]
    high = least + np.where(inside, slack[:, None, :], far).min(axis=0, initial=far)
    low = most + np.where(inside, spare[:, None, :], -far).max(axis=0, initial=-far)
    row_high = least + (people - least.sum(axis=1))[:, None]
    row_low = most + (people - most.sum(axis=1))[:, None]
    return [(low, high), (row_low, row_high)]


def from_totals(sets: Integers, totals: Integers, highest: int) -> tuple[Integers, Integers]:
    """The lowest and highest value left for each person when totals (and differences of totals) are known.

    Args:
        sets: shape (totals, people), 1 for people in the set, -1 for people who are subtracted.
        totals: shape (totals,).
        highest: values go from 0 to this.

    Returns:
        Each of shape (people,).
    """
    low = np.zeros(sets.shape[1], dtype=np.int64)
    high = np.full(sets.shape[1], highest, dtype=np.int64)
    if not totals.size:
        return low, high
    far = 10**9
    added, taken = sets > 0, sets < 0
    for _ in range(PASSES):
        before = int((high - low).sum())
        least = added @ low - taken @ high
        most = added @ high - taken @ low
        above = (totals - least)[:, None]
        below = (totals - most)[:, None]
        high, low = (
            np.minimum(
                high,
                np.minimum(
                    low + np.where(added, above, far).min(axis=0),
                    low - np.where(taken, below, -far).max(axis=0),
                ),
            ),
            np.maximum(
                low,
                np.maximum(
                    high + np.where(added, below, -far).max(axis=0),
                    high - np.where(taken, above, far).min(axis=0),
                ),
            ),
        )
        if int((high - low).sum()) == before:
            break
    return low, high


def proved_by_ranges(low: Integers, high: Integers, highest: int) -> Proved:
    """Count answers by what is left of their range."""
    width = high - low
    return Proved(
        int(width.size),
        int((width == 0).sum()),
        int((width <= WITHIN_ONE).sum()),
        int((width < highest).sum()),
    )


def clipped(guess: Floats, low: Floats, high: Floats) -> Floats:
    """A guess moved into what is certain."""
    return np.asarray(np.clip(guess, low, high), dtype=np.float64)
