"""What the tests of this room may ask for: a database and keys of their own, a fixed day, an open round."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

import pytest
from tests.conditions.instances import Instance, instance, prepared
from tests.voices.cards import FIRST_DAY, House, open_house

from replenish.basis import clock
from replenish.voices import nightly

__all__ = ["instance", "prepared"]


@pytest.fixture(autouse=True)
def mixing_every_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrivals do not wait, so that every test meets all rows; test_arrivals.py tests the waiting."""
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))


class SetDay(Protocol):
    """Lets a test choose the day."""

    def __call__(self, day: date) -> None: ...


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> SetDay:
    """Choose the day; it is the first day of the round until a test does."""

    def choose(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(12), UTC))

    choose(FIRST_DAY)
    return choose


@pytest.fixture
def house(instance: Instance, on_day: SetDay) -> House:
    """An organisation of two units in two groups, with a season begun and its first round open."""
    return open_house()


@pytest.fixture
def count_queries() -> Any:  # noqa: ANN401 - a context manager of Django's tests
    """Counts the statements sent to the database, those that begin and end a transaction included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)
