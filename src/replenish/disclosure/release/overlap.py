"""P4: one statistic for each answer. Two figures from the same answers are one figure too many."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault

ROWS_PER_QUESTION = 4
"""With fewer rows than this for each question, an exact relation between questions can be chance."""

ROWS_AGREEING = 5
"""So many rows must differ from the most frequent answer before a relation counts as one."""

ROWS_LOOKED_AT = 5_000
"""A relation that holds on so many rows is no chance; more rows cannot acquit it."""

RELATIVE_TOLERANCE = 1e-9


def refuse_overlapping_questions(answers: Mapping[str, NDArray[np.float64]]) -> None:
    """Refuse a question that follows exactly from others: a scale beside its items, or one asked twice.

    Two relations are recognised: a weighted sum of other questions, and a rising or falling function of
    one other question (a share of "often" beside the mean of the same answers).

    Args:
        answers: for each question, shape (rows,), raw answers; NaN is missing.

    Raises:
        Refused: a question follows from others; the sentence names them.
    """
    names = sorted(answers)
    table = np.column_stack([answers[name] for name in names])
    complete = table[~np.isnan(table).any(axis=1)]
    if len(names) < 2 or len(complete) < ROWS_PER_QUESTION * len(names):
        return
    rows = np.unique(np.linspace(0, len(complete) - 1, ROWS_LOOKED_AT).astype(np.int64))
    seen = complete[rows]
    varying = [place for place in range(len(names)) if _varies(seen[:, place])]
    for place in varying:
        used = _follows(seen, place, [other for other in varying if other != place])
        if used:
            named = " and ".join(f"'{names[other]}'" for other in used)
            refuse(DisclosureFault.RELEASE_SAME_ANSWERS, scale=names[place], others=named)


def _varies(column: NDArray[np.float64]) -> bool:
    """Whether enough rows differ from the most frequent answer; a nearly constant question proves nothing."""
    return bool(len(column) - np.unique(column, return_counts=True)[1].max() >= ROWS_AGREEING)


def _follows(table: NDArray[np.float64], place: int, others: list[int]) -> list[int]:
    """The other questions from which this one follows exactly; empty when it does not."""
    target = table[:, place]
    for other in others:
        if is_monotone_function(target, table[:, other]):
            return [other]
    if not others:
        return []
    columns = table[:, [place, *others]]
    scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
    weights = np.linalg.lstsq(scaled[:, 1:], scaled[:, 0], rcond=None)[0]
    left = np.abs(scaled[:, 0] - scaled[:, 1:] @ weights).max()
    if left > RELATIVE_TOLERANCE * columns.shape[1]:
        return []
    return [other for other, weight in zip(others, weights, strict=True) if abs(weight) > RELATIVE_TOLERANCE]


def is_monotone_function(result: NDArray[np.float64], argument: NDArray[np.float64]) -> bool:
    """Whether equal arguments always give equal results, and the results only rise or only fall.

    Args:
        result: shape (rows,).
        argument: shape (rows,).
    """
    order = np.argsort(argument, kind="stable")
    steps, moves = np.diff(argument[order]), np.diff(result[order])
    if (moves[steps == 0] != 0).any():
        return False
    return bool((moves >= 0).all() or (moves <= 0).all())
