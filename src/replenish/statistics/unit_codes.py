"""Labels of units turned into small whole numbers, once, for any number of rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.complete_cases import MOST_PROBLEMS

Label = Hashable
Labels = Sequence[Label] | NDArray[np.generic]


@dataclass(frozen=True)
class UnitCodes:
    """Rows as unit numbers: `row + offset` is a number below `size`; `labels` names the numbers.

    The offset is kept apart so that whole-number labels of a large table need no copy.
    """

    row: NDArray[np.integer]
    offset: int
    labels: Sequence[Label]

    @property
    def size(self) -> int:
        """How many unit numbers there are, those without rows included."""
        return len(self.labels)

    def at(self, place: slice) -> NDArray[np.int64]:
        """The unit numbers of a block of rows."""
        return self.row[place].astype(np.int64) + self.offset


def unit_codes(labels: Labels, rows: int) -> UnitCodes:
    """Number the units in sorted order of their labels.

    Args:
        labels: one label per row: whole numbers, text, or paths (tuples of text).
        rows: how many rows there must be.

    Raises:
        Refused: another number of rows; a missing label; labels of no usable kind.
    """
    if len(labels) != rows:
        refuse(StatisticsFault.STATISTICS_COLUMN_LENGTH, shape=(len(labels),), expected=rows)
    if isinstance(labels, np.ndarray) and labels.dtype.kind == "f":
        labels = _whole(labels)
    if isinstance(labels, np.ndarray) and labels.dtype.kind in "iu":
        return _number_codes(labels)
    return _label_codes(labels.tolist() if isinstance(labels, np.ndarray) else labels)


def _whole(labels: NDArray[np.generic]) -> NDArray[np.int64]:
    values = labels.astype(np.float64)
    _refuse_missing(np.flatnonzero(np.isnan(values)))
    if not (np.isfinite(values) & (values == np.floor(values))).all():
        refuse(StatisticsFault.STATISTICS_UNIT_KIND)
    return values.astype(np.int64)


def _number_codes(labels: NDArray[np.generic]) -> UnitCodes:
    numbers = labels.astype(np.int64, copy=False)
    if not len(numbers):
        return UnitCodes(numbers, 0, ())
    low, high = int(numbers.min()), int(numbers.max())
    if high - low < 2 * len(numbers) + 1024:
        return UnitCodes(numbers, -low, range(low, high + 1))
    kinds, row = np.unique(numbers, return_inverse=True)
    return UnitCodes(row, 0, kinds.tolist())


def _label_codes(labels: Sequence[Label]) -> UnitCodes:
    kinds = dict.fromkeys(labels)
    if any(_is_missing(kind) for kind in kinds):
        _refuse_missing([row for row, label in enumerate(labels) if _is_missing(label)])
    try:
        ordered = sorted(kinds, key=_sort_key)
    except TypeError:
        refuse(StatisticsFault.STATISTICS_UNIT_KIND)
    code = {label: number for number, label in enumerate(ordered)}
    row = np.fromiter(map(code.__getitem__, labels), dtype=np.int64, count=len(labels))
    return UnitCodes(row, 0, ordered)


def _sort_key(label: Label) -> tuple[str, Label]:
    if not isinstance(label, (str, int, tuple)):
        refuse(StatisticsFault.STATISTICS_UNIT_KIND)
    return type(label).__name__, label


def _is_missing(label: Label) -> bool:
    # NaN is the only label that differs from itself.
    return label is None or label == "" or label != label or label == ()


def _refuse_missing(rows: Sequence[int] | NDArray[np.int64]) -> None:
    problems = [
        problem(StatisticsFault.STATISTICS_UNIT_MISSING, row=int(row) + 1) for row in rows[:MOST_PROBLEMS]
    ]
    if problems:
        raise Refused(problems)
