"""Linear and integer programming by HiGHS over totals of exchangeable people.

A column is the total of one atom: people who belong to exactly the same published sets. One person's
answer is never a column of its own: fixing it only moves the bounds of the total of the others, which is
exact because m answers between 0 and 1 can have every total between 0 and m.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.closed_form import Interval

# An optimum of the strictness slack is zero or at least one over a small determinant (argument.md,
# section 5), far above this; HiGHS works to 1e-9.
STRICTLY_ABOVE_ZERO = 1e-6

WITNESSES_KEPT = 100
"""Solutions remembered: most questions are answered by one found before."""


@dataclass(frozen=True)
class Row:
    """A linear form in the totals of atoms, and the interval it lies in; weights are exact."""

    weights: Mapping[int, Fraction]
    interval: Interval


class TotalsProgram:
    """All totals of atoms that agree with the rows; asked again and again under other bounds.

    Args:
        rows: the linear observations; totals are in units of the range (continuous) or in grid steps.
        atoms: how many columns there are.
        grid: grid steps from the lowest to the highest answer, or None for a continuous scale.
    """

    def __init__(self, rows: Sequence[Row], *, atoms: int, grid: int | None) -> None:
        self._grid = grid
        self._atoms = atoms
        self._witnesses: list[NDArray[np.float64]] = []
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.silent()
        self._solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
        self._solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
        for column in range(atoms):
            self._solver.addVar(0.0, highspy.kHighsInf)
            if grid is not None:
                self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        self._strict = grid is None and any(row.interval.low_open or row.interval.high_open for row in rows)
        if self._strict:
            self._solver.addVar(0.0, 1.0)
        for row in rows:
            self._add_integer_row(row) if grid is not None else self._add_continuous_row(row)

    def feasible(self, bounds: Sequence[tuple[int, int]]) -> bool:
        """Whether some totals within the bounds agree with every row, open ends taken strictly."""
        if any(low > high for low, high in bounds):
            return False
        if self._witnessed(bounds):
            return True
        self._set_bounds(bounds)
        self._aim(self._atoms if self._strict else None)
        if not self._solved():
            return False
        if self._strict and self._solver.getInfo().objective_function_value <= STRICTLY_ABOVE_ZERO:
            return False
        totals = np.array(self._solver.getSolution().col_value[: self._atoms])
        self._witnesses.append(totals if self._grid is None else np.round(totals))
        return True

    def _witnessed(self, bounds: Sequence[tuple[int, int]]) -> bool:
        """Whether totals found before lie within these bounds: then nothing needs to be solved."""
        ends = np.array(bounds, dtype=np.float64)
        recent = self._witnesses[-WITNESSES_KEPT:]
        return any(bool(((ends[:, 0] <= seen) & (seen <= ends[:, 1])).all()) for seen in recent)

    def reach(self, atom: int, bounds: Sequence[tuple[int, int]]) -> tuple[float, float] | None:
        """Smallest and largest total of one atom within the bounds (open ends closed), or None."""
        if any(low > high for low, high in bounds):
            return None
        self._set_bounds(bounds)
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._aim(atom, sense)
            if not self._solved():
                return None
            ends.append(float(self._solver.getInfo().objective_function_value))
        return ends[0], ends[1]

    def _add_integer_row(self, row: Row) -> None:
        """Whole-number coefficients, so that an open end is exactly one step further in."""
        factor = math.lcm(*(weight.denominator for weight in row.weights.values()))
        low, high = row.interval.low * factor, row.interval.high * factor
        least = math.floor(low) + 1 if row.interval.low_open else math.ceil(low)
        most = math.ceil(high) - 1 if row.interval.high_open else math.floor(high)
        columns = np.array(list(row.weights), dtype=np.int32)
        values = np.array([float(weight * factor) for weight in row.weights.values()])
        self._solver.addRow(float(least), float(most), len(columns), columns, values)

    def _add_continuous_row(self, row: Row) -> None:
        """One row for each end; an open end must be missed by the slack that `feasible` maximises."""
        columns = list(row.weights)
        values = [float(weight) for weight in row.weights.values()]
        infinity = highspy.kHighsInf
        for end, is_open, sign in (
            (row.interval.low, row.interval.low_open, -1.0),
            (row.interval.high, row.interval.high_open, 1.0),
        ):
            at = [*columns, self._atoms] if is_open else columns
            weights = [*values, sign] if is_open else values
            low, high = (float(end), infinity) if sign < 0 else (-infinity, float(end))
            self._solver.addRow(low, high, len(at), np.array(at, dtype=np.int32), np.array(weights))

    def _set_bounds(self, bounds: Sequence[tuple[int, int]]) -> None:
        for column, (low, high) in enumerate(bounds):
            self._solver.changeColBounds(column, float(low), float(high))

    def _aim(self, column: int | None, sense: highspy.ObjSense = highspy.ObjSense.kMaximize) -> None:
        for each in range(self._atoms + int(self._strict)):
            self._solver.changeColCost(each, 1.0 if each == column else 0.0)
        self._solver.changeObjectiveSense(sense)

    def _solved(self) -> bool:
        """Whether the solver found an optimum; anything but optimal or infeasible is an error."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return False
        raise RuntimeError(f"the solver stopped with {self._solver.modelStatusToString(status)}")
