"""Every danger the doctor knows, made on purpose, is found; and a healthy installation has none of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.safekeeping.household import Household

from replenish.basis import clock
from replenish.conditions.models import Round, State
from replenish.safekeeping.doctor import database, keys, server
from replenish.safekeeping.doctor.examination import examine
from replenish.safekeeping.doctor.finding import Weight
from replenish.safekeeping.nightly import nightly
from replenish.safekeeping.places import Places
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.round_key import RoundKeys


def found() -> set[str]:
    return {finding.name for finding in examine()}


@pytest.fixture
def healthy(household: Household, places: Places, monkeypatch: pytest.MonkeyPatch) -> Household:
    """An installation after its night, with keys on a volume of their own."""
    nightly(lambda _: None, places=places)
    for folder in (settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS):
        Path(folder).chmod(0o700)
    monkeypatch.setattr(keys, "same_device", lambda *_: False)
    monkeypatch.setattr(keys, "file_system", lambda _: "ext4")
    return household


def test_a_healthy_installation_has_no_danger(healthy: Household) -> None:
    assert [finding for finding in examine() if finding.weight is Weight.DANGER] == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's files are not seen from here")
def test_keys_beside_the_database(healthy: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "same_device", lambda *_: True)
    assert "keys.same_volume" in found()


def test_keys_where_snapshots_are_kept(healthy: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "file_system", lambda _: "btrfs")
    assert "keys.snapshots" in found()


def test_keys_and_folders_open_to_others(healthy: Household) -> None:
    next((settings.REPLENISH_KEYS / "rounds").iterdir()).chmod(0o644)
    Path(settings.REPLENISH_INSTANCE).chmod(0o755)
    assert {"keys.open", "instance.open"} <= found()


def test_keys_of_rounds_that_are_over_or_unknown(healthy: Household) -> None:
    healthy.close_round()
    healthy.day(29)
    RoundKeys(settings.REPLENISH_KEYS).create(healthy.round.id)
    RoundKeys(settings.REPLENISH_KEYS).create("a round of somewhere else")
    assert {"keys.ended_rounds", "keys.unknown_rounds"} <= found()


@pytest.mark.parametrize(("days", "missed"), [(1, False), (2, False), (3, True)])
def test_keys_of_past_days_that_no_night_destroyed(healthy: Household, days: int, missed: bool) -> None:
    DeviceKeys(settings.REPLENISH_KEYS).holding(clock.today() - timedelta(days=days))
    assert ("keys.past_days" in found()) is missed


def on(settings_name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(settings, settings_name, value)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("server.debug", on("DEBUG", True)),
        ("server.cookies", on("REPLENISH_ADDRESS", "http://care.example")),
        ("server.neighbours", on("REPLENISH_ADDRESS", "https://care.trust.example")),
        ("server.hosts", on("ALLOWED_HOSTS", ["*"])),
        (
            "server.logs_leave",
            on("LOGGING", {"handlers": {"far": {"class": "logging.handlers.SysLogHandler"}}}),
        ),
        ("server.cache_elsewhere", on("CACHES", {"default": {"LOCATION": "redis.example"}})),
    ],
)
def test_settings_by_which_something_leaves(
    healthy: Household,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: Callable[[pytest.MonkeyPatch], None],
) -> None:
    assert name not in found()
    change(monkeypatch)
    assert name in found()


@pytest.mark.parametrize("address", ["https://care.example", "https://192.0.2.7", "https://[2001:db8::7]"])
def test_a_domain_of_its_own_has_no_neighbours(
    household: Household, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(settings, "REPLENISH_ADDRESS", address)
    assert "server.neighbours" not in {finding.name for finding in server.look_at_server()}


def test_a_clock_that_cannot_be_or_went_back(healthy: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 4, tzinfo=UTC))
    assert "server.clock_back" in found()
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    assert "server.clock" in found()


def test_a_database_elsewhere(healthy: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is never elsewhere")
    monkeypatch.setitem(connection.settings_dict, "HOST", "db.example")
    assert "server.database_elsewhere" in {finding.name for finding in server.look_at_server()}


def test_an_old_database(healthy: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SQLITE_LEAST", (99, 0, 0))
    monkeypatch.setattr(database, "POSTGRESQL_LEAST", 99)
    assert "database.too_old" in found()


def test_nights_and_backups_left_out(healthy: Household) -> None:
    healthy.day(1)
    assert not {"work.night", "work.backup_old"} & found(), "a night is late only after a day"
    healthy.day(3)
    assert {"work.night", "work.backup_old"} <= found()


def test_before_the_first_night(household: Household) -> None:
    assert {"work.night", "work.no_backup"} <= found()


def test_backups_that_are_gone(healthy: Household, places: Places) -> None:
    for path in places.data.iterdir():
        path.unlink()
    assert "work.backup_gone" in found()


def test_a_close_that_did_not_finish(healthy: Household) -> None:
    row = Round.objects.filter(id=healthy.round.id)
    row.update(state=State.CLOSING)
    assert "work.close_unfinished" in found()
    row.update(state=State.OPEN, closes_on=clock.today() - timedelta(days=2), starts_on="2025-11-01")
    assert "work.close_overdue" in found()
    row.update(state=State.CANCELLED, key_destroyed=False)
    assert "work.key_not_destroyed" in found()


def test_every_finding_says_what_to_do(household: Household) -> None:
    for finding in examine():
        assert finding.what.endswith(".")
        assert finding.do
        assert "!" not in finding.what + finding.do


def test_a_mount_is_found_by_its_longest_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\n/dev/b {tmp_path} btrfs rw 0 0\n")
    monkeypatch.setattr(keys, "MOUNTS", mounts)
    assert keys.file_system(tmp_path / "keys") == "btrfs"
    assert keys.file_system(Path("/usr")) == "ext4"
