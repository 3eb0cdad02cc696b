"""Reading an SQLite file as a thief would: tables as they lie, hidden numbers, free pages and the journal."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from replenish.disclosure.attack.at_rest.snapshot import Table

BESIDE = ("", "-wal", "-journal")
"""The files of one database; `-shm` holds no rows."""


def raw_bytes(path: Path) -> bytes:
    """The bytes of the database file and of its journals, with everything deleted that is still in them."""
    files = (path.with_name(path.name + ending) for ending in BESIDE)
    return b"".join(file.read_bytes() for file in files if file.is_file())


def read_tables(path: Path) -> tuple[Table, ...]:
    """Every table of a copied file; the file itself is not touched, since opening one tidies it up."""
    with _copied(path) as copy, closing(sqlite3.connect(copy)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return tuple(_read(connection, str(name)) for (name,) in names.fetchall())


def triggers(path: Path) -> tuple[str, ...]:
    """The statements of all triggers."""
    with _copied(path) as copy, closing(sqlite3.connect(copy)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        return tuple(str(sql) for (sql,) in found.fetchall())


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for ending in BESIDE:
            file = path.with_name(path.name + ending)
            if file.is_file():
                shutil.copyfile(file, Path(folder) / ("copy" + ending))
        yield Path(folder) / "copy"


def _read(connection: sqlite3.Connection, name: str) -> Table:
    quoted = '"' + name.replace('"', '""') + '"'
    try:
        cursor = connection.execute(f"SELECT rowid, * FROM {quoted}")  # noqa: S608 - quoted as SQLite asks
    except sqlite3.OperationalError:  # a table without the hidden number
        cursor = connection.execute(f"SELECT * FROM {quoted}")  # noqa: S608
        return Table(name, _columns(cursor), tuple(cursor.fetchall()))
    rows = cursor.fetchall()
    hidden = {"rowid": tuple(float(row[0]) for row in rows)}
    return Table(name, _columns(cursor)[1:], tuple(tuple(row[1:]) for row in rows), hidden)


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return tuple(str(column[0]) for column in cursor.description)
