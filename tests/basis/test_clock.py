"""The clock stands only where a replay asks for it, and nothing that serves a page can ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import replenish
from replenish.basis import clock

SOURCE = Path(replenish.__file__).parent
MAY = ("basis/clock.py", "cli/demo/")
MOMENT = datetime(2025, 3, 1, 23, 30, tzinfo=UTC)


def test_the_clock_stands_and_goes_on_afterwards() -> None:
    with clock.standing_at(MOMENT):
        assert clock.now() == MOMENT
        assert clock.today() == date(2025, 3, 1)
        with clock.standing_at(MOMENT + timedelta(days=1)):
            assert clock.today() == date(2025, 3, 2)
        assert clock.now() == MOMENT
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_it_goes_on_after_an_error_as_well() -> None:
    with pytest.raises(ZeroDivisionError), clock.standing_at(MOMENT):
        raise ZeroDivisionError
    assert clock.now() > MOMENT


def test_a_moment_is_told_in_utc() -> None:
    with clock.standing_at(datetime(2025, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=1)))):
        assert clock.now() == MOMENT
        assert clock.today() == date(2025, 3, 1)


def test_it_stands_for_whoever_asked_alone() -> None:
    with clock.standing_at(MOMENT), ThreadPoolExecutor(1) as others:
        assert others.submit(clock.now).result() > MOMENT


def test_nothing_that_serves_pages_can_set_the_clock() -> None:
    named = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "standing_at" in path.read_text(encoding="utf-8")
    }
    assert {name for name in named if not name.startswith(MAY)} == set()
    assert any(name.startswith("cli/demo/") for name in named)
