"""The private notice: one person's weeks, the two stories about them, and what may be said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import NoticingFault
from replenish.statistics.noticing.design import DESIGN, PersonDesign
from replenish.statistics.noticing.result import Notice, Noticing, SeenWeek, Usual
from replenish.statistics.noticing.stories import (
    log_ratio,
    measure_rises,
    pairs_of,
    still_missing,
    strongest_of,
    whiten,
)
from replenish.statistics.noticing.usual import spread_of, usual_of, variance_of_sum

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def notice_change(
    weeks: IntArray,
    values: FloatArray,
    *,
    design: PersonDesign = DESIGN,
    usual_from: int | None = None,
) -> Noticing:
    """Whether one person's recent weeks look different from that person's own usual.

    Two stories are compared at each check-in: nothing changed, or weeks have been higher since some week
    after the baseline. A notice begins when the second fits better by more than the limit at two check-ins in
    a row, and ends when it does not at two in a row.

    Args:
        weeks: running numbers of the weeks with a check-in, rising, gaps allowed; shape (check-ins,).
        values: weekly score, 0-100, higher = more signs; shape (check-ins,).
        design: values taken to hold for people in general.
        usual_from: the week from which the person asks for a new usual; earlier weeks are left out.

    Raises:
        Refused: shapes that differ, weeks that do not rise, a score outside 0-100.

    Source: the generalised likelihood ratio for a shift (Basseville & Nikiforov 1993), with the prior of a
    rise and of the autocorrelation integrated out; limits by simulation (`error_rates`).
    """
    weeks, values = _checked(weeks, values)
    if usual_from is not None:
        kept = weeks >= usual_from
        weeks, values = weeks[kept], values[kept]
    seen, starts = _seen(weeks, values, design)
    needed = design.baseline - len(weeks)
    if needed > 0:
        return Noticing(None, seen, None, needed)
    if not goes_on([week.beyond for week in seen]):
        spread = spread_of(weeks, values, design)
        return Noticing(usual_of(weeks, values, spread, design), seen, None, 0)
    usual, notice = _compare(
        weeks, values, starts[max(k for k, week in enumerate(seen) if week.beyond)], design
    )
    return Noticing(usual, seen, notice, 0)


def goes_on(beyond: list[bool]) -> bool:
    """Whether a notice goes on at the last check-in: two in a row begin it, two in a row end it."""
    on = False
    for before, this in pairwise(beyond):
        if before == this:
            on = this
    return on


def _seen(
    weeks: IntArray, values: FloatArray, design: PersonDesign
) -> tuple[tuple[SeenWeek, ...], dict[int, int]]:
    """The chart, and the start of the best story at each check-in that can be judged."""
    seen = [SeenWeek(week, value, None, None, beyond=False) for week, value in _plain(weeks, values)]
    pairs = pairs_of(len(weeks), design)
    if not len(pairs.first):
        return tuple(seen), {}
    rises = measure_rises(whiten(weeks[None, :], values[None, :], design), pairs, design)
    ratio = log_ratio(rises, pairs, design)
    strongest = strongest_of(ratio, pairs, values[None, :])
    missing = still_missing(rises, ratio, pairs, design)[0]
    sums = np.concatenate([[0.0], np.cumsum(values)])
    start, gap = 0, 0.0
    edges = pairwise([*pairs.first.tolist(), len(pairs.start)])
    for check, kept, (first, end) in zip(
        pairs.checks.tolist(), strongest.kept[0].tolist(), edges, strict=True
    ):
        if not kept:
            closest = first + int(missing[first:end].argmin())
            start, gap = int(pairs.start[closest]), float(missing[closest])
        smoothed = float(sums[check + 1] - sums[start]) / (check + 1 - start)
        week = seen[check]
        seen[check] = SeenWeek(week.week, week.value, smoothed, smoothed + gap, beyond=gap < 0.0)
    return tuple(seen), dict(zip(pairs.checks.tolist(), strongest.start[0].tolist(), strict=True))


def _plain(weeks: IntArray, values: FloatArray) -> Iterator[tuple[int, float]]:
    return zip(weeks.tolist(), values.tolist(), strict=True)


def _compare(weeks: IntArray, values: FloatArray, start: int, design: PersonDesign) -> tuple[Usual, Notice]:
    """The usual before a change, and the mean of the weeks since then against it."""
    spread = spread_of(weeks[:start], values[:start], design)
    usual = usual_of(weeks[:start], values[:start], spread, design)
    after = len(weeks) - start
    parts = np.concatenate([np.full(start, -1.0 / start), np.full(after, 1.0 / after)])
    difference = float(parts @ values)
    half = spread.half_width(variance_of_sum(weeks, parts, spread, design))
    return usual, Notice(
        since=int(weeks[start]),
        until=int(weeks[-1]),
        difference=difference,
        low=difference - half,
        high=difference + half,
        level=usual.mean,
    )


def _checked(weeks: IntArray, values: FloatArray) -> tuple[IntArray, FloatArray]:
    weeks, values = np.asarray(weeks, dtype=np.int64), np.asarray(values, dtype=np.float64)
    if weeks.ndim != 1 or weeks.shape != values.shape:
        refuse(NoticingFault.NOTICING_SHAPE, weeks=weeks.size, values=values.size)
    late = np.flatnonzero(np.diff(weeks) <= 0)
    if len(late):
        refuse(NoticingFault.NOTICING_ORDER, week=int(weeks[late[0] + 1]))
    outside = np.flatnonzero(~((values >= 0.0) & (values <= 100.0)))
    if len(outside):
        refuse(NoticingFault.NOTICING_SCORE, week=int(weeks[outside[0]]), value=float(values[outside[0]]))
    return weeks, values
