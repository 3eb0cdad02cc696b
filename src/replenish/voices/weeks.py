"""ISO weeks, the finest grain of time a box knows, and which of them belong to a round."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
THURSDAY = 4


def week_of(day: date) -> str:
    """The ISO week of a day, such as 2026-W03."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


@lru_cache(maxsize=1024)
def thursday_of(week: str) -> date:
    """The Thursday of a week: the day that decides, as in ISO 8601, to which year or round it belongs.

    Raises:
        Refused: the text is no week of the calendar.
    """
    match = _WEEK.fullmatch(week)
    if match is None:
        refuse(VoiceFault.WEEK_UNKNOWN, week=week[:20])
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), THURSDAY)
    except ValueError:
        refuse(VoiceFault.WEEK_UNKNOWN, week=week)


def require_begun(week: str, today: date) -> None:
    """Refuse a week that has begun nowhere on earth yet.

    Raises:
        Refused: the week lies ahead, or is none.
    """
    monday = thursday_of(week) - timedelta(days=3)
    if monday > today + timedelta(days=1):
        refuse(VoiceFault.WEEK_AHEAD, week=week)


@lru_cache(maxsize=64)
def weeks_of_round(starts_on: date, closes_on: date) -> frozenset[str]:
    """The weeks whose Thursday lies in the round (its last day is the one before `closes_on`).

    Each week belongs to one of two adjoining rounds, whatever the day of the week on which they meet.
    """
    days = ((starts_on + timedelta(days=n)) for n in range((closes_on - starts_on).days))
    return frozenset(week_of(day) for day in days if day.isoweekday() == THURSDAY)
