"""Restoring: both artefacts together, into an empty installation, with every erasure applied.

Boxes, seats and accounts come from the data backup. Whatever must never go back to an earlier day (ledger,
plans, releases, erasures) comes from the key file, which is the newest: so a round that was closed since the
backup stays closed, and what was published since stays published.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.conditions.published import chain_of, releases_of
from replenish.ledger import actions, queries
from replenish.ledger.events import Event
from replenish.safekeeping import installation_keys
from replenish.safekeeping.archive import Content, open_archive, read_table
from replenish.safekeeping.backup import Tell
from replenish.safekeeping.key_file import NAME, KeptBackup, Keys, read_keys
from replenish.safekeeping.new_database import in_place_of_the_old, is_inhabited
from replenish.safekeeping.places import backups_in
from replenish.safekeeping.policy import KEPT, RECORD
from replenish.safekeeping.rows import Plain, describe, follow_numbers, insert_rows
from replenish.safekeeping.verify import require_named
from replenish.sealing.round_key import RoundKeys
from replenish.voices.stored_boxes import erased_hash

Change = Callable[[dict[str, Plain]], bool]


@dataclass(frozen=True)
class Restored:
    """What was restored."""

    made_on: str
    rows: int
    boxes_dropped: int
    rounds_with_new_keys: tuple[str, ...]


def restore(data: Path, keys: Path, *, replace: bool, tell: Tell) -> Restored:
    """Restore an installation from a data backup and the newest key file; the server must not run.

    Args:
        data: a data backup.
        keys: the key file, or the folder it lies in.
        replace: give up what this installation holds.
        tell: hears of progress.

    Raises:
        Refused: the two do not belong together, one of them is damaged or too old, this installation holds an
            organisation and `replace` was not given, or what was restored does not hold together.
    """
    key_path = keys / NAME if keys.is_dir() else keys
    secret, _ = read_keys(key_path)
    tell("reading both artefacts")
    backup = require_named(data, key_path)
    _require_newest(data, secret)
    inhabited = is_inhabited()
    if inhabited and not replace:
        refuse(SafekeepingFault.NOT_EMPTY)
    erased_here = _erased_here() if inhabited else frozenset()
    installation_keys.put_back_signing_key(secret.signing_key, replace=replace)
    installation_keys.put_back_wrap_keys(backup.wrap_keys)
    with open_archive(data) as archive, open_archive(key_path) as record, in_place_of_the_old():
        loading = _Loading(archive, record, erased_here, tell)
        rows = loading.load()
        _say_in_ledger(backup, loading.rekeyed)
        _require_whole(loading.head_of_data)
    for ended in loading.ended:
        RoundKeys(Path(settings.REPLENISH_KEYS)).destroy(ended)
    return Restored(backup.made_on, rows, loading.boxes_dropped, tuple(row["id"] for row in loading.rekeyed))


class _Loading:
    """Loads every table from the artefact it comes from, and notes what the rest of the restore needs."""

    def __init__(
        self, data: zipfile.ZipFile, record: zipfile.ZipFile, erased: frozenset[str], tell: Tell
    ) -> None:
        self.data, self.record, self.tell = data, record, tell
        self.erased = set(erased)
        self.boxes_dropped = 0
        self.rekeyed: list[dict[str, str]] = []
        self.ended: list[str] = []
        self.head_of_data = _last_hash(data)

    def load(self) -> int:
        """Every table; erasures first, because the boxes are compared with them."""
        changes: dict[str, Change] = {
            "voices_erasedbox": self._note_erased,
            "voices_box": self._box_stays,
            "voices_openround": self._new_key,
            "conditions_round": self._note_ended,
        }
        count = 0
        for name in sorted(KEPT, key=lambda name: (name != "voices_erasedbox", name)):
            self.tell(name)
            content = read_table(self.record if name in RECORD else self.data, name)
            table = describe(connection, name)
            rows = _changed(content, changes[name]) if name in changes else content.rows
            count += insert_rows(connection, table, content.columns, rows)
            follow_numbers(connection, table)
        self._add_erasures_of_here()
        return count

    def _note_erased(self, row: dict[str, Plain]) -> bool:
        self.erased.add(str(row["name_hash"]))
        return True

    def _box_stays(self, row: dict[str, Plain]) -> bool:
        stays = erased_hash(str(row["name"])) not in self.erased
        self.boxes_dropped += not stays
        return stays

    def _new_key(self, row: dict[str, Plain]) -> bool:
        """What was contributed is in no backup: a key that exists opens nothing, a lost one is made anew."""
        round_id = str(row["id"])
        row["recipient"] = RoundKeys(Path(settings.REPLENISH_KEYS)).create(round_id)
        self.rekeyed.append({"id": round_id, "season": str(row["season"]), "number": str(row["number"])})
        return True

    def _note_ended(self, row: dict[str, Plain]) -> bool:
        if row["state"] in {"closed", "cancelled"}:
            self.ended.append(str(row["id"]))
        return True

    def _add_erasures_of_here(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name_hash FROM voices_erasedbox")
            there = {str(row[0]) for row in cursor.fetchall()}
            cursor.executemany(
                "INSERT INTO voices_erasedbox (name_hash) VALUES (%s)",
                [[name] for name in sorted(self.erased - there)],
            )


def _changed(content: Content, change: Change) -> Iterator[list[Plain]]:
    names = [column.name for column in content.columns]
    for values in content.rows:
        row = dict(zip(names, values, strict=True))
        if change(row):
            yield [row[name] for name in names]


def _last_hash(archive: zipfile.ZipFile) -> str | None:
    content = read_table(archive, "ledger_entry")
    at = [column.name for column in content.columns].index("hash")
    last = None
    for row in content.rows:
        last = str(row[at])
    return last


def _erased_here() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_hash FROM voices_erasedbox")
        return frozenset(str(row[0]) for row in cursor.fetchall())


def _require_newest(data: Path, keys: Keys) -> None:
    """A key file older than a backup beside it would let erased boxes come back and closed rounds open."""
    named = [path for path in backups_in(data.parent) if path.name in keys.backups]
    later = backups_in(data.parent)[-1:]
    if named and later and later[0] != named[-1]:
        refuse(SafekeepingFault.KEY_FILE_OLD, file=later[0])


def _say_in_ledger(backup: KeptBackup, rekeyed: list[dict[str, str]]) -> None:
    actions.record(
        organisation=actions.WHOLE_INSTALLATION,
        event=Event.BACKUP_RESTORED,
        actor=actions.OPERATOR,
        content={"backup": backup.sha256, "taken_on": backup.made_on},
    )
    for row in rekeyed:
        actions.record(
            organisation=actions.WHOLE_INSTALLATION,
            event=Event.ROUND_KEY_REPLACED,
            actor=actions.OPERATOR,
            content={"round": row["id"], "season": row["season"], "number": int(row["number"])},
        )


def _require_whole(head_of_data: str | None) -> None:
    """Nothing points nowhere, releases are as signed, and the ledger is whole and goes beyond the backup."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation FROM conditions_publishedrelease ORDER BY organisation")
        organisations = [str(row[0]) for row in cursor.fetchall()]
    for organisation in organisations:
        releases_of(chain_of(organisation))
    findings = queries.verify(pinned=head_of_data).findings
    if findings:
        refuse(
            SafekeepingFault.AFTER_RESTORE, why=f"ledger entry {findings[0].number}: {findings[0].why.value}"
        )
