from __future__ import annotations

import pytest
from tests.conditions.organisations import Staffed, staffed
from tests.people.cast import FIRST_DAY, set_day


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, FIRST_DAY)


@pytest.fixture
def hospice(db: None) -> Staffed:
    return staffed()
