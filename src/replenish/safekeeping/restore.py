"""Restoring: both artefacts together, into an empty installation, with every erasure applied.

Boxes and seats come from the data backup. Whatever must never go back to an earlier day (ledger, accounts,
agreements, plans, slips, releases, erasures) comes from the key file, which is the newest: so a round that
was closed since the backup stays closed, a slip that was spent stays spent, and what was published stays so.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.conditions.published import chain_of, releases_of
from replenish.conditions.ratings.published import ratings_of
from replenish.conditions.rounds import replace_lost_keys
from replenish.ledger import actions, queries
from replenish.ledger.events import Event
from replenish.ledger.heads import SignedHead, put_back
from replenish.safekeeping import installation_keys
from replenish.safekeeping.archive import Content, open_archive, read_manifest, read_table
from replenish.safekeeping.backup import Tell
from replenish.safekeeping.files import make_private_folder, one_at_a_time
from replenish.safekeeping.key_file import NAME, KeptBackup, Keys, read_keys
from replenish.safekeeping.new_database import in_place_of_the_old, is_inhabited
from replenish.safekeeping.places import backups_in
from replenish.safekeeping.policy import ARRIVING, KEPT, RECORD
from replenish.safekeeping.rows import Plain, describe, follow_numbers, insert_rows
from replenish.safekeeping.verify import require_named
from replenish.sealing.round_key import RoundKeys
from replenish.voices.erasures import apply_erasures
from replenish.voices.nightly import rewrite

Change = Callable[[dict[str, Plain]], bool]


@dataclass(frozen=True)
class Restored:
    """What was restored."""

    made_on: str
    rows: int
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
    make_private_folder(Path(settings.REPLENISH_KEYS))
    with one_at_a_time(Path(settings.REPLENISH_INSTANCE)):
        restored = _restore(data, keys, replace=replace, tell=tell)
        # The outer layer of the backup is in the key file; here everything gets a fresh one at once.
        rewrite(progress=tell)
        return restored


def _restore(data: Path, keys: Path, *, replace: bool, tell: Tell) -> Restored:
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
    installation_keys.put_back_wrap_keys({**backup.wrap_keys, **secret.arriving})
    put_back([SignedHead(*head) for head in secret.ledger_heads])
    with open_archive(data) as archive, open_archive(key_path) as record, in_place_of_the_old():
        _require_same_schema(archive)
        loading = _Loading(archive, record, erased_here, tell)
        rows = loading.load()
        _say_in_ledger(backup)
        rekeyed = replace_lost_keys()
        _require_whole(loading.head_of_data)
    for ended in loading.ended:
        RoundKeys(Path(settings.REPLENISH_KEYS)).destroy(ended)
    return Restored(backup.made_on, rows, tuple(row.id for row in rekeyed))


class _Loading:
    """Loads every table from the artefact it comes from, and notes what the rest of the restore needs."""

    def __init__(
        self, data: zipfile.ZipFile, record: zipfile.ZipFile, erased: frozenset[str], tell: Tell
    ) -> None:
        self.data, self.record, self.tell = data, record, tell
        self.erased_here = erased
        self.ended: list[str] = []
        self.head_of_data = _last_hash(data)

    def load(self) -> int:
        """Every table, then the erasures."""
        changes: dict[str, Change] = {
            "conditions_round": self._note_ended,
        }
        count = 0
        for name in (*KEPT, *ARRIVING):
            self.tell(name)
            table = describe(connection, name)
            newest = name in RECORD or name in ARRIVING
            with read_table(self.record if newest else self.data, name) as content:
                rows = _changed(content, changes[name]) if name in changes else content.rows
                count += insert_rows(connection, table, content.columns, rows)
            follow_numbers(connection, table)
        _let_the_newest_stay()
        _drop_lapsed_seats()
        self._add_erasures_of_here()
        apply_erasures()
        return count

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
                [[name] for name in sorted(self.erased_here - there)],
            )


def _changed(content: Content, change: Change) -> Iterator[list[Plain]]:
    names = [column.name for column in content.columns]
    for values in content.rows:
        row = dict(zip(names, values, strict=True))
        if change(row):
            yield [row[name] for name in names]


def _let_the_newest_stay() -> None:
    """Of a seat that lapsed and was taken again since the backup, which stands in both, keep the newer."""
    with connection.cursor() as cursor:
        for kind in ("box", "seat"):
            among = f"SELECT name FROM voices_arriving{kind}"  # noqa: S608
            cursor.execute(f"DELETE FROM voices_{kind} WHERE name IN ({among})")  # noqa: S608


def _drop_lapsed_seats() -> None:
    """A seat of a season that is over by now belongs to nothing, so no night would ever let it lapse."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM voices_seat WHERE season NOT IN (SELECT id FROM voices_seatseason)")


def _last_hash(archive: zipfile.ZipFile) -> str | None:
    last = None
    with read_table(archive, "ledger_entry") as content:
        at = [column.name for column in content.columns].index("hash")
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


def _require_same_schema(archive: zipfile.ZipFile) -> None:
    """Rows of another version might fit the columns and mean something else."""
    manifest = read_manifest(archive)
    if manifest.migrations != dict(sorted(MigrationRecorder(connection).applied_migrations())):
        refuse(SafekeepingFault.OTHER_VERSION, file=archive.filename, made_by=manifest.made_by)


def _say_in_ledger(backup: KeptBackup) -> None:
    actions.record(
        organisation=actions.WHOLE_INSTALLATION,
        event=Event.BACKUP_RESTORED,
        actor=actions.OPERATOR,
        content={"backup": backup.sha256, "taken_on": backup.made_on},
    )


def _require_whole(head_of_data: str | None) -> None:
    """Nothing points nowhere, releases are as signed, and the ledger is whole and goes beyond the backup."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation FROM conditions_publishedrelease ORDER BY organisation")
        organisations = [str(row[0]) for row in cursor.fetchall()]
    for organisation in organisations:
        releases_of(chain_of(organisation))
        ratings_of(organisation)
    findings = queries.verify(pinned=head_of_data).findings
    if findings:
        refuse(
            SafekeepingFault.AFTER_RESTORE, why=f"ledger entry {findings[0].number}: {findings[0].why.value}"
        )
