"""Moments of a group: counts, sums and sums of products, which add up exactly over any union.

Everything is kept about a shift near the mean, so that a large offset costs no digits, and merging
follows the pairwise update of Chan, Golub and LeVeque (1983), The American Statistician 37, 242-247.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan, sqrt
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.complete_cases import NONE_LEFT_OUT, Columns, LeftOut, check_columns, column_blocks
from replenish.statistics.estimate import Estimate, interval_estimate

Floats = NDArray[np.float64]
Combinations = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Moments:
    """Counts, sums and products of p named columns over the rows of a group.

    Entry [j, k] of every matrix is taken over the rows that have an answer in both column j and column
    k. With complete cases these are all the rows and `counts` is `n` everywhere.

    Attributes:
        names: the p columns.
        n: rows folded in (complete cases), or all rows where answers are kept pairwise.
        shift: (p,) the point about which sums are taken, near the mean.
        counts: (p, p) rows with both answers.
        sums: (p, p) sum of x_j - shift_j over the rows of [j, k]; the diagonal is over all answers to j.
        products: (p, p) sum of (x_j - shift_j)(x_k - shift_k).
        squares: (p, p) sum of (x_j - shift_j)^2 over the rows of [j, k].
        left_out: rows that were left out as incomplete, and where answers were missing.
    """

    names: tuple[str, ...]
    n: int
    shift: Floats
    counts: Floats
    sums: Floats
    products: Floats
    squares: Floats
    left_out: LeftOut = NONE_LEFT_OUT

    def __post_init__(self) -> None:
        for array in (self.shift, self.counts, self.sums, self.products, self.squares):
            array.setflags(write=False)

    @classmethod
    def empty(cls, names: Sequence[str]) -> Self:
        """Moments of nobody: the element that changes nothing when added."""
        p = len(names)
        none = np.zeros((p, p))
        return cls(tuple(names), 0, np.zeros(p), none, none, none, none)

    @classmethod
    def of(cls, columns: Columns, *, pairwise: bool = False) -> Self:
        """Fold rows of answers.

        Args:
            columns: named columns, each (rows,), NaN where an answer is missing.
            pairwise: keep every pair of answers instead of complete rows only.

        Raises:
            Refused: no column, unequal lengths, columns that are not numbers, infinite values.
        """
        arrays = check_columns(columns)
        total = cls.empty(list(arrays))
        for _, block in column_blocks(arrays):
            total = total + cls._of_block(total.names, block, pairwise=pairwise)
        return total

    @classmethod
    def _of_block(cls, names: tuple[str, ...], block: Floats, *, pairwise: bool) -> Self:
        answered = ~np.isnan(block)
        complete = answered.all(axis=0)
        rows = block.shape[1]
        left_out = NONE_LEFT_OUT
        if not pairwise and not complete.all():
            counts_missing = (~answered).sum(axis=1)
            missing = {name: int(m) for name, m in zip(names, counts_missing, strict=True) if m}
            left_out = LeftOut(int(rows - complete.sum()), missing)
            block, answered = block[:, complete], answered[:, complete]
        present = answered.sum(axis=1)
        values = np.where(answered, block, 0.0)
        shift = _divide(values.sum(axis=1), present)
        centred = np.where(answered, block - shift[:, None], 0.0)
        weight = answered.astype(np.float64)
        return cls(
            names,
            block.shape[1],
            shift,
            weight @ weight.T,
            centred @ weight.T,
            centred @ centred.T,
            (centred * centred) @ weight.T,
            left_out,
        )

    @classmethod
    def from_sums(
        cls,
        names: Sequence[str],
        n: int,
        sums: ArrayLike,
        products: ArrayLike,
        *,
        shift: ArrayLike = 0.0,
        left_out: LeftOut = NONE_LEFT_OUT,
    ) -> Self:
        """Take over sums (p,) and sums of products (p, p) about a shift that someone else has added up.

        Plain sums (shift zero) of numbers far from zero have already lost digits; prefer columns of
        small numbers, such as changes.
        """
        p = len(names)
        wide = np.repeat(np.asarray(sums, dtype=np.float64).reshape(p, 1), p, axis=1)
        product = np.array(products, dtype=np.float64)
        squares = np.repeat(np.diag(product).reshape(p, 1), p, axis=1)
        about = np.zeros(p) + np.asarray(shift, dtype=np.float64)
        whole = cls(tuple(names), n, about, np.full((p, p), float(n)), wide, product, squares, left_out)
        return whole._about(whole._means())

    def __add__(self, other: Moments) -> Self:
        if self.names != other.names:
            refuse(
                StatisticsFault.STATISTICS_COLUMNS_DIFFER,
                one=", ".join(self.names),
                other=", ".join(other.names),
            )
        here, there = np.diag(self.counts), np.diag(other.counts)
        with np.errstate(invalid="ignore"):
            shift = _divide(here * self._means() + there * other._means(), here + there)
        one, two = self._about(shift), other._about(shift)
        return type(self)(
            self.names,
            self.n + other.n,
            shift,
            one.counts + two.counts,
            one.sums + two.sums,
            one.products + two.products,
            one.squares + two.squares,
            self.left_out + other.left_out,
        )

    def _means(self) -> Floats:
        return self.shift + _divide(np.diag(self.sums), np.diag(self.counts))

    def _about(self, shift: Floats) -> Self:
        d = self.shift - shift
        counts, sums = self.counts, self.sums
        moved = sums + counts * d[:, None]
        products = self.products + d[:, None] * sums.T + sums * d + counts * np.outer(d, d)
        squares = self.squares + d[:, None] * (sums + moved)
        return type(self)(self.names, self.n, shift, counts, moved, products, squares, self.left_out)

    @property
    def is_complete(self) -> bool:
        """Whether every row has an answer in every column."""
        return bool((self.counts == self.n).all())

    def position(self, name: str) -> int:
        """Where a column stands; refuses an unknown name."""
        if name not in self.names:
            refuse(StatisticsFault.STATISTICS_COLUMN_UNKNOWN, column=name, known=", ".join(self.names))
        return self.names.index(name)

    def count(self, name: str) -> int:
        """How many answers a column has."""
        j = self.position(name)
        return int(self.counts[j, j])

    def mean(self, name: str) -> float:
        """Mean of a column; refuses a column without any answer."""
        self._need(name, 1)
        return float(self._means()[self.position(name)])

    def means(self) -> dict[str, float]:
        """Mean of every column."""
        return {name: self.mean(name) for name in self.names}

    def variance(self, name: str) -> float:
        """Variance of a column with n - 1 in the denominator."""
        j = self.position(name)
        self._need(name, 2)
        return float(self.covariance()[j, j])

    def sd(self, name: str) -> float:
        """Standard deviation of a column with n - 1 in the denominator."""
        return sqrt(self.variance(name))

    def covariance(self) -> Floats:
        """Covariance matrix (p, p), n - 1 in the denominator; NaN where fewer than two rows have both."""
        return self._divided(self._central(self.products), self.counts - 1)

    def correlation(self) -> Floats:
        """Pearson correlations (p, p); NaN where a column does not vary or two rows are lacking.

        A pair of columns uses only the rows that have both answers, for its variances too.
        """
        sums = self.sums
        spread = np.maximum(self.squares - _divide(sums * sums, self.counts), 0.0)
        return self._divided(self._central(self.products), np.sqrt(spread * spread.T))

    def _central(self, products: Floats) -> Floats:
        return products - _divide(self.sums * self.sums.T, self.counts)

    @staticmethod
    def _divided(top: Floats, bottom: Floats) -> Floats:
        ratio: Floats = np.divide(top, bottom, out=np.full(top.shape, nan), where=bottom > 0)
        return ratio

    def interval(self, name: str, level: float = 0.95) -> Estimate:
        """Mean of a column with its t interval (Student 1908); refuses fewer than two answers."""
        n = self.count(name)
        return interval_estimate(self.mean(name), self.sd(name) / sqrt(n), df=n - 1, level=level)

    def change(self, before: str, after: str, level: float = 0.95) -> Estimate:
        """Mean of `after` minus `before` in the same people, with the interval of the paired t test."""
        pair = self.select([before, after])
        return pair.combine({"change": {after: 1.0, before: -1.0}}).interval("change", level)

    def select(self, names: Sequence[str]) -> Self:
        """Keep only some columns, in the order given; exact."""
        at = [self.position(name) for name in names]
        cut = np.ix_(at, at)
        return type(self)(
            tuple(names),
            self.n,
            self.shift[at],
            self.counts[cut],
            self.sums[cut],
            self.products[cut],
            self.squares[cut],
            self.left_out,
        )

    def combine(self, combinations: Combinations) -> Self:
        """Replace the columns by linear combinations of them, such as a scale from its items; exact.

        Args:
            combinations: new name to weights by old name, e.g. `{"overload": {"q1": 0.5, "q2": 0.5}}`.

        Raises:
            Refused: an unknown name; rows with missing answers are kept pairwise.
        """
        if not self.is_complete:
            refuse(StatisticsFault.STATISTICS_PAIRWISE)
        A = combination_matrix(self.names, combinations)
        q = len(A)
        sums = A @ np.diag(self.sums)
        products = A @ self.products @ A.T
        return type(self)(
            tuple(combinations),
            self.n,
            A @ self.shift,
            np.full((q, q), float(self.n)),
            np.repeat(sums[:, None], q, axis=1),
            products,
            np.repeat(np.diag(products)[:, None], q, axis=1),
            self.left_out,
        )

    def extend(self, combinations: Combinations) -> Self:
        """Add linear combinations beside the present columns; exact. Refuses what `combine` refuses."""
        return self.combine({**{name: {name: 1.0} for name in self.names}, **combinations})

    def _need(self, name: str, least: int) -> None:
        if self.count(name) < least:
            refuse(StatisticsFault.STATISTICS_TOO_FEW_ROWS, column=name, n=self.count(name), least=least)


def combination_matrix(names: Sequence[str], combinations: Combinations) -> Floats:
    """Weights of linear combinations (new columns, old columns); refuses unknown names."""
    A = np.zeros((len(combinations), len(names)))
    for i, weights in enumerate(combinations.values()):
        for name, weight in weights.items():
            if name not in names:
                refuse(StatisticsFault.STATISTICS_COLUMN_UNKNOWN, column=name, known=", ".join(names))
            A[i, list(names).index(name)] += weight
    return A


def _divide(top: Floats, bottom: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
    return np.divide(top, bottom, out=np.zeros(np.shape(top)), where=bottom > 0)
