"""Records are held open for one account, until a moment, under keys of the server that end."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from replenish.sealing.record_hold import held_records, hold_records_open
from replenish.sealing.record_key import RecordSecret

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SECRET, KEY = RecordSecret.new(), bytes(range(32))
HELD = hold_records_open(SECRET, KEY, NOW + timedelta(hours=1), bound_to="ana")


def test_it_opens_for_its_account_until_its_time() -> None:
    assert held_records(HELD, [bytes(32), KEY], NOW, bound_to="ana") == SECRET
    assert held_records(HELD, [KEY], NOW + timedelta(hours=1), bound_to="ana") == SECRET


def test_it_opens_nothing_else() -> None:
    assert held_records(HELD, [KEY], NOW + timedelta(hours=1, seconds=1), bound_to="ana") is None
    assert held_records(HELD, [KEY], NOW, bound_to="ben") is None
    assert held_records(HELD, [bytes(32)], NOW, bound_to="ana") is None
    assert held_records(HELD, [], NOW, bound_to="ana") is None
    assert SECRET.text() not in HELD


def test_nobody_makes_it_last_longer() -> None:
    raw = base64.urlsafe_b64decode(HELD + "=" * (-len(HELD) % 4))
    later = int((NOW + timedelta(days=1)).timestamp()).to_bytes(8) + raw[8:]
    assert held_records(base64.urlsafe_b64encode(later).decode(), [KEY], NOW, bound_to="ana") is None


@pytest.mark.parametrize("text", ["", "a", "ä", "=", "A" * 26, HELD[:-6]], ids=range(6))
def test_a_text_that_is_none_opens_nothing(text: str) -> None:
    assert held_records(text, [KEY], NOW, bound_to="ana") is None
