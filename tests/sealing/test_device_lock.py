"""A card on a device: a code opens it, time closes it, and nothing that is found later opens anything."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replenish.sealing import device_lock
from replenish.sealing.device_lock import held_open, hold_open, lock, unlock
from replenish.sealing.secret import Secret

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
UNTIL = NOON + timedelta(minutes=10)
KEY = bytes(range(32))
SECRET = Secret(bytes(range(16)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_lock, "MEMORY_KIBIBYTES", 64)


def test_a_code_opens_what_it_locked_and_no_other_does(quick: None) -> None:
    locked = lock(SECRET, " 271828 ")
    assert unlock(locked, "271828") == SECRET
    for wrong in ("271829", "", "27182", "271828 0"):
        assert unlock(locked, wrong) is None


def test_the_same_card_and_code_never_give_the_same_text(quick: None) -> None:
    assert lock(SECRET, "271828") != lock(SECRET, "271828")
    assert SECRET.code() not in lock(SECRET, "271828")


@given(st.integers(0, 91), st.sampled_from("AZaz09-_"))
@settings(max_examples=30)
def test_a_locked_card_with_one_changed_sign_stays_shut(at: int, sign: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(device_lock, "MEMORY_KIBIBYTES", 64)
        locked = lock(SECRET, "271828")
        assert len(locked) == 92
        if locked[at] != sign:
            assert unlock(locked[:at] + sign + locked[at + 1 :], "271828") is None


@pytest.mark.parametrize("text", ["", "x", "é", "====", "A" * 40, "A" * 4_000])
def test_what_is_no_card_opens_nothing(quick: None, text: str) -> None:
    assert unlock(text, "271828") is None
    assert held_open(text, [KEY], NOON, bound_to="s") is None


def test_a_try_costs_what_is_promised() -> None:
    """A person waits for less than a third of a second; trying a million codes takes more than a day."""
    locked = lock(SECRET, "271828")
    spent = []
    for _ in range(3):
        begun = time.process_time()
        unlock(locked, "314159")
        spent.append(time.process_time() - begun)
    assert 0.05 < min(spent) < 0.3


def test_a_card_is_held_open_until_its_time_and_not_longer() -> None:
    held = hold_open(SECRET, KEY, UNTIL, bound_to="s")
    assert held_open(held, [KEY], NOON, bound_to="s") == SECRET
    assert held_open(held, [KEY], UNTIL, bound_to="s") == SECRET
    assert held_open(held, [KEY], UNTIL + timedelta(seconds=1), bound_to="s") is None


def test_what_holds_a_card_open_is_of_no_use_elsewhere() -> None:
    held = hold_open(SECRET, KEY, UNTIL, bound_to="s")
    assert held_open(held, [bytes(32)], NOON, bound_to="s") is None
    assert held_open(held, [], NOON, bound_to="s") is None
    assert held_open(held, [bytes(32), KEY], NOON, bound_to="s") == SECRET
    assert held_open(held, [KEY], NOON, bound_to="l") is None
    assert SECRET.code() not in held


@given(st.data())
def test_nobody_stretches_the_time(data: st.DataObject) -> None:
    """Whatever is changed in the text, it opens nothing: neither the time nor what it is bound to."""
    held = hold_open(SECRET, KEY, NOON - timedelta(minutes=1), bound_to="s")
    at = data.draw(st.integers(0, len(held) - 1))
    sign = data.draw(st.sampled_from("ABCxyz019-_"))
    assert held_open(held[:at] + sign + held[at + 1 :], [KEY], NOON, bound_to="s") is None
