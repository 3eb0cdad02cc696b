"""When rounds begin and close: four weeks of open days each, holidays left out of the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault

ROUNDS_IN_SEASON = 3
WEEKS_IN_ROUND = 4
LEAST_WEEKS = 2
"""P2: in a shorter round a contribution is one or two check-ins, and shows a mood of a day."""

MOST_WEEKS = 8
"""An open round is readable on the running machine; it must not stay so for long."""

MOST_PAUSE_DAYS = 42

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count towards the length of a round: `first` is the first, `until` the day after."""

    first: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in the pause."""
        return self.first <= day < self.until

    @property
    def days(self) -> int:
        """How long it lasts."""
        return (self.until - self.first).days


@dataclass(frozen=True, slots=True)
class Span:
    """A round in the calendar: answers count from `starts_on` until the day before `closes_on`."""

    starts_on: date
    closes_on: date


def plan_rounds(
    starts_on: date,
    *,
    rounds: int = ROUNDS_IN_SEASON,
    weeks: int = WEEKS_IN_ROUND,
    pauses: Sequence[Pause] = (),
) -> tuple[Span, ...]:
    """The rounds of a season, one after the other; each has all its open days, however many pauses there are.

    Args:
        starts_on: the first day; a round never begins inside a pause.
        rounds: how many.
        weeks: open weeks of each.
        pauses: holidays.

    Raises:
        Refused: rounds shorter than two weeks or longer than eight.
    """
    if not LEAST_WEEKS <= weeks <= MOST_WEEKS:
        refuse(RoundFault.ROUND_LENGTH, weeks=weeks, least=LEAST_WEEKS, most=MOST_WEEKS)
    spans: list[Span] = []
    day = starts_on
    for _ in range(rounds):
        first = first_open_day(day, pauses)
        spans.append(Span(first, close_after(first, 7 * weeks, pauses)))
        day = spans[-1].closes_on
    return tuple(spans)


def first_open_day(day: date, pauses: Sequence[Pause]) -> date:
    """The day itself, or the first one after the pause it lies in."""
    while any(pause.holds(day) for pause in pauses):
        day += DAY
    return day


def close_after(starts_on: date, days: int, pauses: Sequence[Pause]) -> date:
    """The day of the close when a round is to have so many open days."""
    day = starts_on
    while days:
        days -= not any(pause.holds(day) for pause in pauses)
        day += DAY
    return day


def open_days(span: Span, pauses: Sequence[Pause]) -> int:
    """How many days of the span lie in no pause."""
    length = (span.closes_on - span.starts_on).days
    days = (span.starts_on + offset * DAY for offset in range(length))
    return sum(not any(pause.holds(day) for pause in pauses) for day in days)


def moved_by(spans: Sequence[Span], pauses: Sequence[Pause], added: Pause, *, begun: int) -> tuple[Span, ...]:
    """The same rounds with one more pause: those that have begun keep their first day, none loses a day.

    Args:
        spans: the rounds that are still to close, in order.
        pauses: the pauses so far.
        added: the new one.
        begun: how many of the rounds, from the first, have begun.
    """
    moved: list[Span] = []
    together = (*pauses, added)
    for place, span in enumerate(spans):
        after = max(moved[-1].closes_on if moved else span.starts_on, span.starts_on)
        first = span.starts_on if place < begun else first_open_day(after, together)
        moved.append(Span(first, close_after(first, open_days(span, pauses), together)))
    return tuple(moved)


def require_pause(spans: Sequence[Span], added: Pause, *, today: date) -> None:
    """Refuse a pause that lies in the past, ends before it begins, is too long, or touches no round.

    Args:
        spans: the rounds that are still to close.
        added: the pause.
        today: a pause begins today or later.
    """
    if added.first < today or not 0 < added.days <= MOST_PAUSE_DAYS:
        refuse(RoundFault.PAUSE_DAYS, first=added.first, until=added.until, most=MOST_PAUSE_DAYS)
    if not any(added.first < span.closes_on and span.starts_on < added.until for span in spans):
        refuse(RoundFault.PAUSE_OUTSIDE, first=added.first, until=added.until)
