"""Moments unit by unit: all that multilevel models, agreement and others' reports need of the rows.

Sums inside units are kept about the unit's own mean, so that units far apart cost no digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.complete_cases import NONE_LEFT_OUT, Columns, LeftOut, check_columns
from replenish.statistics.moments import Combinations, Moments, combination_matrix
from replenish.statistics.unit_codes import Label, Labels, unit_codes
from replenish.statistics.unit_folding import fold_units, nest_in_parents

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UnitMoments:
    """Counts, sums and products of p named columns in G units, complete cases only.

    Attributes:
        names: the p columns.
        labels: the G units that have at least one complete row, sorted.
        n: (G,) complete rows of each unit.
        shift: (p,) the point about which `sums` are taken, near the mean of all rows.
        sums: (G, p) sum of x - shift in each unit.
        within: (p, p) sum over all rows of products about the mean of the row's own unit.
        unit_within: (G, p, p) the same unit by unit, or None where it was not asked for.
        parent: (G,) position of each unit's parent in `parent_labels`, or None without a third level.
        parent_labels: the parents; empty without a third level. A unit's label is read inside its parent.
        left_out: rows that were left out as incomplete, and where answers were missing.
    """

    names: tuple[str, ...]
    labels: tuple[Label, ...]
    n: NDArray[np.int64]
    shift: Floats
    sums: Floats
    within: Floats
    unit_within: Floats | None = None
    parent: NDArray[np.int64] | None = None
    parent_labels: tuple[Label, ...] = ()
    left_out: LeftOut = NONE_LEFT_OUT

    def __post_init__(self) -> None:
        for array in (self.n, self.shift, self.sums, self.within, self.unit_within, self.parent):
            if array is not None:
                array.setflags(write=False)

    @classmethod
    def empty(cls, names: Sequence[str], *, parents: bool = False, per_unit_products: bool = False) -> Self:
        """Moments of no unit: the element that changes nothing when added."""
        p = len(names)
        return cls(
            tuple(names),
            (),
            np.zeros(0, dtype=np.int64),
            np.zeros(p),
            np.zeros((0, p)),
            np.zeros((p, p)),
            np.zeros((0, p, p)) if per_unit_products else None,
            np.zeros(0, dtype=np.int64) if parents else None,
        )

    @classmethod
    def of(
        cls,
        columns: Columns,
        units: Labels,
        parents: Labels | None = None,
        *,
        per_unit_products: bool = False,
    ) -> Self:
        """Fold rows of answers, in blocks and in two passes, never copying the table.

        Args:
            columns: named columns, each (rows,), NaN where an answer is missing.
            units: the unit of each row: whole numbers, text, or paths (tuples of text).
            parents: the unit above; the same unit label under two parents is two units.
            per_unit_products: keep products unit by unit (random slopes, others' reports, agreement).

        Raises:
            Refused: no column, unequal lengths, columns that are not numbers, infinite values, rows
                without a unit.
        """
        arrays = check_columns(columns)
        rows = len(next(iter(arrays.values())))
        codes = unit_codes(units, rows)
        above = None if parents is None else unit_codes(parents, rows)
        nesting = None
        if above is not None:
            codes, nesting = nest_in_parents(codes, above)
        folded = fold_units(arrays, codes, per_unit_products=per_unit_products)
        kept = np.flatnonzero(folded.n)
        parent, parent_labels = None, ()
        if above is not None and nesting is not None:
            used, parent = np.unique(nesting[kept], return_inverse=True)
            parent_labels = tuple(above.labels[i] for i in used.tolist())
        return cls(
            tuple(arrays),
            tuple(codes.labels[i] for i in kept.tolist()),
            folded.n[kept],
            folded.shift,
            folded.sums[kept],
            folded.within,
            None if folded.unit_within is None else folded.unit_within[kept],
            parent,
            parent_labels,
            folded.left_out,
        )

    def __add__(self, other: UnitMoments) -> Self:
        if self.names != other.names:
            refuse(
                StatisticsFault.STATISTICS_COLUMNS_DIFFER,
                one=", ".join(self.names),
                other=", ".join(other.names),
            )
        if (self.parent is None) != (other.parent is None):
            refuse(StatisticsFault.STATISTICS_NO_PARENTS)
        keys = sorted({*self._keys(), *other._keys()}, key=_sort_key)
        code = {key: number for number, key in enumerate(keys)}
        at = np.array([code[key] for key in [*self._keys(), *other._keys()]], dtype=np.int64)
        shift = self._joint_shift(other)
        one, two = self._about(shift), other._about(shift)
        n = np.concatenate([one.n, two.n])
        means = np.concatenate([one.sums, two.sums]) / n[:, None]
        merged_n = np.bincount(at, weights=n, minlength=len(keys)).astype(np.int64)
        sums = np.zeros((len(keys), len(self.names)))
        np.add.at(sums, at, np.concatenate([one.sums, two.sums]))
        # Chan's update: what two parts of one unit lie apart belongs to the spread inside the unit.
        apart = means - (sums / merged_n[:, None])[at]
        unit_within = None
        if self.unit_within is not None and other.unit_within is not None:
            unit_within = np.zeros((len(keys), *self.within.shape))
            between = n[:, None, None] * apart[:, :, None] * apart[:, None, :]
            np.add.at(unit_within, at, np.concatenate([self.unit_within, other.unit_within]) + between)
        parent, parent_labels = _split_keys(keys) if self.parent is not None else (None, ())
        return type(self)(
            self.names,
            tuple(label for _, label in keys),
            merged_n,
            shift,
            sums,
            self.within + other.within + (apart * n[:, None]).T @ apart,
            unit_within,
            parent,
            parent_labels,
            self.left_out + other.left_out,
        )

    def _keys(self) -> list[tuple[Label, Label]]:
        if self.parent is None:
            return [(None, label) for label in self.labels]
        above = [self.parent_labels[i] for i in self.parent.tolist()]
        return list(zip(above, self.labels, strict=True))

    def _joint_shift(self, other: UnitMoments) -> Floats:
        here, there = self.rows, other.rows
        if not here + there:
            return self.shift
        return (here * self.shift + there * other.shift) / (here + there)

    def _about(self, shift: Floats) -> Self:
        sums = self.sums + self.n[:, None] * (self.shift - shift)
        return replace(self, shift=shift, sums=sums)

    @property
    def rows(self) -> int:
        """Complete rows over all units."""
        return int(self.n.sum())

    @property
    def unit_means(self) -> Floats:
        """Mean of each column in each unit (G, p)."""
        return self.shift + self.sums / self.n[:, None]

    @property
    def products(self) -> Floats:
        """Sum over all rows of (x - shift)(x - shift)' (p, p)."""
        return self.within + self.sums.T @ (self.sums / self.n[:, None])

    def position(self, name: str) -> int:
        """Where a column stands; refuses an unknown name."""
        if name not in self.names:
            refuse(StatisticsFault.STATISTICS_COLUMN_UNKNOWN, column=name, known=", ".join(self.names))
        return self.names.index(name)

    def total(self) -> Moments:
        """Moments of all complete rows together; exact."""
        return Moments.from_sums(
            self.names,
            self.rows,
            self.sums.sum(axis=0),
            self.products,
            shift=self.shift,
            left_out=self.left_out,
        )

    def unit(self, label: Label, parent: Label = None) -> Moments:
        """Moments of one unit; refuses an unknown unit, or products that were not kept unit by unit."""
        if self.unit_within is None:
            refuse(StatisticsFault.STATISTICS_UNIT_PRODUCTS)
        keys = self._keys()
        if (parent, label) not in keys:
            refuse(StatisticsFault.STATISTICS_UNIT_UNKNOWN, unit=label)
        g = keys.index((parent, label))
        products = self.unit_within[g] + np.outer(self.sums[g], self.sums[g]) / self.n[g]
        return Moments.from_sums(self.names, int(self.n[g]), self.sums[g], products, shift=self.shift)

    def select(self, names: Sequence[str]) -> Self:
        """Keep only some columns, in the order given; exact, on the same rows."""
        at = [self.position(name) for name in names]
        products = None if self.unit_within is None else self.unit_within[:, at][:, :, at]
        return replace(
            self,
            names=tuple(names),
            shift=self.shift[at],
            sums=self.sums[:, at],
            within=self.within[np.ix_(at, at)],
            unit_within=products,
        )

    def combine(self, combinations: Combinations) -> Self:
        """Replace the columns by linear combinations of them; exact.

        Args:
            combinations: new name to weights by old name, e.g. `{"overload": {"q1": 0.5, "q2": 0.5}}`.

        Raises:
            Refused: an unknown name.
        """
        A = combination_matrix(self.names, combinations)
        products = None if self.unit_within is None else A @ self.unit_within @ A.T
        return replace(
            self,
            names=tuple(combinations),
            shift=A @ self.shift,
            sums=self.sums @ A.T,
            within=A @ self.within @ A.T,
            unit_within=products,
        )

    def extend(self, combinations: Combinations) -> Self:
        """Add linear combinations beside the present columns; exact."""
        return self.combine({**{name: {name: 1.0} for name in self.names}, **combinations})

    def split_within_between(self, names: Sequence[str]) -> Self:
        """Split columns into the mean of the unit and the row's distance from it (Mundlak 1978); exact.

        Each named column is replaced by "name (between units)" and "name (within units)".
        """
        sides: dict[str, tuple[str, bool, bool]] = {}
        for name in self.names:
            if name in names:
                sides[f"{name} (between units)"] = (name, True, False)
                sides[f"{name} (within units)"] = (name, False, True)
            else:
                sides[name] = (name, True, True)
        for name in names:
            self.position(name)
            for part in (f"{name} (between units)", f"{name} (within units)"):
                if part in self.names:
                    refuse(StatisticsFault.STATISTICS_NAME_TAKEN, column=part)
        both = self.combine({new: {old: 1.0} for new, (old, _, _) in sides.items()})
        between = np.array([keeps for _, keeps, _ in sides.values()], dtype=np.float64)
        within = np.array([keeps for _, _, keeps in sides.values()], dtype=np.float64)
        inside = np.outer(within, within)
        return replace(
            both,
            shift=both.shift * between,
            sums=both.sums * between,
            within=both.within * inside,
            unit_within=None if both.unit_within is None else both.unit_within * inside,
        )


def _sort_key(key: tuple[Label, Label]) -> tuple[tuple[str, Label], ...]:
    """Order units of one kind of label by label, and kinds by name."""
    return tuple((type(part).__name__, "" if part is None else part) for part in key)


def _split_keys(keys: list[tuple[Label, Label]]) -> tuple[NDArray[np.int64], tuple[Label, ...]]:
    above = list(dict.fromkeys(parent for parent, _ in keys))
    code = {parent: number for number, parent in enumerate(above)}
    return np.array([code[parent] for parent, _ in keys], dtype=np.int64), tuple(above)
