"""The windows of two days in which an offer stands or does not; they are the same for every team."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

WINDOW = timedelta(days=2)
BEGINS_AT = time(9)


def window_of(moment: datetime) -> date:
    """The first day of the window a moment falls in; a window begins at nine and lasts two days."""
    began = moment.astimezone(UTC) - timedelta(hours=BEGINS_AT.hour)
    day = began.date()
    return day - timedelta(days=day.toordinal() % WINDOW.days)


def next_window(window: date) -> date:
    """The window after one."""
    return window + WINDOW
