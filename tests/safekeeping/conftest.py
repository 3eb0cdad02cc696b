"""What the tests of this room may ask for: an installation, places for its backups, and people who use it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conditions.instances import Instance, instance, prepared
from tests.safekeeping.household import Household, open_household

from replenish.safekeeping.places import Places
from replenish.voices import nightly

__all__ = ["instance", "prepared"]

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test loses its power, so nothing needs to be forced to the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture(autouse=True)
def mixing_every_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrivals do not wait, so that every test meets all rows; test_arrivals_kept.py tests the waiting."""
    monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(0))


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A folder for data backups and another for the key file, both outside the installation."""
    folder: Path = tmp_path_factory.mktemp("away")
    return Places(folder / "backups", folder / "elsewhere")


@pytest.fixture
def household(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Household:
    """An organisation whose first round is open, with five people who have a seat and a box."""
    return open_household(monkeypatch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Backups and restores write whole installations: they run with what takes its time."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.patient)
