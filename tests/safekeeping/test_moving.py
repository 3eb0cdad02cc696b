"""Moving to PostgreSQL is restoring there: the same tables come out, row for row. Needs both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend
from tests.conditions.instances import Instance
from tests.safekeeping.artefacts import tables
from tests.safekeeping.household import PEOPLE, night, open_household

from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.restore import restore
from replenish.site.databases import sqlite
from replenish.voices.queries import my_box

pytestmark = pytest.mark.skipif(
    connections["default"].vendor != "postgresql",
    reason="moving needs PostgreSQL too: pytest --ds tests.databases.settings_postgresql",
)
# Made anew by the night or by restoring itself.
OTHERWISE = {"voices_box", "voices_nightstate", "voices_openround", "conditions_round", "ledger_entry"}


@contextmanager
def on_sqlite(folder: Path) -> Iterator[None]:
    """The default connection leads to a new SQLite installation, with folders of its own."""
    before, folders = connections["default"], (settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS)
    described = {**before.settings_dict, **sqlite(folder / "replenish.sqlite3")}
    wrapper = load_backend("replenish.site.sqlite").DatabaseWrapper(described, "default")
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = folder, folder / "keys"
    connections["default"] = wrapper
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        wrapper.close()
        connections["default"] = before
        settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = folders


def test_what_sqlite_held_postgresql_holds(
    instance: Instance,
    places: Places,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with on_sqlite(tmp_path_factory.mktemp("small")):
        household = open_household(monkeypatch)
        household.close_round()
        night(places)
        boxes = [my_box(card) for card in household.cards]
    restore(backups_in(places.data)[0], places.keys, replace=False, tell=lambda _: None)
    assert [my_box(card) for card in household.cards] == boxes
    night(places)
    first, second = (tables(path) for path in backups_in(places.data))
    for name in first.keys() - OTHERWISE:
        assert first[name] == second[name], name
    assert second["ledger_entry"][: len(first["ledger_entry"])] == first["ledger_entry"]
    assert len(first["conditions_publishedrelease"]) == 1
    assert len(first["voices_seat"]) == PEOPLE
