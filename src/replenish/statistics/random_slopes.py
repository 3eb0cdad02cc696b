"""Random slopes of units, correlated with their intercepts, taken out unit by unit.

With Z the intercept and the slope columns of a unit and L = T T' the ratio of their covariance to the
residual variance, V^-1 = I - Z T (I + T'Z'Z T)^-1 T'Z'. Only Z'Z and Z'[X y] of every unit are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.mixed_design import Design
from replenish.statistics.profiled_likelihood import Absorbed

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class RandomSlopes:
    """An intercept and k - 1 slopes per unit with an unrestricted covariance.

    Attributes:
        total: (q + 1, q + 1) products of all rows.
        square: (G, k, k) Z'Z of every unit.
        across: (G, k, q + 1) Z'[X y] of every unit.
        lower: rows and columns of the lower triangle of T, in which theta is listed.
    """

    total: Floats
    square: Floats
    across: Floats
    lower: tuple[NDArray[np.intp], NDArray[np.intp]]

    @classmethod
    def of(cls, design: Design, unit_within: Floats, at: Sequence[int]) -> Self:
        """Random slopes of the columns at the given positions of the design."""
        columns = [0, *at]
        means = design.means
        across = unit_within[:, columns] + design.n[:, None, None] * (
            means[:, columns, None] * means[:, None, :]
        )
        return cls(design.total(), across[:, :, columns], across, np.tril_indices(len(columns)))

    @property
    def starts(self) -> list[Floats]:
        """Independent effects of the same, and of a smaller spread."""
        size = int(self.square.shape[1])
        return [self._listed(np.eye(size) * spread) for spread in (0.5, 0.1)]

    def _listed(self, T: Floats) -> Floats:
        return T[self.lower]

    def factor(self, theta: Floats) -> Floats:
        """The lower triangular T (k, k) of theta."""
        T = np.zeros(self.square.shape[1:])
        T[self.lower] = theta
        return T

    def absorb(self, theta: Floats) -> Absorbed:
        """Take intercepts and slopes out; theta is the lower triangle of T row by row."""
        T = self.factor(theta)
        units, size, width = self.across.shape
        spread = self.square @ T
        inner = np.eye(size) + T.T @ spread
        root = np.linalg.cholesky(inner)
        taken = T.T @ self.across
        shrunk = np.linalg.solve(inner, taken)
        left = self.across - spread @ shrunk
        log_determinant = 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
        cross = self.total - taken.reshape(-1, width).T @ shrunk.reshape(-1, width)
        pairs = left.reshape(units, -1).T @ shrunk.reshape(units, -1)
        slopes = pairs.reshape(size, width, size, width).transpose(0, 2, 1, 3)[self.lower]
        determinant = 2 * np.linalg.solve(inner, spread.transpose(0, 2, 1)).sum(axis=0).T
        return Absorbed(
            cross, log_determinant, -(slopes + slopes.transpose(0, 2, 1)), determinant[self.lower]
        )
