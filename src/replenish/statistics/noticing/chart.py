"""An exponentially weighted moving average of one person's weeks, with limits for the person's own usual."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from replenish.basis.errors import refuse
from replenish.basis.faults import NoticingFault
from replenish.statistics.noticing.design import DESIGN, PersonDesign
from replenish.statistics.noticing.result import Notice, Noticing, SeenWeek, Usual

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_WEIGHT = 0.1
_LIMIT = 3.0
_LEVEL = 0.90


def notice_change(
    weeks: IntArray,
    values: FloatArray,
    *,
    design: PersonDesign = DESIGN,
    usual_from: int | None = None,
) -> Noticing:
    """Whether one person's recent weeks look different from that person's own usual.

    Args:
        weeks: running numbers of the weeks with a check-in, rising, gaps allowed; shape (check-ins,).
        values: weekly score, 0-100, higher = more signs; shape (check-ins,).
        design: values taken to hold for people in general.
        usual_from: the week from which the person asks for a new usual; earlier weeks are left out.

    Raises:
        Refused: shapes that differ, weeks that do not rise, a score outside 0-100.
    """
    weeks, values = _checked(weeks, values)
    if usual_from is not None:
        kept = weeks >= usual_from
        weeks, values = weeks[kept], values[kept]
    if len(weeks) < design.baseline:
        early = tuple(
            SeenWeek(int(w), float(v), None, None, beyond=False) for w, v in zip(weeks, values, strict=True)
        )
        return Noticing(None, early, None, design.baseline - len(weeks))
    b = design.baseline
    mean = float(values[:b].mean())
    own = float(values[:b].var(ddof=1))
    sd = float(np.sqrt((design.prior_df * design.within_sd**2 + (b - 1) * own) / (design.prior_df + b - 1)))
    correlation = design.autocorrelation ** np.abs(weeks[:, None] - weeks[None, :])
    se = sd * float(np.sqrt(correlation[:b, :b].mean()))
    half = float(stdtrit(design.prior_df + b - 1, 0.5 + _LEVEL / 2)) * float(np.hypot(sd, se))
    usual = Usual(mean, sd, max(0.0, mean - half), min(100.0, mean + half), b)
    seen = [
        SeenWeek(int(w), float(v), None, None, beyond=False)
        for w, v in zip(weeks[:b], values[:b], strict=True)
    ]
    smoothed = mean
    for k in range(b, len(weeks)):
        smoothed = _WEIGHT * float(values[k]) + (1 - _WEIGHT) * smoothed
        parts = np.zeros(len(weeks))
        parts[b : k + 1] = _WEIGHT * (1 - _WEIGHT) ** np.arange(k - b, -1, -1)
        parts[:b] = -parts.sum() / b
        limit = mean + _LIMIT * sd * float(np.sqrt(parts @ correlation @ parts))
        seen.append(SeenWeek(int(weeks[k]), float(values[k]), smoothed, limit, beyond=smoothed > limit))
    return Noticing(usual, tuple(seen), _notice(seen, usual, correlation, design), 0)


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


def _notice(
    seen: list[SeenWeek], usual: Usual, correlation: FloatArray, design: PersonDesign
) -> Notice | None:
    on = False
    for before, this in pairwise(seen):
        if before.beyond and this.beyond:
            on = True
        elif not before.beyond and not this.beyond:
            on = False
    if not on:
        return None
    at = max(k for k, week in enumerate(seen) if week.beyond)
    while at > usual.weeks and (seen[at - 1].smoothed or 0.0) > usual.mean:
        at -= 1
    parts = np.zeros(len(seen))
    parts[at:] = 1 / (len(seen) - at)
    parts[: usual.weeks] = -1 / usual.weeks
    difference = float(parts @ np.array([week.value for week in seen]))
    se = usual.sd * float(np.sqrt(parts @ correlation @ parts))
    half = float(stdtrit(design.prior_df + usual.weeks - 1, 0.5 + _LEVEL / 2)) * se
    return Notice(seen[at].week, seen[-1].week, difference, difference - half, difference + half, usual.mean)
