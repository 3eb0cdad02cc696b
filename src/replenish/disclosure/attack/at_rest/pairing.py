"""Who is who: every trace as a table of scores, the best assignment, and how much of it is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

from replenish.disclosure.attack.at_rest.chance import Blocks
from replenish.disclosure.attack.at_rest.sides import Floats, Side, is_telling

Flags = NDArray[np.bool_]
TOGETHER = "all traces together"
FARTHEST = 7.0
"""Days after which two moments have nothing to do with each other."""


@dataclass(frozen=True)
class Trace:
    """One way to tell who is who: how well each on the left fits each on the right."""

    name: str
    scores: Floats


@dataclass(frozen=True)
class Named:
    """How many were named correctly through one trace.

    Attributes:
        trace: the trace.
        correct, tried: how many are right, of how many.
        blocks: sizes of the groups within which a blind guess would be made.
    """

    trace: str
    correct: int
    tried: int
    blocks: Blocks


def name_each(left: Side, right: Side, truth: Mapping[str, str], draw: np.random.Generator) -> list[Named]:
    """Name everybody on the left by somebody on the right, through each trace and through all together.

    Args:
        left: the side to be named.
        right: the side of the names.
        truth: name on the left -> name on the right; used only to count what is right.
        draw: decides between equals, so that no order of the input helps.
    """
    blocks = _blocks(left, right, truth)
    tried = sum(len(rows) for rows, _ in blocks)
    if not tried:
        return []
    sizes = tuple((len(rows), len(columns)) for rows, columns in blocks)
    named, whole, telling = [], np.zeros((len(left.names), len(right.names))), 0
    for trace in traces(left, right):
        correct = sum(_correct(trace.scores, *block, left, right, truth, draw) for block in blocks)
        named.append(Named(trace.name, correct, tried, sizes))
        spread = trace.scores.std()
        if spread > 0:
            whole += (trace.scores - trace.scores.mean()) / spread
            telling += 1
    correct = sum(_correct(whole, *block, left, right, truth, draw) for block in blocks)
    return [*named, Named(TOGETHER, correct, tried, sizes)]


def _blocks(left: Side, right: Side, truth: Mapping[str, str]) -> list[tuple[list[int], list[int]]]:
    """Groups within which names are exchangeable, the smaller side first known to be among the larger."""
    owner = {name: at for at, name in enumerate(right.names)}
    open_rows = [at for at, name in enumerate(left.names) if truth.get(name) in owner]
    columns = set(range(len(right.names)))
    blocks = []
    while open_rows:
        rows = [open_rows[0]]
        allowed = {at for at in columns if _may_be(left.places[rows[0]], right.places[at])}
        rows += [
            at
            for at in open_rows[1:]
            if allowed & {other for other in columns if _may_be(left.places[at], right.places[other])}
        ]
        for at in rows:
            allowed |= {other for other in columns if _may_be(left.places[at], right.places[other])}
            allowed.add(owner[truth[left.names[at]]])
        open_rows = [at for at in open_rows if at not in rows]
        columns -= allowed
        blocks.append((rows, sorted(allowed)))
    return blocks


def _may_be(place: frozenset[str], other: frozenset[str]) -> bool:
    return not place or not other or bool(place & other)


def _correct(
    scores: Floats,
    rows: Sequence[int],
    columns: Sequence[int],
    left: Side,
    right: Side,
    truth: Mapping[str, str],
    draw: np.random.Generator,
) -> int:
    """How many of the best assignment are right; equals are decided by lot."""
    mixed_rows, mixed_columns = draw.permutation(rows), draw.permutation(columns)
    best_rows, best_columns = linear_sum_assignment(scores[np.ix_(mixed_rows, mixed_columns)], maximize=True)
    return sum(
        truth[left.names[row]] == right.names[column]
        for row, column in zip(mixed_rows[best_rows], mixed_columns[best_columns], strict=True)
    )


def traces(left: Side, right: Side) -> Iterator[Trace]:
    """Every trace there is between two sides."""
    yield from _same_order(left, right)
    yield from _same_activity(left, right)
    yield from _near_in_time(left, right)
    yield from _same_words(left, right)


def _same_order(left: Side, right: Side) -> Iterator[Trace]:
    for (name, own), (other_name, others) in product(left.orders.items(), right.orders.items()):
        if not (is_telling(own) and is_telling(others)):
            continue
        mine, theirs = _shares(own), _shares(others)
        for turned, word in ((theirs, ""), (1.0 - theirs, ", turned round")):
            gap = mine[:, None] - turned[None, :]
            yield Trace(f"order: {name} / {other_name}{word}", np.nan_to_num(-(gap**2), nan=-1.0 / 6.0))


def _shares(numbers: Floats) -> Floats:
    """Ranks as shares of the whole, 0 first and 1 last, equals in the middle, NaN where unknown."""
    known = ~np.isnan(numbers)
    out = np.full(numbers.size, np.nan)
    if known.sum() > 1:
        out[known] = (rankdata(numbers[known]) - 1.0) / (known.sum() - 1.0)
    return out


def _same_activity(left: Side, right: Side) -> Iterator[Trace]:
    for (name, own), (other_name, others) in product(left.activity.items(), right.activity.items()):
        if not (_varies(own) and _varies(others)):
            continue
        known, other_known = ~np.isnan(own), ~np.isnan(others)
        mine, theirs = np.nan_to_num(own), np.nan_to_num(others)
        both = mine @ theirs.T
        neither = (known & (mine == 0.0)).astype(np.float64) @ (other_known & (theirs == 0.0)).T
        yield Trace(f"between copies: {name} / {other_name}", both + neither)


def _varies(activity: Floats) -> bool:
    """Whether somebody differs from somebody else in any interval."""
    if activity.size == 0:
        return False
    some, every = np.nanmax(_filled(activity, -np.inf), axis=0), np.nanmin(_filled(activity, np.inf), axis=0)
    return bool(np.any(np.isfinite(some) & np.isfinite(every) & (some != every)))


def _filled(activity: Floats, value: float) -> Floats:
    return np.where(np.isnan(activity), value, activity)


def _near_in_time(left: Side, right: Side) -> Iterator[Trace]:
    for (name, own), (other_name, others) in product(left.moments.items(), right.moments.items()):
        scores = np.array([[_nearness(mine, theirs) for theirs in others] for mine in own])
        if scores.size and scores.max() > scores.min():
            yield Trace(f"time: {name} / {other_name}", scores)


def _nearness(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """Mean distance from each moment on the left to the nearest one on the right, as a negative number."""
    if not mine or not theirs:
        return -FARTHEST
    gaps = np.abs(np.asarray(mine)[:, None] - np.asarray(theirs)[None, :]).min(axis=1)
    return -float(np.minimum(gaps, FARTHEST).mean())


def _same_words(left: Side, right: Side) -> Iterator[Trace]:
    """Words that only one on each side carries; a name counts wherever it stands within a text."""
    scores = np.zeros((len(left.names), len(right.names)))
    for (row, own), (column, others) in product(enumerate(left.words), enumerate(right.words)):
        scores[row, column] = len(own & others)
    scores -= np.median(scores, axis=1, keepdims=True) if scores.size else 0.0
    if scores.size and scores.max() > 0.0:
        yield Trace("the same words or numbers", scores)
