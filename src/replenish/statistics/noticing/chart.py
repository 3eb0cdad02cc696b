"""The private notice: one person's weeks beside their own usual, and what may be said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from replenish.basis.errors import refuse
from replenish.basis.faults import NoticingFault
from replenish.statistics.noticing.design import DESIGN, PersonDesign
from replenish.statistics.noticing.result import Notice, Noticing, SeenWeek, Usual
from replenish.statistics.noticing.watch import spread_of_usual, variance_of_sum, watch

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEVEL = 0.90
_LOWEST, _HIGHEST = 0.0, 100.0


def notice_change(
    weeks: IntArray,
    values: FloatArray,
    *,
    design: PersonDesign = DESIGN,
    usual_from: int | None = None,
) -> Noticing:
    """Whether one person's recent weeks look different from that person's own usual.

    At each check-in the weighted mean of recent weeks is held against the usual. A notice begins when it lies
    above the limit at two check-ins in a row, and ends when it does not at two in a row.

    Args:
        weeks: running numbers of the weeks with a check-in, rising, gaps allowed; shape (check-ins,).
        values: weekly score, 0-100, higher = more signs; shape (check-ins,).
        design: values taken to hold for people in general.
        usual_from: the week from which the person asks for a new usual; earlier weeks are left out.

    Raises:
        Refused: shapes that differ, weeks that do not rise, a score outside 0-100.

    Source: Roberts 1959 for the moving average; limits by simulation (`error_rates`).
    """
    weeks, values = _checked(weeks, values)
    if usual_from is not None:
        kept = weeks >= usual_from
        weeks, values = weeks[kept], values[kept]
    needed = design.baseline - len(weeks)
    if needed > 0:
        seen = tuple(SeenWeek(week, value, None, None, beyond=False) for week, value in _plain(weeks, values))
        return Noticing(None, seen, None, needed)
    seen, usual_weeks = _seen(weeks, values, design)
    if not goes_on([week.beyond for week in seen]):
        return Noticing(_usual_of(weeks[usual_weeks], values[usual_weeks], design), seen, None, 0)
    start = _beginning(values, design)
    usual = _usual_of(weeks[:start], values[:start], design)
    return Noticing(usual, seen, _notice(weeks, values, start, usual, design), 0)


def goes_on(beyond: list[bool]) -> bool:
    """Whether a notice goes on at the last check-in: two in a row begin it, two in a row end it."""
    on = False
    for before, this in pairwise(beyond):
        if before == this:
            on = this
    return on


def _seen(weeks: IntArray, values: FloatArray, design: PersonDesign) -> tuple[tuple[SeenWeek, ...], Flags]:
    """The chart, and which check-ins make up the usual at the last of them."""
    found = watch(weeks[None, :], values[None, :], design)
    limit = found.usual[0] + design.limit * found.error[0]
    rows = zip(_plain(weeks, values), found.recent[0].tolist(), limit.tolist(), strict=True)
    seen = tuple(
        SeenWeek(week, value, None, None, beyond=False)
        if np.isnan(recent)
        else SeenWeek(week, value, recent, most, beyond=recent > most)
        for (week, value), recent, most in rows
    )
    usual = (np.arange(len(weeks)) < design.baseline) | (weeks[-1] - weeks >= design.longest_look)
    return seen, usual


def _plain(weeks: IntArray, values: FloatArray) -> Iterator[tuple[int, float]]:
    return zip(weeks.tolist(), values.tolist(), strict=True)


def _beginning(values: FloatArray, design: PersonDesign) -> int:
    """The check-in with which a rise seems to have begun: where two levels fit the weeks best."""
    starts = np.arange(design.baseline, len(values) - 1)
    sums = np.cumsum(values)
    before, after = starts, len(values) - starts
    apart = (sums[-1] - sums[starts - 1]) / after - sums[starts - 1] / before
    return int(starts[np.argmax(apart * np.sqrt(before * after))])


def _usual_of(weeks: IntArray, values: FloatArray, design: PersonDesign) -> Usual:
    """A person's usual from the weeks that belong to it, with the range of single weeks."""
    shares = np.full((1, 1, len(weeks)), 1.0 / len(weeks))
    count = np.array([[float(len(weeks))]])
    mean, sd, alike = spread_of_usual(weeks[None, :], values[None, :], shares, count, design)
    of_mean = variance_of_sum(weeks[None, :], shares, alike)
    half = _quantile(len(weeks), design) * float(sd[0, 0] * np.sqrt(1.0 + of_mean[0, 0]))
    middle = float(mean[0, 0])
    return Usual(
        middle, float(sd[0, 0]), max(_LOWEST, middle - half), min(_HIGHEST, middle + half), len(weeks)
    )


def _notice(weeks: IntArray, values: FloatArray, start: int, usual: Usual, design: PersonDesign) -> Notice:
    """The mean of the weeks since a change against the usual before it, with its interval."""
    after = len(weeks) - start
    parts = np.concatenate([np.full(start, -1.0 / start), np.full(after, 1.0 / after)])
    shares = np.full((1, 1, start), 1.0 / start)
    alike = spread_of_usual(
        weeks[None, :start], values[None, :start], shares, np.array([[float(start)]]), design
    )[2]
    error = usual.sd * float(np.sqrt(variance_of_sum(weeks[None, :], parts[None, None, :], alike)[0, 0]))
    half = _quantile(start, design) * error
    difference = float(parts @ values)
    return Notice(
        int(weeks[start]), int(weeks[-1]), difference, difference - half, difference + half, usual.mean
    )


def _quantile(check_ins: int, design: PersonDesign) -> float:
    """Half the width of the interval in standard errors."""
    return float(stdtrit(design.prior_df + check_ins - 1, 0.5 + LEVEL / 2))


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
