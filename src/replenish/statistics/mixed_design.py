"""The design of a mixed model, checked and put on one scale before anything is solved.

Columns are centred near their means and divided by their standard deviations: a condition measured in
thousands must not cost the others their digits. `DesignScale` takes results back to the raw columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]

INTERCEPT = "(intercept)"
# A column whose variance is all but a billionth explained by the others would lose nine of its sixteen
# digits, and with them the agreement to six digits that every published figure of this room has.
COLLINEAR = 1e-9
CONSTANT = 1e-12


@dataclass(frozen=True, eq=False)
class DesignScale:
    """How standardised coefficients return to the raw columns: `to_raw @ standardised + origin`."""

    to_raw: Floats
    origin: Floats
    shift: Floats
    scale: Floats
    outcome_scale: float


@dataclass(frozen=True, eq=False)
class Design:
    """Standardised columns of a model: intercept, conditions, outcome last (q + 1 columns).

    Attributes:
        terms: the q coefficients, the intercept first.
        n: (G,) rows of each unit.
        means: (G, q + 1) means of the units.
        within: (q + 1, q + 1) sums of products about the unit means.
        unit_within: (G, q + 1, q + 1) the same unit by unit, or None.
        parent: (G,) the parent of each unit, or None.
        scale: the way back to raw columns.
    """

    terms: tuple[str, ...]
    n: NDArray[np.int64]
    means: Floats
    within: Floats
    unit_within: Floats | None
    parent: NDArray[np.int64] | None
    scale: DesignScale

    @property
    def rows(self) -> int:
        """Rows over all units."""
        return int(self.n.sum())

    def total(self) -> Floats:
        """Sums of products of all rows (q + 1, q + 1)."""
        return self.within + (self.n[:, None] * self.means).T @ self.means


def build_design(moments: UnitMoments, outcome: str, conditions: Sequence[str]) -> Design:
    """Standardise the columns of a model and refuse what cannot be estimated.

    Args:
        moments: unit moments that hold the outcome and the conditions.
        outcome: name of the outcome.
        conditions: names of the conditions; none of them gives a model of the mean alone.

    Raises:
        Refused: unknown or repeated names; the outcome among the conditions; a column that does not vary;
            conditions that determine each other; too few rows or units; an outcome without spread left.
    """
    _check_names(moments, outcome, conditions)
    chosen = moments.select([*conditions, outcome])
    _check_size(chosen, len(conditions) + 1)
    scale = _spread(chosen)
    means = np.column_stack([np.ones(len(chosen.n)), chosen.sums / chosen.n[:, None] / scale])
    unit_within = None
    if chosen.unit_within is not None:
        unit_within = np.pad(chosen.unit_within / np.outer(scale, scale), ((0, 0), (1, 0), (1, 0)))
    design = Design(
        (INTERCEPT, *conditions),
        chosen.n,
        means,
        np.pad(chosen.within / np.outer(scale, scale), ((1, 0), (1, 0))),
        unit_within,
        chosen.parent,
        _scale(chosen.shift, scale),
    )
    _check_collinear(design)
    _check_spread_left(design, outcome)
    return design


def _check_names(moments: UnitMoments, outcome: str, conditions: Sequence[str]) -> None:
    for name in (outcome, *conditions):
        moments.position(name)
    if INTERCEPT in conditions:
        refuse(StatisticsFault.STATISTICS_NAME_TAKEN, column=INTERCEPT)
    if outcome in conditions:
        refuse(StatisticsFault.STATISTICS_OUTCOME_AMONG_CONDITIONS, column=outcome)
    for i, name in enumerate(conditions):
        if name in conditions[:i]:
            refuse(StatisticsFault.STATISTICS_CONDITION_TWICE, column=name)


def _check_size(moments: UnitMoments, coefficients: int) -> None:
    if moments.rows < coefficients + 2:
        refuse(StatisticsFault.STATISTICS_TOO_FEW_ROWS, n=moments.rows, least=coefficients + 2)
    if len(moments.n) < 2:
        refuse(StatisticsFault.STATISTICS_ONE_UNIT)
    if moments.rows == len(moments.n):
        refuse(StatisticsFault.STATISTICS_UNITS_OF_ONE)


def _spread(moments: UnitMoments) -> Floats:
    rows = moments.rows
    to_mean = moments.sums.sum(axis=0)
    squares = np.diag(moments.products) - to_mean**2 / rows
    spread: Floats = np.sqrt(np.maximum(squares, 0.0) / (rows - 1))
    for name, sd, shift in zip(moments.names, spread, moments.shift, strict=True):
        if sd <= CONSTANT * abs(shift) or sd == 0:
            refuse(StatisticsFault.STATISTICS_CONSTANT, column=name)
    return spread


def _scale(shift: Floats, spread: Floats) -> DesignScale:
    ratio = spread[-1] / spread[:-1]
    to_raw = np.diag(np.concatenate([spread[-1:], ratio]))
    to_raw[0, 1:] = -shift[:-1] * ratio
    origin = np.zeros(len(to_raw))
    origin[0] = shift[-1]
    return DesignScale(to_raw, origin, shift[:-1], spread[:-1], float(spread[-1]))


def _check_collinear(design: Design) -> None:
    """Refuse conditions that determine each other, naming every one that takes part."""
    total = design.total()[:-1, :-1] / design.rows
    for j in range(1, len(total)):
        before = total[:j, :j]
        weights = np.linalg.solve(before, total[:j, j])
        if total[j, j] - total[:j, j] @ weights < COLLINEAR * total[j, j]:
            parts = [design.terms[i] for i in range(1, j) if abs(weights[i]) > 1e-6]
            refuse(StatisticsFault.STATISTICS_COLLINEAR, column=design.terms[j], others=", ".join(parts))


def _check_spread_left(design: Design, outcome: str) -> None:
    """Refuse models in which the unit and the row cannot be told apart, or nothing is left to explain."""
    within = design.within[1:, 1:]
    X, y = within[:-1, :-1], within[:-1, -1]
    values, vectors = np.linalg.eigh(X) if len(X) else (np.zeros(0), np.zeros((0, 0)))
    used = values > COLLINEAR * design.rows
    explained = ((vectors.T @ y)[used] ** 2 / values[used]).sum()
    rank = int(used.sum())
    least = len(design.n) + rank + 1
    if design.rows < least:
        refuse(StatisticsFault.STATISTICS_TOO_FEW_ROWS, n=design.rows, least=least)
    if len(design.n) + rank <= len(design.terms):
        refuse(
            StatisticsFault.STATISTICS_TOO_FEW_UNITS, units=len(design.n), conditions=len(design.terms) - 1
        )
    if within[-1, -1] - explained <= COLLINEAR * 1e-3 * design.rows:
        refuse(StatisticsFault.STATISTICS_NOTHING_LEFT, column=outcome)
