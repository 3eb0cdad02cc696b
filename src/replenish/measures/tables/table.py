"""A table of answers in memory, and the checks that turn a column into numbers, labels or ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from replenish.basis.errors import Fault, Problem, Refused, problem, refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.columns import refuse_missing_column
from replenish.measures.tables.spelling import comma_example, point_example, thousands_example

MOST_PROBLEMS: Final = 20
"""How many rows a refusal lists: enough to see the pattern, few enough to read."""


@dataclass(frozen=True)
class Table:
    """Columns of a file: text as String, numbers as Float64 or Int64, missing values as null.

    `path` is the file as the caller named it. `decimal_comma` says that the file's separator leaves the
    comma free to be a decimal mark.
    """

    path: str
    frame: pl.DataFrame
    decimal_comma: bool = False

    @property
    def n(self) -> int:
        """Number of rows below the header."""
        return self.frame.height

    @property
    def columns(self) -> list[str]:
        """The column names, in the order of the file or as they were asked for."""
        return self.frame.columns

    def numbers(
        self,
        column: str,
        *,
        low: float | None = None,
        high: float | None = None,
        whole: bool = False,
        may_be_empty: bool = False,
    ) -> NDArray[np.float64]:
        """One column as numbers, shape (n,), NaN where missing.

        Args:
            column: its name.
            low: the smallest value possible, included.
            high: the largest value possible, included.
            whole: only whole numbers are possible.
            may_be_empty: a column without one value is returned as all NaN instead of refused.

        Raises:
            Refused: COLUMN_MISSING; COLUMN_EMPTY; NUMBER_TEXT, NUMBER_INFINITE, NUMBER_RANGE or
                NUMBER_NOT_WHOLE for up to twenty rows; NUMBER_COMMA_AMBIGUOUS or NUMBER_MARKS_MIXED.
        """
        series = self._series(column)
        if series.dtype == pl.String:
            series = self._parsed(series)
        values = series.cast(pl.Float64).to_numpy(writable=True)
        lowest = np.fmin.reduce(values) if values.size else np.nan
        highest = np.fmax.reduce(values) if values.size else np.nan
        if np.isnan(lowest):
            if may_be_empty:
                return values
            refuse(TableFault.COLUMN_EMPTY, file=self.path, column=column)
        if np.isinf(lowest) or np.isinf(highest):
            self._refuse_rows(TableFault.NUMBER_INFINITE, column, np.isinf(values), values)
        floor = -np.inf if low is None else low
        ceiling = np.inf if high is None else high
        if lowest < floor or highest > ceiling:
            outside = (values < floor) | (values > ceiling)
            ends = {"low": _plain(floor), "high": _plain(ceiling)}
            self._refuse_rows(TableFault.NUMBER_RANGE, column, outside, values, **ends)
        if whole and series.dtype == pl.Float64:
            broken = (np.floor(values) != values) & ~np.isnan(values)
            if broken.any():
                self._refuse_rows(TableFault.NUMBER_NOT_WHOLE, column, broken, values)
        return values

    def texts(self, column: str) -> list[str | None]:
        """One column as text, None where missing; whole numbers are written without a decimal point."""
        series = self._series(column)
        if series.dtype == pl.Float64:
            return [None if value is None else _plain(value) for value in series]
        return series.cast(pl.String).to_list()

    def labels(self, column: str) -> list[str]:
        """One column of unit labels, refusing rows in which the unit is missing.

        Raises:
            Refused: COLUMN_MISSING; UNIT_MISSING for up to twenty rows.
        """
        return self._present(column, TableFault.UNIT_MISSING)

    def paths(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """The tree of units, one path for each row, outermost unit first.

        Raises:
            Refused: COLUMN_MISSING; UNIT_MISSING for up to twenty rows of the first column with gaps.
        """
        return list(zip(*(self.labels(column) for column in columns), strict=True))

    def unique(self, column: str) -> list[str]:
        """One column of ids, refusing missing and repeated ids.

        Raises:
            Refused: COLUMN_MISSING; ID_MISSING or ID_DUPLICATE for up to twenty rows.
        """
        ids = self._present(column, TableFault.ID_MISSING)
        if len(set(ids)) == len(ids):
            return ids
        first: dict[str, int] = {}
        problems: list[Problem] = []
        for row, value in enumerate(ids, start=1):
            if value in first:
                details = {"value": value, "first": first[value]}
                problems.append(
                    problem(TableFault.ID_DUPLICATE, file=self.path, row=row, column=column, **details)
                )
            first.setdefault(value, row)
        raise Refused(problems[:MOST_PROBLEMS])

    def _series(self, column: str) -> pl.Series:
        if column not in self.frame.columns:
            refuse_missing_column(self.path, column, self.frame.columns)
        return self.frame[column]

    def _present(self, column: str, fault: Fault) -> list[str]:
        values = self.texts(column)
        absent = [row for row, value in enumerate(values, start=1) if value is None]
        if absent:
            raise Refused(
                [problem(fault, file=self.path, row=r, column=column) for r in absent[:MOST_PROBLEMS]]
            )
        return [value for value in values if value is not None]

    def _parsed(self, series: pl.Series) -> pl.Series:
        """Text as numbers, for digits with leading zeros; anything else is refused by row."""
        values = series.cast(pl.Float64, strict=False)
        wrong = series.is_not_null() & (values.is_null() | values.is_nan())
        if not wrong.any():
            return values
        if self.decimal_comma:
            self._refuse_comma(series)
        rows = wrong.arg_true().to_list()[:MOST_PROBLEMS]
        raise Refused(
            [
                problem(
                    TableFault.NUMBER_TEXT,
                    file=self.path,
                    row=row + 1,
                    column=series.name,
                    value=_short(series[row]),
                )
                for row in rows
            ]
        )

    def _refuse_comma(self, series: pl.Series) -> None:
        """Refuse a column whose decimal mark cannot be known; return where the trouble is another one."""
        comma = comma_example(series)
        if comma is None:
            return
        points = [name for name, dtype in self.frame.schema.items() if dtype == pl.Float64]
        point = point_example(series) or (str(self.frame[points[0]].drop_nulls()[0]) if points else None)
        row = series.to_list().index(comma) + 1
        if point is not None:
            details = {"comma": comma, "point": point}
            refuse(TableFault.NUMBER_MARKS_MIXED, file=self.path, row=row, column=series.name, **details)
        value = thousands_example(series) or comma
        refuse(TableFault.NUMBER_COMMA_AMBIGUOUS, file=self.path, row=row, column=series.name, value=value)

    def _refuse_rows(
        self,
        fault: Fault,
        column: str,
        wrong: NDArray[np.bool_],
        values: NDArray[np.float64],
        **details: object,
    ) -> None:
        rows = np.flatnonzero(wrong)[:MOST_PROBLEMS]
        raise Refused(
            [
                problem(
                    fault,
                    file=self.path,
                    row=int(row) + 1,
                    column=column,
                    value=_plain(values[row]),
                    **details,
                )
                for row in rows
            ]
        )


def _plain(value: float) -> str:
    """A number as a person writes it: no trailing zero, no exponent where it can be avoided."""
    if np.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
