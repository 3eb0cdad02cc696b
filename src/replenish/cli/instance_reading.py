"""What an attacker finds at this installation, read with plain SQL and from plain files, without models."""

from __future__ import annotations

import base64
import json
import stat
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection

from replenish.basis.errors import refuse
from replenish.basis.faults import AtRestFault
from replenish.cli.instance_published import doubts_about_published, proofs_of
from replenish.disclosure.attack.at_rest.installation import MUST_NOT_CHANGE, Installation
from replenish.disclosure.attack.at_rest.schema import Found
from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, Table
from replenish.disclosure.attack.at_rest.sqlite_file import raw_bytes
from replenish.ledger.chain import LedgerEntry, breaks

HIDDEN = {"sqlite": ("rowid",), "postgresql": ("xmin", "ctid")}
PAGE = 100_000  # more rows than a page of PostgreSQL can hold


def read_installation(*, backups: Path | None, logs: Iterable[Path]) -> Installation:
    """Everything at rest at the installation that the settings name.

    Args:
        backups: the folder of the data backups, if it is to be attacked too.
        logs: files of logs.

    Raises:
        Refused: the folder or a file is not there.
    """
    tables = tuple(read_tables())
    keys = Path(settings.REPLENISH_KEYS)
    archives = dict(read_archives(backups)) if backups else {}
    snapshot = Snapshot(0.0, tables, database_bytes())
    return Installation(
        snapshot=snapshot,
        round_keys=tuple(sorted(path.name for path in (keys / "rounds").glob("*"))),
        open_to_others=tuple(open_to_others(keys)),
        keys_beside_database=keys_beside_database(keys),
        backups=archives,
        backup_copies=tuple(tables_of_archive(entries) for entries in archives.values()),
        logs=dict(read_logs(logs)),
        proofs=proofs_of(snapshot),
        doubts=(*doubts_about_published(snapshot), *doubts_about_ledger(snapshot)),
        guarded=frozenset(guarded_tables()),
    )


def read_tables() -> Iterator[Table]:
    """Every table, its rows as they lie, with the numbers the database hides."""
    for name in connection.introspection.table_names():
        hidden = HIDDEN.get(connection.vendor, ())
        quoted = connection.ops.quote_name(name)
        with connection.cursor() as cursor:
            if hidden == ("rowid",) and _without_rowid(name):
                hidden = ()
            asked = ", ".join([*(_as_text(column) for column in hidden), "*"])
            cursor.execute(f"SELECT {asked} FROM {quoted}")  # noqa: S608 - names out of the database itself
            columns = tuple(str(column[0]) for column in cursor.description or ())
            rows = cursor.fetchall()
        yield Table(
            name,
            columns[len(hidden) :],
            tuple(tuple(_cell(value) for value in row[len(hidden) :]) for row in rows),
            {column: tuple(_place(row[at]) for row in rows) for at, column in enumerate(hidden)},
        )


def _without_rowid(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = %s", [name])
        found = cursor.fetchone()
    return bool(found and found[0])


def _as_text(column: str) -> str:
    return column if column == "rowid" else f"{column}::text"


def _place(value: object) -> float:
    """A hidden number as one number; the place `(page,row)` of PostgreSQL as page and row together."""
    text = str(value)
    if text.startswith("("):
        page, row = text.strip("()").split(",")
        return float(page) * PAGE + float(row)
    return float(text)


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bytes):
        return value
    return bytes(value) if isinstance(value, memoryview) else _text(value)


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, dict | list) else str(value)


def database_bytes() -> bytes:
    """The files of an SQLite database; nothing where the database is a server with files of its own."""
    return raw_bytes(_database_file()) if connection.vendor == "sqlite" else b""


def _database_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def open_to_others(keys: Path) -> Iterator[str]:
    """Key files and folders that others on the computer can read; none where the folder above is closed."""
    if keys.is_dir() and _open_to_others(keys):
        for path in sorted([keys, *keys.rglob("*")]):
            if _open_to_others(path):
                yield str(path.relative_to(keys.parent))


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def keys_beside_database(keys: Path) -> bool | None:
    """Whether keys and database lie on one volume; None where the database is a server."""
    if connection.vendor != "sqlite" or not keys.is_dir() or not _database_file().is_file():
        return None
    return keys.stat().st_dev == _database_file().stat().st_dev


def read_logs(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Logs by name.

    Raises:
        Refused: one is not there.
    """
    for file in files:
        if not file.is_file():
            refuse(AtRestFault.NOT_THERE, file=file)
        yield file.name, file.read_text(encoding="utf-8", errors="replace")


def read_archives(folder: Path) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The entries of every archive in a folder, oldest first; of any other file its bytes.

    Raises:
        Refused: there is no such folder.
    """
    if not folder.is_dir():
        refuse(AtRestFault.NOT_THERE, file=folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if not zipfile.is_zipfile(path):
            yield path.name, {path.name: path.read_bytes()}
            continue
        with zipfile.ZipFile(path) as archive:
            yield path.name, {name: archive.read(name) for name in archive.namelist()}


def tables_of_archive(entries: dict[str, bytes]) -> Snapshot:
    """The tables of a backup: a first line with the columns, then a row a line; bytes stand there as text."""
    tables = []
    for name, content in entries.items():
        if not name.startswith("tables/"):
            continue
        head, *rows = [json.loads(line) for line in content.decode().split("\n") if line]
        columns = tuple(str(column) for column, _ in head["columns"])
        is_bytes = [kind == "bytes" for _, kind in head["columns"]]
        cells = tuple(
            tuple(
                base64.b64decode(value) if sealed and value is not None else _cell(value)
                for value, sealed in zip(row, is_bytes, strict=True)
            )
            for row in rows
        )
        tables.append(Table(Path(name).stem, columns, cells))
    return Snapshot(0.0, tuple(tables))


def doubts_about_ledger(snapshot: Snapshot) -> Iterator[Found]:
    """Every place where the ledger's chain is broken."""
    table = snapshot.table("ledger_entry")
    if table is None:
        return
    wanted = ("number", "organisation", "at", "event", "actor", "content", "previous", "hash")
    entries = [
        LedgerEntry(
            number=cast("int", number),
            organisation=str(organisation),
            at=_moment(str(at)),
            event=str(event),
            actor=str(actor),
            content=json.loads(str(content)),
            previous=str(previous),
            hash=str(own),
        )
        for number, organisation, at, event, actor, content, previous, own in zip(
            *map(table.column, wanted), strict=True
        )
    ]
    for found in breaks(sorted(entries, key=lambda entry: entry.number)):
        yield Found(f"ledger, entry {found.number}", found.why.value)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def guarded_tables() -> Iterator[str]:
    """Tables whose changes the database refuses by a trigger, for updating and for deleting."""
    said: dict[str, str] = {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT relname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
        for table, statement in cursor.fetchall():
            said[str(table)] = said.get(str(table), "") + str(statement).upper()
    for table in MUST_NOT_CHANGE:
        if all(word in said.get(table, "") for word in ("UPDATE", "DELETE")):
            yield table
