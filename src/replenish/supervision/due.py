"""The days by which a session is due: worked out from the rhythm alone, whatever became of earlier sessions.

A session that is moved or missed moves no later one, so that "held of due" cannot be mended by moving days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, takewhile

from replenish.supervision.rhythms import Length, Stage

MONTHS_IN_YEAR = 12
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class RhythmFrom:
    """How far sessions lie apart from a day on; no stages where no time is named."""

    day: date
    stages: tuple[Stage, ...]


def every_days(days: int) -> tuple[Stage, ...]:
    """The stages of those who agreed on days of their own."""
    return (Stage(every=Length(days=days)),)


def due_along(timeline: Sequence[RhythmFrom], until: date) -> tuple[date, ...]:
    """The due days where the rhythm changed on the way; a change makes no day due that had passed before it.

    Args:
        timeline: in the order of its days; the first is the first day of the agreement.
        until: the last day that is looked at.
    """
    found: list[date] = []
    for place, part in enumerate(timeline):
        ends = timeline[place + 1].day if place + 1 < len(timeline) else until
        counts_from = found[-1] if found else timeline[0].day
        days = due_days(part.stages, counts_from, min(ends, until))
        found += [day for day in days if day > part.day]
    return tuple(found)


def due_days(stages: Sequence[Stage], begins: date, until: date) -> tuple[date, ...]:
    """The days by which sessions are due, after the first day and up to and including the last.

    Args:
        stages: how far sessions lie apart; none gives no days.
        begins: the first day of the agreement; the first session is due one interval later.
        until: the last day that is looked at.
    """
    return tuple(takewhile(lambda day: day <= until, _due(stages, begins)))


def next_due(stages: Sequence[Stage], begins: date, after: date) -> date | None:
    """The first due day after a day; None where the rhythm names no time."""
    return next((day for day in _due(stages, begins) if day > after), None)


def working_days_after(day: date, number: int) -> date:
    """So many days from Monday to Friday later; holidays are not known here."""
    while number:
        day += DAY
        number -= day.weekday() < SATURDAY
    return day


def _due(stages: Sequence[Stage], begins: date) -> Iterator[date]:
    """All of them, without an end where the last stage lasts.

    A stage counts from the last session of the one before, so that no gap is longer than its own interval.
    """
    last = begins
    for stage in stages:
        start = last
        ends = date.max if stage.lasts is None else _later(start, stage.lasts, 1)
        for times in count(1):
            day = _later(start, stage.every, times)
            if day > ends:
                break
            yield day
            last = day


def _later(day: date, length: Length, times: int) -> date:
    """A day so many times a length later; the 31st becomes the last day of a shorter month."""
    if length.months is None:
        return day + times * timedelta(weeks=length.weeks or 0, days=length.days or 0)
    months = day.month - 1 + times * length.months
    year, month = day.year + months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
