"""What is looked at over all supervision and all debriefs of an organisation, month by month.

From which side meetings fell through, and why, is told for a whole quarter, and only where meetings of at
least seven supervisees did. That a meeting of one pair was not held is a fact of its part; with a single
reason beside it for the whole organisation, everybody would know whose it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

from replenish.conditions.facts.kinds import Kind, read_kinds
from replenish.supervision.counts import Fell, MeetingHeld, Provided

FILE = Path(__file__).parent / "indicators.yaml"
LEAST_SUPERVISEES = 7
INTERVAL = "supervision_interval"
SIDE, REASON = "fell_side.", "fell_reason."

Month = tuple[date, date]


@dataclass(frozen=True)
class Counts:
    """So many out of so many."""

    count: int
    out_of: int


@cache
def indicators() -> Mapping[str, Kind]:
    """The indicators by code, in their order."""
    return {kind.code: kind for kind in read_kinds(FILE)}


def month_of(day: date) -> Month:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def quarter_of(day: date) -> Month:
    """The first and the last day of a day's quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, month_of(first + timedelta(days=62))[1]


def of_supervision(provided: Provided, supervising: frozenset[str]) -> Mapping[tuple[str, Month], Counts]:
    """By indicator and month, over the whole organisation.

    Args:
        provided: what became of the meetings.
        supervising: those who supervise somebody.
    """
    supervisors = frozenset(one for one, people in provided.agreements.items() if people & supervising)
    found: Counter[tuple[str, Month]] = Counter()
    whole: Counter[tuple[str, Month]] = Counter()
    for month, code, counted in _counted(provided, supervisors):
        whole[code, month] += 1
        found[code, month] += counted
    told = {key: Counts(found[key], out_of) for key, out_of in whole.items()}
    return {**told, **_points(provided), **_intervals(provided)}


def _counted(provided: Provided, supervisors: frozenset[str]) -> Iterator[tuple[Month, str, bool]]:
    for meetings in provided.held.values():
        for held in meetings:
            for code, counted in _of_meeting(held):
                yield month_of(held.day), code, counted
    for fell in provided.fell.values():
        for one in fell:
            if one.booked_again is not None:
                yield month_of(one.day), "supervision_booked_again", one.booked_again
    for due in provided.due:
        if due.agreement in supervisors:
            yield month_of(due.due_on), "supervision_of_supervisors", due.held


def _of_meeting(held: MeetingHeld) -> Iterator[tuple[str, bool]]:
    yield "supervision_restorative", held.restorative
    if held.minutes is not None:
        yield "supervision_long_enough", held.minutes >= held.agreed_minutes
    if held.interrupted is not None:
        yield "supervision_uninterrupted", not held.interrupted
    if held.wellbeing_offered is not None:
        yield "supervision_wellbeing_offered", held.wellbeing_offered


def _points(provided: Provided) -> Mapping[tuple[str, Month], Counts]:
    """Answers of a month for the points raised in it; a month without points is left out."""
    raised: Counter[Month] = Counter()
    closed: Counter[Month] = Counter()
    for meetings in provided.held.values():
        for held in meetings:
            raised[month_of(held.day)] += held.raised
            closed[month_of(held.day)] += held.closed
    return {
        ("supervision_points_answered", month): Counts(closed[month], points)
        for month, points in raised.items()
        if points
    }


def _intervals(provided: Provided) -> Mapping[tuple[str, Month], Counts]:
    """The middle number of days between two meetings of the same people, by the month of the later one."""
    days: dict[Month, list[int]] = defaultdict(list)
    for meetings in provided.held.values():
        for before, after in pairwise(meetings):
            days[month_of(after.day)].append((after.day - before.day).days)
    return {(INTERVAL, month): Counts(round(median(found)), 1) for month, found in days.items()}


def sides_and_reasons(provided: Provided, quarter: Month) -> Mapping[str, Counts]:
    """From which side meetings of a quarter fell through or were moved, and why; nothing for few people.

    Args:
        provided: of the whole organisation, and of nothing less: two overlapping sets could be subtracted.
        quarter: its first and last day; it is over.
    """
    by_agreement = {
        agreement: [one for one in each if quarter[0] <= one.day <= quarter[1]]
        for agreement, each in provided.fell.items()
    }
    fell = [one for each in by_agreement.values() for one in each]
    behind = (provided.agreements[agreement] for agreement, each in by_agreement.items() if each)
    if len(frozenset[str]().union(*behind)) < LEAST_SUPERVISEES:
        return {}
    return {
        **_shares(SIDE, [one.side for one in fell]),
        **_shares(REASON, [_reason(one) for one in fell]),
    }


def _reason(one: Fell) -> str:
    return one.reason or "other"


def _shares(prefix: str, codes: list[str]) -> Mapping[str, Counts]:
    return {f"{prefix}{code}": Counts(count, len(codes)) for code, count in Counter(codes).items()}
