"""Random intercepts of units, and of units inside their parents, taken out of the cross-products.

A unit of n rows with spread ratio L = theta^2 counts as a = n / (1 + L n) independent rows at its mean;
what its rows lie about that mean is untouched. All terms are sums of squares: nothing cancels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.mixed_design import Design
from replenish.statistics.profiled_likelihood import Absorbed

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RandomIntercept:
    """One intercept per unit; units of one size are taken together.

    Attributes:
        within: (q + 1, q + 1) products about unit means.
        sizes: (K,) the sizes that units have.
        units: (K,) how many units have that size.
        products: (K, q + 1, q + 1) sums of products of the means of these units.
    """

    within: Floats
    sizes: Floats
    units: Floats
    products: Floats

    @classmethod
    def of(cls, design: Design) -> Self:
        """Take the units of one size together: the cost of a fit does not depend on rows."""
        order = np.argsort(design.n, kind="stable")
        sizes, first = np.unique(design.n[order], return_index=True)
        means = design.means[order]
        products = np.array([part.T @ part for part in np.split(means, first[1:])])
        units = np.diff(np.append(first, len(order)))
        return cls(design.within, sizes.astype(np.float64), units.astype(np.float64), products)

    @property
    def starts(self) -> list[Floats]:
        """A tenth of the variance between units."""
        return [np.array([1 / 3])]

    def absorb(self, theta: Floats) -> Absorbed:
        """Take the intercepts out; theta is (1,)."""
        ratio = theta[0] ** 2
        counts_as = self.sizes / (1 + ratio * self.sizes)
        return Absorbed(
            self.within + np.tensordot(counts_as, self.products, 1),
            float(self.units @ np.log1p(ratio * self.sizes)),
            -2 * theta[0] * np.tensordot(counts_as**2, self.products, 1)[None],
            2 * theta[0] * np.array([self.units @ counts_as]),
        )


@dataclass(frozen=True, eq=False)
class NestedIntercepts:
    """One intercept per unit and one per parent of units.

    Attributes:
        within: (q + 1, q + 1) products about unit means.
        n: (G,) rows of each unit, units in the order of their parents.
        means: (G, q + 1) means of the units.
        parent: (G,) the parent of each unit, ascending.
        first: (H,) where each parent's units begin.
    """

    within: Floats
    n: Floats
    means: Floats
    parent: NDArray[np.int64]
    first: NDArray[np.int64]

    @classmethod
    def of(cls, design: Design, parent: NDArray[np.int64]) -> Self:
        """Put units in the order of their parents (G,)."""
        order = np.argsort(parent, kind="stable")
        _, first, place = np.unique(parent[order], return_index=True, return_inverse=True)
        return cls(design.within, design.n[order].astype(np.float64), design.means[order], place, first)

    @property
    def starts(self) -> list[Floats]:
        """Units and parents alike, and each larger than the other."""
        return [np.array([1 / 3, 1 / 3]), np.array([1.0, 0.1]), np.array([0.1, 1.0])]

    def absorb(self, theta: Floats) -> Absorbed:
        """Take the intercepts out; theta is (2,): units, then parents."""
        ratio, ratio_above = theta**2
        counts_as = self.n / (1 + ratio * self.n)
        rows_above = np.add.reduceat(counts_as, self.first)
        sums_above = np.add.reduceat(counts_as[:, None] * self.means, self.first)
        means_above = sums_above / rows_above[:, None]
        counts_above = rows_above / (1 + ratio_above * rows_above)
        apart = self.means - means_above[self.parent]
        # What V^-1 leaves of a unit's mean: its distance from the parent shrunk towards zero.
        kept = 1 / (1 + ratio_above * rows_above)
        left = self.means - (1 - kept)[self.parent, None] * means_above[self.parent]
        weighted = counts_as[:, None] * left
        slopes = np.array(
            [
                -2 * theta[0] * weighted.T @ weighted,
                -2
                * theta[1]
                * (counts_above[:, None] * means_above).T
                @ (counts_above[:, None] * means_above),
            ]
        )
        shared = ratio_above * kept[self.parent]
        return Absorbed(
            self.within
            + (counts_as[:, None] * apart).T @ apart
            + (counts_above[:, None] * means_above).T @ means_above,
            float(np.log1p(ratio * self.n).sum() + np.log1p(ratio_above * rows_above).sum()),
            slopes,
            2 * theta * np.array([(counts_as - counts_as**2 * shared).sum(), counts_above.sum()]),
        )
