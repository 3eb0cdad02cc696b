"""Each sign beside its own usual, and which of them stand out lately.

Only the six signs together are watched for a notice, because seven lines watched at once
would be wrong far more often than one. One sign is only ever described.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from replenish.statistics.noticing import DESIGN, Usual
from replenish.voices.box_content import CheckIn, Setting
from replenish.web.carer.picture.said import SIGNS, STEP, WARMTH, Said, Series, mean, said_in
from replenish.web.carer.picture.usual import usual_from

SPREAD = 18.0
"""SD of one person's weeks of one sign, in points: more than of six signs together (our assumption)."""
SPREAD_WEEKS = 10
"""How many weeks' worth of trust that has beside the person's own weeks."""
ALIKE = 0.3
"""Correlation of one week with the next (our assumption)."""
MOST_WEEKS = 0.9
LATELY = 4
"""Check-ins that make up "lately"."""
OFTEN = 62.5
"""Halfway between sometimes and often: from here on a sign stands out by itself, whatever the usual is."""
COMPARED = 8
"""At most so many of the newest check-ins are set against the usual: one sign scatters too much for fewer."""
SURE = 0.99
"""So many signs are looked at that each has to be surer than the notice."""


@dataclass(frozen=True)
class Apart:
    """How far the newest check-ins of a sign lie from its usual, with the interval, in points of 0-100."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class SignNow:
    """One sign, or the moment of warmth, as it has been and as it is.

    Args:
        code: of the question.
        series: what was said.
        usual: None before there are enough check-ins.
        lately: mean of the newest check-ins; None where nothing was ever said.
        apart: how far that lies from the usual; None before there is one.
    """

    code: str
    series: Series
    usual: Usual | None
    lately: float | None
    apart: Apart | None

    @property
    def more_than_usual(self) -> bool:
        """Whether it came more often lately than the usual explains."""
        return self.apart is not None and self.apart.low > 0

    @property
    def stands_out(self) -> bool:
        """Whether it came more often than usual, or often in itself."""
        return self.more_than_usual or (self.lately is not None and self.lately >= OFTEN)


def signs_of(said: Said, since: int | None = None) -> tuple[SignNow, ...]:
    """The six signs and the moment of warmth, in the order of the page.

    Args:
        said: all that was said.
        since: the week from which the person asked for a new usual.
    """
    return tuple(_sign(code, said.sign(code), since) for code in (*SIGNS, WARMTH))


def signs_that_stand_out(
    check_ins: Iterable[CheckIn], settings: Mapping[str, Setting] | None = None
) -> tuple[str, ...]:
    """Codes of the signs that stand out lately, the farthest from the own usual first.

    Args:
        check_ins: all of a person's box.
        settings: of the box, where a new usual may have been asked for.
    """
    signs = signs_of(said_in(check_ins), usual_from(settings or {}))
    standing = [sign for sign in signs if sign.code != WARMTH and sign.stands_out]
    standing.sort(key=lambda sign: (not sign.more_than_usual, -_distance(sign)))
    return tuple(sign.code for sign in standing)


def _sign(code: str, series: Series, since: int | None) -> SignNow:
    lately = series.lately(LATELY)
    counted = _from(series, since)
    usual = _usual(counted.values[: DESIGN.baseline]) if len(counted.weeks) >= DESIGN.baseline else None
    enough = usual is not None and len(counted.weeks) >= usual.weeks + LATELY
    apart = _apart(counted, usual) if usual is not None and enough else None
    return SignNow(code, series, usual, mean(lately) if lately else None, apart)


def _usual(values: tuple[float, ...]) -> Usual:
    """Where most single weeks of a sign lie; its spread is drawn towards that of people in general."""
    count, freedom = len(values), SPREAD_WEEKS + len(values) - 1
    own = float(np.var(values, ddof=1))
    spread = float(np.sqrt((SPREAD_WEEKS * SPREAD**2 + (count - 1) * own) / freedom))
    half = float(stdtrit(freedom, 0.5 + MOST_WEEKS / 2)) * spread * float(np.sqrt(1 + 1 / count))
    middle = mean(values)
    return Usual(middle, spread, max(0.0, middle - half), min(100.0, middle + half), count)


def _from(series: Series, since: int | None) -> Series:
    if since is None:
        return series
    kept = [(w, v) for w, v in zip(series.weeks, series.values, strict=True) if w >= since]
    return Series(tuple(week for week, _ in kept), tuple(value for _, value in kept))


def _apart(series: Series, usual: Usual) -> Apart:
    """The newest check-ins less the usual; neighbouring weeks are alike, so they count for less."""
    newest = min(COMPARED, len(series.weeks) - usual.weeks)
    weeks = np.array([*series.weeks[: usual.weeks], *series.weeks[-newest:]])
    weights = np.repeat([-1 / usual.weeks, 1 / newest], [usual.weeks, newest])
    alike = ALIKE ** np.abs(weeks[:, None] - weeks[None, :])
    difference = mean(series.lately(newest)) - usual.mean
    error = usual.sd * float(np.sqrt(weights @ alike @ weights))
    half = float(stdtrit(SPREAD_WEEKS + usual.weeks - 1, 0.5 + SURE / 2)) * error
    return Apart(difference, difference - half, difference + half)


def _distance(sign: SignNow) -> float:
    """How far a sign has gone, in answers."""
    points = sign.apart.difference if sign.apart is not None else (sign.lately or 0.0) - OFTEN
    return points / STEP
