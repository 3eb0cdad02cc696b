"""The one place that asks what time it is, so that tests and replays can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_stands_at: ContextVar[datetime | None] = ContextVar("stands_at", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stands_at.get() or datetime.now(UTC)


def today() -> date:
    """Today's date in UTC."""
    return now().date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment while the block runs, for whoever runs in it alone.

    It is for replays of invented organisations. Whoever could set the clock of a running system could open a
    release before its day, so no page, no setting and no room below the command line uses it; a test reads
    every file for its name.

    Args:
        moment: aware; it is told in UTC.
    """
    before = _stands_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stands_at.reset(before)
