"""What is read in the bytes of a database as the name of a deleted row, and what is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from replenish.disclosure.attack.at_rest.leftovers import deleted_names
from replenish.disclosure.attack.at_rest.snapshot import Snapshot
from replenish.disclosure.attack.at_rest.sqlite_file import raw_bytes, read_tables
from replenish.ledger.chain import NOTHING_BEFORE

GONE = "ab" * 32


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A ledger without entries, guarded by a trigger that names what stands before the first one."""
    path = tmp_path / "empty.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE ledger_entry (hash text PRIMARY KEY, previous text) WITHOUT ROWID")
        connection.execute(
            "CREATE TRIGGER ledger_entry_follows BEFORE INSERT ON ledger_entry "  # noqa: S608 - zeros
            f"WHEN NEW.previous <> COALESCE((SELECT MAX(hash) FROM ledger_entry), '{NOTHING_BEFORE}') "
            "BEGIN SELECT RAISE(ABORT, 'an entry goes at the end'); END"
        )
        connection.execute("CREATE TABLE box (name text PRIMARY KEY, wrapped text) WITHOUT ROWID")
        connection.commit()
    return path


def read(path: Path) -> Snapshot:
    return Snapshot(0.0, read_tables(path), raw_bytes(path))


def test_an_empty_ledger_has_deleted_nothing(database: Path) -> None:
    assert NOTHING_BEFORE.encode() in read(database).raw
    assert list(deleted_names(read(database))) == []


def test_the_name_of_a_deleted_row_is_found_beside_it(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("INSERT INTO box VALUES (?, 'sealed')", [GONE])
        connection.commit()
        connection.execute("DELETE FROM box")
        connection.commit()
    (found,) = deleted_names(read(database))
    assert found.wrong.startswith("1 names")
