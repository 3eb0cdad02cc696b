"""What a person said, as lines over the weeks: each sign on 0 to 100, and the six signs together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from replenish.measures.library import load_pack
from replenish.voices.asked import ScaleTable, scale_table
from replenish.voices.box_content import CheckIn
from replenish.voices.weeks import thursday_of, week_of
from replenish.web.shared.questions import ROUND, WEEKLY

SIGNS = (
    "sign.recovery",
    "sign.patience",
    "sign.flatness",
    "sign.motions",
    "sign.dread",
    "sign.cynicism",
)
WARMTH = "sign.warmth"
ENCOUNTERS = "event.encounters"
TOGETHER = "relational"
STEP = 25.0
"""One answer more often, such as from once to sometimes, on 0 to 100."""
WEEK_DAYS = 7
MANY_ENCOUNTERS = 3.0
"""The class "three or four" hard moments, from which a week is told as a heavy one."""

Answers = Mapping[str, float]


@dataclass(frozen=True)
class Series:
    """Values of the weeks in which something was said; the others are absent.

    Args:
        weeks: running numbers of ISO weeks, strictly rising.
        values: of the same length, 0 to 100, higher = more often.
    """

    weeks: tuple[int, ...]
    values: tuple[float, ...]

    def lately(self, check_ins: int) -> tuple[float, ...]:
        """The newest values, oldest first."""
        return self.values[-check_ins:]


@dataclass(frozen=True)
class Said:
    """All weekly answers and all longer sets of one person, by running number of the week, rising."""

    weekly: Mapping[int, Answers]
    longer: Mapping[int, Answers]

    def sign(self, code: str) -> Series:
        """One sign, or the moment of warmth."""
        found = [(week, answers[code]) for week, answers in self.weekly.items() if code in answers]
        return Series(tuple(week for week, _ in found), tuple(STEP * value for _, value in found))

    def together(self, scale: str = TOGETHER) -> Series:
        """A scale of the weekly questions; a week with fewer than half of its questions has no value."""
        table = _table(WEEKLY, scale)
        found = [(week, table.score(answers)) for week, answers in self.weekly.items()]
        scored = [(week, score) for week, score in found if not math.isnan(score)]
        return Series(tuple(week for week, _ in scored), tuple(score for _, score in scored))


def said_in(check_ins: Iterable[CheckIn]) -> Said:
    """What was said, in the order of the weeks."""
    packs: dict[str, dict[int, Answers]] = {WEEKLY: {}, ROUND: {}}
    for check_in in check_ins:
        if check_in.pack in packs:
            packs[check_in.pack][running(check_in.week)] = check_in.answers
    weekly, longer = (dict(sorted(found.items())) for found in packs.values())
    return Said(weekly, longer)


def score_of(pack_id: str, scale: str, answers: Answers) -> float | None:
    """A scale on 0 to 100; None with too few answers."""
    score = _table(pack_id, scale).score(answers)
    return None if math.isnan(score) else score


def running(week: str) -> int:
    """The running number of an ISO week: neighbouring weeks differ by one, across years too."""
    return thursday_of(week).toordinal() // WEEK_DAYS


def monday_of(number: int) -> date:
    """The Monday of a week by its running number."""
    return date.fromordinal(number * WEEK_DAYS + 1)


def week_named(number: int) -> str:
    """The ISO week of a running number, such as 2026-W03."""
    return week_of(monday_of(number))


def mean(values: Sequence[float]) -> float:
    """The mean of values that are there."""
    return math.fsum(values) / len(values)


@cache
def _table(pack_id: str, scale: str) -> ScaleTable:
    return scale_table(load_pack(pack_id), scale)
