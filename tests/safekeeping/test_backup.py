"""Making and verifying backups: whole or not at all, to two places, only as many as are wanted."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.safekeeping.artefacts import tables, text
from tests.safekeeping.household import PEOPLE, Household, night

from replenish.basis.errors import Refused
from replenish.basis.faults import SafekeepingFault
from replenish.ledger import queries as ledger
from replenish.ledger.events import Event
from replenish.safekeeping import backup, files
from replenish.safekeeping.archive import open_archive, read_manifest
from replenish.safekeeping.key_file import read_keys
from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.policy import ARRIVING, KEPT, LEFT_OUT, RECORD, decide
from replenish.safekeeping.rows import table_names
from replenish.safekeeping.verify import verify


def say_nothing(_: str) -> None:
    """Hears of progress."""


def test_every_table_is_decided_about(household: Household) -> None:
    assert set(table_names(connection)) == {*KEPT, *ARRIVING, *LEFT_OUT}
    assert set(RECORD) <= set(KEPT)


def test_a_table_nobody_decided_about_stops_the_backup() -> None:
    with pytest.raises(Refused) as refused:
        decide([*KEPT, *ARRIVING, "voices_moods"])
    assert refused.value.fault is SafekeepingFault.TABLE_UNDECIDED
    with pytest.raises(Refused) as refused:
        decide([*KEPT[1:], *ARRIVING])
    assert refused.value.fault is SafekeepingFault.TABLE_ABSENT


def test_a_backup_can_be_verified_and_is_in_the_ledger(household: Household, places: Places) -> None:
    night(places)
    (made,) = backups_in(places.data)
    found = verify(made, places.keys, say_nothing)
    assert (found.made_on, found.boxes) == ("2026-01-05", PEOPLE)
    (entry,) = ledger.entries("", event=Event.BACKUP_MADE)
    assert entry.content == {"backup": read_keys(places.keys)[0].backups[made.name].sha256}
    assert ledger.verify().unbroken


def test_only_the_owner_can_read_the_artefacts(household: Household, places: Places) -> None:
    night(places)
    for path in (*places.data.iterdir(), *places.keys.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in (places.data, places.keys):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_moment_finer_than_a_day_is_in_a_backup_but_those_of_named_people(
    household: Household, places: Places
) -> None:
    night(places)
    (made,) = backups_in(places.data)
    with zipfile.ZipFile(made) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(archive.read("manifest.json"))
        kinds = {
            name: {kind for _, kind in json.loads(archive.open(f"tables/{name}.jsonl").readline())["columns"]}
            for name in manifest["tables"]
        }
    # What administrators did, and when a passkey of theirs was made and last used; nothing about a carer.
    assert [n for n, found in kinds.items() if "moment" in found] == ["ledger_entry", "mfa_authenticator"]


def test_old_backups_and_their_keys_are_dropped(household: Household, places: Places) -> None:
    few = Places(places.data, places.keys, 2)
    for day in range(3):
        household.day(day)
        night(few)
    names = [path.name for path in backups_in(places.data)]
    assert names == ["replenish-2026-01-06.zip", "replenish-2026-01-07.zip"]
    assert list(read_keys(places.keys)[0].backups) == names
    for path in backups_in(places.data):
        verify(path, places.keys, say_nothing)


def test_the_old_key_file_is_overwritten_and_not_only_unlinked(household: Household, places: Places) -> None:
    night(places)
    held = (places.keys / "replenish-keys.zip").open("rb")
    before = held.read()
    household.day(1)
    night(places)
    held.seek(0)
    assert held.read() != before
    held.close()


@pytest.mark.parametrize(
    ("to", "keys_to", "keep", "fault"),
    [
        ("a", "a", 1, SafekeepingFault.FOLDERS_SAME),
        ("a", "a/b", 1, SafekeepingFault.FOLDERS_SAME),
        ("a/b", "a", 1, SafekeepingFault.FOLDERS_SAME),
        ("instance", "b", 1, SafekeepingFault.FOLDER_IN_INSTANCE),
        ("a", "keys/b", 1, SafekeepingFault.FOLDER_IN_INSTANCE),
        ("a", "b", 0, SafekeepingFault.KEEP_TOO_FEW),
    ],
)
def test_places_that_do_not_serve(
    household: Household, places: Places, to: str, keys_to: str, keep: int, fault: SafekeepingFault
) -> None:
    def folder(name: str) -> Path:
        first, *rest = name.split("/")
        own = {"instance": settings.REPLENISH_INSTANCE, "keys": settings.REPLENISH_KEYS}
        return Path(own.get(first, places.data / first)).joinpath(*rest)

    with pytest.raises(Refused) as refused:
        night(Places(folder(to), folder(keys_to), keep))
    assert refused.value.fault is fault


def damaged(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def test_damage_and_strangers_are_refused(household: Household, places: Places, tmp_path: Path) -> None:
    night(places)
    (made,) = backups_in(places.data)
    whole = made.read_bytes()

    def fault_of(path: Path, keys: Path) -> object:
        with pytest.raises(Refused) as refused:
            verify(path, keys, say_nothing)
        return refused.value.fault

    damaged(made, lambda content: content.__setitem__(len(content) // 2, content[len(content) // 2] ^ 1))
    assert fault_of(made, places.keys) in {SafekeepingFault.NOT_A_BACKUP, SafekeepingFault.BACKUP_CHANGED}
    made.write_bytes(b"not a zip")
    assert fault_of(made, places.keys) is SafekeepingFault.NOT_A_BACKUP
    assert fault_of(places.data / "none.zip", places.keys) is SafekeepingFault.FILE_MISSING
    made.write_bytes(whole)
    assert fault_of(made, made) is SafekeepingFault.NOT_A_KEY_FILE
    assert fault_of(places.keys / "replenish-keys.zip", places.keys) is SafekeepingFault.NOT_A_BACKUP
    assert fault_of(made, tmp_path) is SafekeepingFault.FILE_MISSING
    renamed = made.rename(made.with_name("renamed.zip"))
    assert verify(renamed, places.keys, say_nothing).boxes == PEOPLE, "it is known by its content"


def test_a_backup_changed_on_purpose_is_refused(household: Household, places: Places) -> None:
    """Somebody who writes a backup anew, manifest and all, has not the one that the key file names."""
    night(places)
    (made,) = backups_in(places.data)
    with zipfile.ZipFile(made) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(made, "w") as archive:
        for entry, content in entries:
            archive.writestr(entry.filename, content)
    with pytest.raises(Refused) as refused:
        verify(made, places.keys, say_nothing)
    assert refused.value.fault is SafekeepingFault.BACKUP_CHANGED


class Stopped(Exception):
    """The process died here."""


def nights_without_end(places: Places) -> None:
    while True:
        night(places)


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 5])
def test_a_backup_that_dies_anywhere_leaves_what_can_be_restored(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    night(places)
    household.day(1)
    left = [step]

    def dying(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Stopped
            return function(*arguments, **named)

        return call

    with monkeypatch.context() as patch:
        for name in ("settle", "finish", "digest", "_replace_key_file"):
            patch.setattr(backup, name, dying(getattr(backup, name)))
        with pytest.raises(Stopped):
            nights_without_end(places)
    named = read_keys(places.keys)[0].backups
    for path in backups_in(places.data):
        assert path.name in named
        verify(path, places.keys, say_nothing)
    assert len(backups_in(places.data)) >= 1
    household.day(2)
    night(places)
    assert not list(places.data.glob(f"*{files.UNFINISHED}"))
    found = [path.name for path in backups_in(places.data)]
    assert set(found) <= set(read_keys(places.keys)[0].backups)
    assert found[-1] == "replenish-2026-01-07.zip"
    verify(backups_in(places.data)[-1], places.keys, say_nothing)


def test_what_the_key_file_holds_is_never_printed(household: Household, places: Places) -> None:
    night(places)
    keys, _ = read_keys(places.keys)
    assert keys.signing_key not in repr(keys)
    assert keys.signing_key in text(places.keys / "replenish-keys.zip")


def test_the_artefacts_say_what_they_are(household: Household, places: Places) -> None:
    night(places)
    with open_archive(backups_in(places.data)[0]) as archive:
        manifest = read_manifest(archive)
    assert manifest.migrations.keys() >= {"voices", "ledger", "people", "conditions"}
    assert manifest.tables.keys() == set(KEPT)
    assert tables(places.keys / "replenish-keys.zip").keys() == {*RECORD, *ARRIVING}
