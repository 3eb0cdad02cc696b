"""P4: one statistic for each answer. Two figures from the same answers are one figure too many.

This is a guard against mistakes (a scale beside its items, a mean beside a share), not against somebody
who hides a relation on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.release.relations import (
    follows_as_sum,
    is_function_of,
    is_monotone_in,
    leading_questions,
)

ROWS_LOOKED_AT = 400
"""A relation that holds on so many rows is no chance; more rows cannot acquit it."""


def refuse_overlapping_questions(answers: Mapping[str, NDArray[np.float64]]) -> None:
    """Refuse a question that follows from others: a scale beside its items, or one asked twice.

    Each relation is looked for in the rows that have all of its own questions, up to rounding and up to a
    few rows that differ: any function of one other question whose answers repeat, a rising or falling
    function of one other question, and a weighted sum of others. With too few rows to tell a relation from
    chance, nothing is refused.

    Args:
        answers: for each question, shape (rows,), raw answers; NaN is missing.

    Raises:
        Refused: a question follows from others; the sentence names them.
    """
    names = sorted(answers)
    table = np.column_stack([answers[name] for name in names]) if names else np.zeros((0, 0))
    present = [~np.isnan(answers[name]) for name in names]
    for one, other in combinations(range(len(names)), 2):
        pair = table[_rows(present, [one, other])][:, [one, other]]
        for target, argument in ((0, 1), (1, 0)):
            result, given = pair[:, target], pair[:, argument]
            if is_function_of(result, given) or is_monotone_in(result, given):
                _refuse(names, (one, other)[target], [(one, other)[argument]])
    for target, used in leading_questions(table):
        seen = table[_rows(present, [target, *used])]
        if follows_as_sum(seen[:, target], seen[:, used], questions=len(names)):
            _refuse(names, target, used)


def _rows(present: list[NDArray[np.bool_]], columns: list[int]) -> NDArray[np.int64]:
    """Rows that have all these columns, evenly thinned out to the number looked at."""
    complete = np.flatnonzero(np.logical_and.reduce([present[column] for column in columns]))
    if complete.size <= ROWS_LOOKED_AT:
        return complete.astype(np.int64)
    return complete[np.linspace(0, complete.size - 1, ROWS_LOOKED_AT).astype(np.int64)].astype(np.int64)


def _refuse(names: list[str], target: int, used: list[int]) -> None:
    named = " and ".join(f"'{names[other]}'" for other in sorted(used))
    refuse(DisclosureFault.RELEASE_SAME_ANSWERS, scale=names[target], others=named)
