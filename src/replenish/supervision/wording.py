"""The terms of an agreement as somebody proposes them, and what of it can be taken as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.supervision import SupervisionFault
from replenish.supervision.models import LONGEST_WORDS
from replenish.supervision.points import (
    LEAST_MINUTES,
    LEAST_SHARE,
    MOST_MINUTES,
    MOST_WEEKS,
    REVIEW_DAYS,
    number,
    points,
)
from replenish.supervision.rhythms import REBOOK, limits, rhythm

DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class Answer:
    """What was answered to a point: a code of its list, and words where the point has some."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class Wording:
    """What people who meet for supervision agree on.

    Attributes:
        rhythm: the code of a preset; empty where they chose weeks of their own.
        weeks: between two meetings; None with a preset.
        minutes: how long a meeting is.
        reflective_share: how much of it is kept to reflect, in per cent.
        review_on: the day on which the agreement is looked at again.
        functions: codes of what the meetings are for.
        answers: by the code of a point.
    """

    rhythm: str
    weeks: int | None
    minutes: int
    reflective_share: int
    review_on: date
    functions: tuple[str, ...]
    answers: Mapping[str, Answer]

    @property
    def every_days(self) -> int | None:
        """Their own days between two meetings."""
        return None if self.weeks is None else self.weeks * DAYS_IN_WEEK


def rebook_days() -> int:
    """Working days within which a meeting that fell through is planned anew."""
    return limits()[REBOOK].number


def taken(said: Wording) -> Wording:
    """The same with tidy words.

    Raises:
        Refused: a number, a day or a point cannot be as it is.
    """
    _require_rhythm(said)
    least, most = number(LEAST_MINUTES), number(MOST_MINUTES)
    if not least <= said.minutes <= most:
        refuse(SupervisionFault.MINUTES, least=least, most=most)
    if not number(LEAST_SHARE) <= said.reflective_share <= 100:
        refuse(SupervisionFault.SHARE, least=number(LEAST_SHARE))
    last = clock.today() + timedelta(days=number(REVIEW_DAYS))
    if not clock.today() < said.review_on <= last:
        refuse(SupervisionFault.REVIEW, days=number(REVIEW_DAYS))
    known = {one.code for one in points().functions}
    if not said.functions or not known.issuperset(said.functions):
        refuse(SupervisionFault.POINT, point="what the meetings are for")
    return replace(said, functions=tuple(dict.fromkeys(said.functions)), answers=_answers(said.answers))


def _require_rhythm(said: Wording) -> None:
    if said.rhythm:
        chosen = rhythm(said.rhythm)
        fits = chosen is not None and bool(chosen.stages) and said.weeks is None
    else:
        fits = said.weeks is not None and 1 <= said.weeks <= number(MOST_WEEKS)
    if not fits:
        refuse(SupervisionFault.RHYTHM, most=number(MOST_WEEKS))


def _answers(said: Mapping[str, Answer]) -> Mapping[str, Answer]:
    tidy = {}
    for point in points().points:
        answer = said.get(point.code, Answer(""))
        if answer.code not in {choice.code for choice in point.choices}:
            refuse(SupervisionFault.POINT, point=point.asks)
        words = " ".join(answer.words.split())
        if words and (point.words is None or len(words) > LONGEST_WORDS or not words.isprintable()):
            refuse(SupervisionFault.WORDS, point=point.asks, most=LONGEST_WORDS)
        tidy[point.code] = Answer(answer.code, words)
    return tidy
