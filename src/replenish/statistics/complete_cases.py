"""Columns of answers, read in blocks: checked, counted where answers are missing, never copied whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import StatisticsFault

BLOCK = 65_536
MOST_PROBLEMS = 20
# Squares of anything larger could overflow when they are added up.
LARGEST = 1e140

Columns = Mapping[str, ArrayLike]


@dataclass(frozen=True)
class LeftOut:
    """Rows that were left out because an answer was missing, and where.

    `missing` counts, per column, the rows with no answer in it; a row that lacks several counts in each.
    """

    rows: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: LeftOut) -> LeftOut:
        names = dict.fromkeys([*self.missing, *other.missing])
        missing = {name: self.missing.get(name, 0) + other.missing.get(name, 0) for name in names}
        return LeftOut(self.rows + other.rows, missing)


NONE_LEFT_OUT = LeftOut()


def check_columns(columns: Columns) -> dict[str, NDArray[np.generic]]:
    """Return the columns as arrays of numbers of one length.

    Args:
        columns: named columns, each (rows,), NaN where an answer is missing.

    Raises:
        Refused: no column; a column that is not numbers, not one-dimensional or of another length.
    """
    arrays = {name: np.asarray(column) for name, column in columns.items()}
    if not arrays:
        refuse(StatisticsFault.STATISTICS_NO_COLUMN)
    rows = len(next(iter(arrays.values())).reshape(-1))
    for name, array in arrays.items():
        if array.dtype.kind not in "biuf":
            refuse(StatisticsFault.STATISTICS_NOT_NUMBERS, column=name)
        if array.shape != (rows,):
            refuse(StatisticsFault.STATISTICS_COLUMN_LENGTH, column=name, shape=array.shape, expected=rows)
    return arrays


def column_blocks(
    arrays: Mapping[str, NDArray[np.generic]], size: int = BLOCK
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield the rows in blocks: where they stand, and their values (columns, rows of the block).

    Raises:
        Refused: infinite values, or values too large to square; up to 20 by row and column.
    """
    names = list(arrays)
    rows = len(arrays[names[0]])
    buffer = np.empty((len(names), min(size, rows)))
    for start in range(0, rows, size):
        place = slice(start, min(start + size, rows))
        block = buffer[:, : place.stop - place.start]
        for j, name in enumerate(names):
            block[j] = arrays[name][place]
        if np.fmax.reduce(block, axis=None) > LARGEST or np.fmin.reduce(block, axis=None) < -LARGEST:
            raise Refused(_too_large(names, block, start))
        yield place, block


def _too_large(names: list[str], block: NDArray[np.float64], start: int) -> list[Problem]:
    where = np.argwhere(np.abs(block).T > LARGEST)[:MOST_PROBLEMS]
    return [
        problem(
            StatisticsFault.STATISTICS_INFINITE
            if np.isinf(block[j, row])
            else StatisticsFault.STATISTICS_TOO_LARGE,
            row=start + int(row) + 1,
            column=names[j],
        )
        for row, j in where
    ]
