"""A session as tests plan it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from replenish.basis import clock
from replenish.learning.queries import Planned

DAYS_AHEAD = timedelta(days=10)


def planned(**changes: Any) -> Planned:  # noqa: ANN401 - the fields of a session
    """A session in ten days, with some of it changed."""
    said = Planned(
        offer="trauma-course",
        part="",
        title="",
        day=clock.today() + DAYS_AHEAD,
        begins="14:00",
        ends="15:30",
        place="The small hall",
        led_by="Ida Brook",
        places=12,
    )
    return replace(said, **changes)


def set_today(patch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be another day."""
    patch.setattr(clock, "today", lambda: day)
