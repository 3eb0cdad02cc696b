from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from tests.people.cast import FIRST_DAY, Cast, make_cast, set_day

from replenish.people import codes


@pytest.fixture(autouse=True)
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a code is tested by itself; elsewhere it would only be waiting."""
    monkeypatch.setattr(codes, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, FIRST_DAY)


@pytest.fixture
def ours(db: None) -> Cast:
    return make_cast("Ours")


@pytest.fixture
def theirs(db: None) -> Cast:
    return make_cast("Theirs")
