"""The keys of a day: yesterday's still opens, and older ones are gone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.device_keys import DeviceKeys

MONDAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def keys(tmp_path: Path) -> DeviceKeys:
    return DeviceKeys(tmp_path)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "devices").iterdir()}


def test_each_day_has_a_key_of_its_own(keys: DeviceKeys, tmp_path: Path) -> None:
    monday = keys.holding(MONDAY)
    assert monday == keys.holding(MONDAY) == DeviceKeys(tmp_path).holding(MONDAY)
    assert len({monday, keys.holding(TUESDAY)}) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "devices").iterdir())


def test_yesterdays_opens_and_older_ones_are_gone(keys: DeviceKeys, tmp_path: Path) -> None:
    monday, tuesday = keys.holding(MONDAY), keys.holding(TUESDAY)
    assert keys.opening(TUESDAY) == (tuesday, monday)
    assert monday not in keys.opening(WEDNESDAY), "also before anybody has come on that day"
    keys.holding(WEDNESDAY)
    assert names(tmp_path) == {"2026-03-03.key", "2026-03-04.key"}


def test_a_night_ends_old_ones_where_nobody_comes(keys: DeviceKeys, tmp_path: Path) -> None:
    keys.holding(MONDAY)
    keys.end_old(TUESDAY)
    assert names(tmp_path) == {"2026-03-02.key"}
    keys.end_old(WEDNESDAY)
    assert names(tmp_path) == set()
    keys.end_old(WEDNESDAY)


def test_without_any_key_nothing_opens(keys: DeviceKeys) -> None:
    assert keys.opening(MONDAY) == ()
    keys.end_old(MONDAY)


@pytest.mark.parametrize("content", ["", "{}", '{"key": "00"}'])
def test_a_damaged_key_file_is_refused_by_name(keys: DeviceKeys, tmp_path: Path, content: str) -> None:
    keys.holding(MONDAY)
    (tmp_path / "devices" / "2026-03-02.key").write_text(content)
    for ask in (keys.holding, keys.opening):
        with pytest.raises(Refused) as refused:
            ask(MONDAY)
        assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED
