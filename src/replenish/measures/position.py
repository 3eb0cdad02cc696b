"""Where a score stands: in a named norm, against an earlier score, and between the two tracks.

Every comparison carries its uncertainty. Nothing here is a verdict on a person.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import Literal

from replenish.basis.errors import refuse
from replenish.basis.faults import AnswerFault, PackFault
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Band, Norm

TRACK_CORRELATION = 0.6
"""Assumed correlation of relational signs and witness among people (our assumption, from the r of about .7
between related measures in Cieslak 2014, lowered for short scales)."""


@dataclass(frozen=True)
class Position:
    """A score as a distance from the mean of a norm.

    Args:
        score: the score.
        z: distance from the mean of the norm, in its SD.
        sem: standard error of measurement of z; None where the norm has no reliability.
        norm: the norm compared with.
    """

    score: float
    z: float
    sem: float | None
    norm: Norm


@dataclass(frozen=True)
class ReliableChange:
    """The change of one person between two scores, beside the noise of measuring twice.

    Args:
        change: second score minus first.
        index: the change divided by its standard error (reliable change index).
        standard_error: of the difference of two scores, sqrt(2) SEM.
        low: lower end of the interval of the change.
        high: upper end.
        beyond_noise: whether the interval leaves out zero.
    """

    change: float
    index: float
    standard_error: float
    low: float
    high: float
    beyond_noise: bool


class TwoTracks(StrEnum):
    """What the picture of the two tracks says; "not clear yet" is its normal answer."""

    RELATIONAL = "mostly relational or witness"
    OVERLOAD = "mostly overload"
    BOTH = "both"
    NEITHER = "neither stands out"
    NOT_CLEAR = "not clear yet"


@dataclass(frozen=True)
class TrackPicture:
    """The two tracks side by side, in SD from their own norms, with the uncertainty of each.

    Args:
        relational: z of the relational track (signs without cynicism, and witness where it was asked).
        relational_sem: its standard error of measurement.
        overload: z of the overload track.
        overload_sem: its standard error of measurement.
        difference: relational minus overload.
        difference_se: sqrt(relational_sem^2 + overload_sem^2).
        low: lower end of the interval of the difference.
        high: upper end.
        says: the words for it.
    """

    relational: float
    relational_sem: float
    overload: float
    overload_sem: float
    difference: float
    difference_se: float
    low: float
    high: float
    says: TwoTracks


def standard_error_of_measurement(sd: float, reliability: float) -> float:
    """SD sqrt(1 - r): how far a score strays from itself by measuring alone (Lord and Novick 1968).

    Raises:
        Refused: an SD that is not above 0, or a reliability that is not between 0 and 1.
    """
    if not (math.isfinite(sd) and sd > 0):
        refuse(AnswerFault.POSITION_INPUT, what="the SD", expected="a number above 0", found=f"{sd:g}")
    if not 0 <= reliability < 1:
        found = f"{reliability:g}"
        refuse(AnswerFault.POSITION_INPUT, what="the reliability", expected="from 0 to below 1", found=found)
    return sd * math.sqrt(1.0 - reliability)


def position_in_norm(score: float, norm: Norm) -> Position:
    """The distance of a score from the mean of a named population, in its SD.

    Raises:
        Refused: the score is not a finite number.
    """
    _finite("the score", score)
    sem = None if norm.alpha is None else standard_error_of_measurement(1.0, norm.alpha)
    return Position(score, (score - norm.mean) / norm.sd, sem, norm)


def reliable_change(
    before: float, after: float, *, sd: float, reliability: float, level: float = 0.95
) -> ReliableChange:
    """The change of one person against the noise of two measurements (Jacobson and Truax 1991).

    Args:
        before: first score.
        after: second score.
        sd: SD among people, in points of the scale.
        reliability: over the same interval where possible; alpha understates noise over weeks.
        level: of the interval.

    Raises:
        Refused: a score that is not a number, or an SD, reliability or level outside its bounds.
    """
    _finite("the first score", before)
    _finite("the second score", after)
    error = math.sqrt(2.0) * standard_error_of_measurement(sd, reliability)
    half = _quantile(level) * error
    change = after - before
    return ReliableChange(change, change / error, error, change - half, change + half, abs(change) > half)


def smallest_reliable_change(*, sd: float, reliability: float, level: float = 0.95) -> float:
    """The smallest change of one person that is beyond the noise of measuring twice, in points.

    Raises:
        Refused: an SD, reliability or level outside its bounds.
    """
    return _quantile(level) * math.sqrt(2.0) * standard_error_of_measurement(sd, reliability)


def band_of(pack: Pack, scale: str, score: float, *, of: Literal["person", "group"]) -> Band | None:
    """The published band a score lies in; None where no band that may be shown holds it.

    Args:
        pack: the instrument.
        scale: code of the scale.
        score: the score.
        of: whose score it is. Bands made for one person are refused for the mean of a group.

    Raises:
        Refused: no such scale, the score is not a number, or bands of persons asked for a group.
    """
    _finite("the score", score)
    bands = [band for band in pack.bands if band.scale == pack.scale(scale).code and band.shown]
    if of == "group" and any(band.individual for band in bands):
        refuse(PackFault.PACK_BANDS_OF_PERSONS, scale=scale)
    return next((band for band in bands if band.low <= score <= band.high), None)


def two_tracks(
    *,
    relational: Position,
    overload: Position,
    witness: Position | None = None,
    level: float = 0.95,
    correlation: float = TRACK_CORRELATION,
) -> TrackPicture:
    """Compassion fatigue beside burnout, as a profile with uncertainty.

    The picture names a track only when the difference of the tracks is beyond its own noise,
    SE_diff = sqrt(SEM_a^2 + SEM_b^2); until then it says "not clear yet". A track counts as raised when
    its interval lies wholly above the mean of its norm.

    Args:
        relational: position of the relational signs without cynicism, which belongs to both tracks.
        overload: position of overload.
        witness: position of the weight of bearing witness; joins the relational track where it was asked.
        level: of the intervals.
        correlation: of relational signs and witness among people, to standardise their mean.

    Raises:
        Refused: a norm without a reliability, or a level or correlation outside its bounds.
    """
    z, sem = relational.z, _sem(relational)
    if witness is not None:
        if not 0 <= correlation < 1:
            found = f"{correlation:g}"
            refuse(
                AnswerFault.POSITION_INPUT, what="the correlation", expected="from 0 to below 1", found=found
            )
        spread = math.sqrt(2.0 + 2.0 * correlation)
        z, sem = (z + witness.z) / spread, math.hypot(sem, _sem(witness)) / spread
    other, other_sem = overload.z, _sem(overload)
    times, error = _quantile(level), math.hypot(sem, other_sem)
    difference = z - other
    raised, other_raised = z - times * sem > 0, other - times * other_sem > 0
    if abs(difference) <= times * error:
        says = TwoTracks.NOT_CLEAR
    elif raised and other_raised:
        says = TwoTracks.BOTH
    elif not raised and not other_raised:
        says = TwoTracks.NEITHER
    else:
        says = TwoTracks.RELATIONAL if raised else TwoTracks.OVERLOAD
    low, high = difference - times * error, difference + times * error
    return TrackPicture(z, sem, other, other_sem, difference, error, low, high, says)


def _sem(position: Position) -> float:
    if position.sem is None:
        expected = "known, to say how sure a comparison is"
        refuse(
            AnswerFault.POSITION_INPUT,
            what="the reliability",
            expected=expected,
            found="absent from the norm",
        )
    return position.sem


def _quantile(level: float) -> float:
    if not 0 < level < 1:
        refuse(AnswerFault.POSITION_INPUT, what="the level", expected="between 0 and 1", found=f"{level:g}")
    return NormalDist().inv_cdf((1.0 + level) / 2.0)


def _finite(what: str, value: float) -> None:
    if not math.isfinite(value):
        refuse(AnswerFault.POSITION_INPUT, what=what, expected="a number", found="missing")
