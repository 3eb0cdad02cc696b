"""The two tracks side by side: the weight of bearing witness beside overload, as a profile and no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.measures.library import load_pack
from replenish.measures.position import Position, TrackPicture, TwoTracks, position_in_norm, two_tracks
from replenish.web.carer.picture.said import Said, mean, score_of
from replenish.web.shared.questions import ROUND, WEEKLY

RELATIONAL, WITNESS, OVERLOAD = "relational_track", "witness", "overload"
LATELY_WEEKS = 8
FEWEST_CHECK_INS = 3
LONGER_GOOD_FOR = 13
"""Weeks for which a longer set still tells about now: about a season."""


@dataclass(frozen=True)
class Profile:
    """What can be said about the two tracks now.

    Args:
        says: one of the five answers; "not clear yet" is the normal one.
        picture: both tracks with their uncertainty; None with too little to compare.
        with_witness: whether the questions about bearing witness were answered.
        check_ins_needed: how many more weekly check-ins a comparison needs.
        longer_needed: whether it needs the longer questions.
    """

    says: TwoTracks
    picture: TrackPicture | None
    with_witness: bool
    check_ins_needed: int
    longer_needed: bool


def profile_of(said: Said, this_week: int) -> Profile:
    """The profile of the last weeks: the mean of the weekly signs beside the newest longer set.

    A mean over several weeks strays less than one week does. The error of one week is used all the same,
    because nobody has measured yet how much of it stays from week to week.
    """
    series = said.together(RELATIONAL)
    recent = [
        value
        for week, value in zip(series.weeks, series.values, strict=True)
        if week > this_week - LATELY_WEEKS
    ]
    newest = max(said.longer, default=None)
    answers = said.longer[newest] if newest is not None and newest > this_week - LONGER_GOOD_FOR else {}
    overload, witness = score_of(ROUND, OVERLOAD, answers), score_of(ROUND, WITNESS, answers)
    needed = max(FEWEST_CHECK_INS - len(recent), 0)
    if needed or overload is None:
        return Profile(TwoTracks.NOT_CLEAR, None, witness is not None, needed, overload is None)
    picture = two_tracks(
        relational=_position(WEEKLY, RELATIONAL, mean(recent)),
        overload=_position(ROUND, OVERLOAD, overload),
        witness=None if witness is None else _position(ROUND, WITNESS, witness),
    )
    return Profile(answer_of(picture), picture, witness is not None, 0, longer_needed=False)


def answer_of(picture: TrackPicture) -> TwoTracks:
    """The answer of a picture; two clearly raised tracks are "both" even where neither is clearly the larger.

    "Not clear yet" is about the difference of the tracks. Whether each of them stands out is a question of
    its own, and whoever carries both must not be sent away because one of them is not larger.
    """
    if picture.says is not TwoTracks.NOT_CLEAR:
        return picture.says
    (low, high), (other_low, other_high) = reach(picture)
    if low > 0 and other_low > 0:
        return TwoTracks.BOTH
    return TwoTracks.NEITHER if high < 0 and other_high < 0 else TwoTracks.NOT_CLEAR


def reach(picture: TrackPicture) -> tuple[tuple[float, float], tuple[float, float]]:
    """The interval of the relational track and that of overload, in SD, as wide as that of the difference."""
    times = (picture.high - picture.low) / (2 * picture.difference_se)
    half, other_half = times * picture.relational_sem, times * picture.overload_sem
    return (
        (picture.relational - half, picture.relational + half),
        (picture.overload - other_half, picture.overload + other_half),
    )


def _position(pack_id: str, scale: str, score: float) -> Position:
    return position_in_norm(score, load_pack(pack_id).norm(scale))
