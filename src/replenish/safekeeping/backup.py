"""A backup in two artefacts: a file of data of which many are kept, and one key file kept elsewhere.

The order of writing makes every crash harmless: the data lie whole on the disk under an unfinished name, then
the key file names them, then they take their name. The next backup finishes or clears what was left.
"""

from __future__ import annotations

import base64
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from replenish import __version__
from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.ledger.heads import kept_heads
from replenish.safekeeping import installation_keys
from replenish.safekeeping.archive import FORMAT, KEYS, ArchiveWriter, Manifest
from replenish.safekeeping.files import PRIVATE_FILE, UNFINISHED, digest, finish, settle
from replenish.safekeeping.key_file import NAME, KeptBackup, Keys, read_keys
from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.policy import ARRIVING, RECORD, decide
from replenish.safekeeping.rows import Plain, Table, describe, read_rows, table_names
from replenish.sealing.wrap import wrapped_under

HEADER = 128  # characters of base64 that hold the header of any wrapped row

Tell = Callable[[str], None]


@dataclass(frozen=True)
class BackupMade:
    """What was written and what was dropped, by name, and what its owner should know."""

    data: Path
    key_file: Path
    sha256: str
    rows: int
    dropped: tuple[str, ...]
    warnings: tuple[str, ...]


def write_backup(places: Places, tell: Tell) -> BackupMade:
    """Write both artefacts from the database as it is now, just after the nightly rewrite.

    Raises:
        Refused: the boxes were not wrapped anew since an earlier backup, or a table is not decided about.
    """
    warnings = list(places.require())
    earlier = finish_interrupted(places)
    if not earlier and backups_in(places.data):
        warnings.append(
            "There was no key file from before, so of all the backups only the new one can be restored with "
            "the new key file. Keep the earlier key file as long as you keep the earlier backups."
        )
    unfinished = places.data / (_free_name(places, earlier) + UNFINISHED)
    keys_unfinished = places.keys / (NAME + UNFINISHED)
    tables = {name: describe(connection, name) for name in decide(table_names(connection))}
    carried = {name: describe(connection, name) for name in (*RECORD, *ARRIVING)}
    with _one_moment():
        with _new_archive(unfinished) as archive:
            data = _write_data(archive, tables, tell)
        made = KeptBackup(
            sha256=digest(unfinished),
            made_on=clock.today().isoformat(),
            wrap_keys=_fresh_wrap_keys(data.wrapped_under, earlier),
        )
        backups = {**earlier, unfinished.name.removesuffix(UNFINISHED): made}
        kept = dict(list(backups.items())[-places.keep :])
        with _new_archive(keys_unfinished) as archive:
            _write_keys(archive, carried, kept)
    _replace_key_file(keys_unfinished, places.keys / NAME)
    finish(unfinished, path := unfinished.with_name(unfinished.name.removesuffix(UNFINISHED)))
    dropped = tuple(name for name in backups if name not in kept)
    for name in dropped:
        (places.data / name).unlink(missing_ok=True)
    return BackupMade(path, places.keys / NAME, made.sha256, data.rows, dropped, tuple(warnings))


def finish_interrupted(places: Places) -> dict[str, KeptBackup]:
    """Finish or clear what an interrupted backup left; the backups the key file names, the oldest first."""
    named = read_keys(places.keys)[0].backups if (places.keys / NAME).is_file() else {}
    for left in sorted(places.data.glob(f"*.zip{UNFINISHED}")):
        backup = named.get(left.name.removesuffix(UNFINISHED))
        if backup and digest(left) == backup.sha256:
            finish(left, left.with_name(left.name.removesuffix(UNFINISHED)))
        else:
            left.unlink()
    return named


@dataclass(frozen=True)
class _Written:
    rows: int
    wrapped_under: frozenset[str]


def _write_data(archive: zipfile.ZipFile, tables: Mapping[str, Table], tell: Tell) -> _Written:
    writer = ArchiveWriter(archive, tell)
    used: set[str] = set()
    for name, table in tables.items():
        rows = read_rows(connection, table)
        writer.add(table, _noting_wraps(table, rows, used) if name == "voices_box" else rows)
    writer.close(_manifest("data", writer))
    return _Written(sum(entry.rows for entry in writer.tables.values()), frozenset(used))


def _write_keys(
    archive: zipfile.ZipFile, carried: Mapping[str, Table], kept: Mapping[str, KeptBackup]
) -> None:
    writer = ArchiveWriter(archive, lambda _line: None)
    used: set[str] = set()
    for name, table in carried.items():
        rows = read_rows(connection, table)
        writer.add(table, _noting_wraps(table, rows, used) if name == "voices_arrivingbox" else rows)
    keys = Keys(
        backups=dict(kept),
        arriving=installation_keys.wrap_keys(used),
        signing_key=installation_keys.signing_key(),
        ledger_heads=tuple((head.number, head.hash, head.signature) for head in kept_heads()),
    )
    writer.add_text(KEYS, keys.model_dump_json(indent=1) + "\n")
    writer.close(_manifest("keys", writer))


def _noting_wraps(table: Table, rows: Iterator[list[Plain]], used: set[str]) -> Iterator[list[Plain]]:
    at = [column.name for column in table.columns].index("wrapped")
    for row in rows:
        used.add(wrapped_under(base64.b64decode(str(row[at])[:HEADER])))
        yield row


def _fresh_wrap_keys(used: frozenset[str], earlier: dict[str, KeptBackup]) -> dict[str, str]:
    """The keys this backup is wrapped under, none of which an earlier one may share.

    Two backups under one key differ in the boxes that were used in between, and in no others.
    """
    shared = {key_id for backup in earlier.values() for key_id in backup.wrap_keys}
    if used & shared:
        refuse(SafekeepingFault.WRAPPED_TWICE)
    return installation_keys.wrap_keys(used)


def _manifest(holds: str, writer: ArchiveWriter) -> Manifest:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return Manifest(
        replenish_backup=FORMAT,
        holds="data" if holds == "data" else "keys",
        made_on=clock.today().isoformat(),
        made_by=__version__,
        migrations=dict(applied),
        tables=writer.tables,
    )


def _free_name(places: Places, earlier: dict[str, KeptBackup]) -> str:
    day = clock.today().isoformat()
    taken = {path.name for path in backups_in(places.data)} | earlier.keys()
    number = 1
    while (name := f"replenish-{day}{f'-{number}' if number > 1 else ''}.zip") in taken:
        number += 1
    return name


def _replace_key_file(unfinished: Path, path: Path) -> None:
    """Put the new key file in place of the old one, and overwrite the old one: it held keys to forget."""
    if not path.exists():
        finish(unfinished, path)
        return
    with path.open("r+b") as old:
        finish(unfinished, path)
        old.write(os.urandom(os.fstat(old.fileno()).st_size))
        old.flush()
        settle(old.fileno())


@contextmanager
def _new_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            yield archive
        file.flush()
        settle(file.fileno())


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read every table as of one moment, while people go on checking in."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions here would take the turn of the writers for the whole time.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def instance() -> Path:
    """The folder of this installation."""
    return Path(settings.REPLENISH_INSTANCE)
