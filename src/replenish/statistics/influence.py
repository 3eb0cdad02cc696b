"""How far one person can move a printed contrast: the bound that printing steps are derived from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AgreementFault, StatisticsFault
from replenish.statistics.agreement import one_way
from replenish.statistics.complete_cases import Columns, check_columns
from replenish.statistics.conditions import QUARTERS_APART
from replenish.statistics.ridge import RidgeDesign, ridge_design
from replenish.statistics.ridge_posterior import posterior
from replenish.statistics.split_voice import minimum_loss_slopes, others_products
from replenish.statistics.unit_codes import Labels, unit_codes
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]
Kind = Literal["own reports", "split voice"]

# Numbers held at once by the copies of all units that are solved together.
AT_ONCE = 2_000_000


def one_step_influence(
    columns: Columns,
    units: Labels,
    outcome: str,
    conditions: Sequence[str],
    ranges: Mapping[str, tuple[float, float]],
    *,
    exposures: Sequence[str] = (),
    kind: Kind = "own reports",
) -> dict[str, float]:
    """The most each quarter contrast moves when one person's row moves to any corner of its range.

    Every row in turn is replaced by every combination of lowest and highest answers, and the coefficient is
    solved again. Held as they were: the variances (of units, residual, and of the prior, at their posterior
    medians), the standardisation, and the width between the quarters. The published estimate averages
    over the variances; at their medians it moves by nearly the same amount.

    Args:
        columns: outcome, conditions and exposures, each (rows,), NaN where missing (incomplete rows are left
            out).
        units: the unit of each row.
        outcome: the column of the outcome.
        conditions: columns of conditions.
        ranges: lowest and highest possible answer of every column.
        exposures: columns of exposure, held equal.
        kind: which of the two models of `condition_effects`; "split voice" holds all columns equal.

    Returns:
        By condition, the largest absolute change of its quarter contrast, in points of the outcome.

    Raises:
        Refused: a column without a range, an answer outside it; whatever the two models refuse.

    Source: exact re-solving of the estimating equations, the finite form of the one-step influence function
    of Hampel (1974), Journal of the American Statistical Association 69, 383-393.
    """
    names = [outcome, *exposures, *conditions]
    arrays = check_columns({name: columns[name] for name in names if name in columns})
    for name in names:
        if name not in arrays:
            refuse(StatisticsFault.STATISTICS_COLUMN_UNKNOWN, column=name, known=", ".join(columns))
    rows = np.column_stack([np.asarray(arrays[name], dtype=np.float64) for name in names])
    complete = ~np.isnan(rows).any(axis=1)
    labels = unit_codes(units, len(rows))
    moments = UnitMoments.of(arrays, units, per_unit_products=True)
    _, code = np.unique(labels.at(slice(None))[complete], return_inverse=True)
    corners = _corners(rows[complete], names, ranges)
    moves = _moves(rows[complete], code, corners, AT_ONCE // (len(moments.n) * len(names) ** 2))
    if kind == "own reports":
        change = _own_reports(moments, ridge_design(moments, outcome, conditions, exposures), moves)
    else:
        change = _split_voice(moments, names, moves)
    widths = {
        name: QUARTERS_APART * float(np.sqrt(max(one_way(moments, name).variance_between, 0.0)))
        for name in conditions
    }
    return {name: float(change[names.index(name) - 1]) * widths[name] for name in conditions}


def _corners(rows: Floats, names: Sequence[str], ranges: Mapping[str, tuple[float, float]]) -> Floats:
    """All combinations of lowest and highest answers (2^columns, columns)."""
    for j, name in enumerate(names):
        low, high = ranges.get(name, (np.nan, np.nan))
        if not (low < high and rows[:, j].min(initial=low) >= low and rows[:, j].max(initial=high) <= high):
            refuse(AgreementFault.CONDITIONS_RANGE, column=name)
    return np.array(list(product(*(ranges[name] for name in names))), dtype=np.float64)


def _moves(
    rows: Floats, code: NDArray[np.int64], corners: Floats, at_once: int
) -> Iterator[tuple[NDArray[np.int64], Floats, Floats]]:
    """Unit (B,), old row (B, columns) and new row (B, columns) of every move, about `at_once` at a time."""
    distinct = np.unique(np.column_stack([code, rows]), axis=0)
    step = max(1, at_once // len(corners))
    for start in range(0, len(distinct), step):
        part = np.repeat(distinct[start : start + step], len(corners), axis=0)
        new = np.tile(corners, (len(part) // len(corners), 1))
        yield part[:, 0].astype(np.int64), part[:, 1:], new


def _own_reports(
    moments: UnitMoments, design: RidgeDesign, moves: Iterator[tuple[NDArray[np.int64], Floats, Floats]]
) -> Floats:
    """Largest change per point of each column between units, exposures and conditions in order."""
    held = posterior(design.between, design.within, design.sizes, design.prior_scales).central
    names = design.between_names
    size = moments.n.astype(np.float64)
    weight = size / (1 + held.unit**2 * size)
    scale = np.array([design.outcome_scale, *(design.between_scale[name] for name in names)])
    means = (moments.unit_means - design.centre) / scale
    prior = np.zeros(len(names) + 1)
    prior[design.between.flat :] = 1 / max(held.between, 1e-150) ** 2

    def with_one(values: Floats) -> Floats:
        ones = np.ones((*values.shape[:-1], 1))
        return np.concatenate([ones, values[..., 1:], values[..., :1]], axis=-1)

    def slopes(grams: Floats) -> Floats:
        solved = np.linalg.solve(grams[..., :-1, :-1] + np.diag(prior), grams[..., :-1, -1:])
        return np.asarray(solved[..., 0], dtype=np.float64)

    base = with_one(means)
    whole = (base * weight[:, None]).T @ base
    before = slopes(whole)
    largest = np.zeros(len(names) + 1)
    for unit, old, new in moves:
        there = base[unit]
        moved = with_one(means[unit] + (new - old) / scale / size[unit, None])
        change = moved[:, :, None] * moved[:, None, :] - there[:, :, None] * there[:, None, :]
        after = slopes(whole + weight[unit, None, None] * change)
        largest = np.maximum(largest, np.abs(after - before).max(axis=0))
    per_point: Floats = largest[1:] * design.outcome_scale / scale[1:]
    return per_point


def _split_voice(
    moments: UnitMoments,
    names: Sequence[str],
    moves: Iterator[tuple[NDArray[np.int64], Floats, Floats]],
) -> Floats:
    """Largest change per point of each column, by others' reports."""
    products = others_products(moments)
    at = np.cumsum(moments.n > 1) - 1
    others = (products.n - 1)[:, None, None]

    def both(sums: Floats, square: Floats) -> tuple[Floats, Floats]:
        # S S' - P and (n - 2) S S' + P, with P the plain sums of products of a unit
        outer = sums[..., :, None] * sums[..., None, :]
        return (outer - square) / others, ((others - 1) * outer + square) / others**2

    square = products.sums[:, :, None] * products.sums[:, None, :] - products.own_by_others * others
    before = minimum_loss_slopes(products.n, products.sums, *both(products.sums, square))
    largest = np.zeros(len(names) - 1)
    for unit, old, new in moves:
        kept = moments.n[unit] > 1
        place, one, two = at[unit[kept]], old[kept] - moments.shift, new[kept] - moments.shift
        copies = np.arange(len(place))
        sums = np.repeat(products.sums[None], len(place), axis=0)
        sums[copies, place] += two - one
        squares = np.repeat(square[None], len(place), axis=0)
        squares[copies, place] += two[:, :, None] * two[:, None, :] - one[:, :, None] * one[:, None, :]
        after = minimum_loss_slopes(products.n, sums, *both(sums, squares))
        largest = np.maximum(largest, np.abs(after - before).max(axis=0, initial=0.0))
    return largest
