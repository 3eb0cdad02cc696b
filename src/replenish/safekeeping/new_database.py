"""An empty database in place of the one that is there: the whole exchange happens, or nothing does.

SQLite: the new one is built in a file beside the old one and takes its name at the end. PostgreSQL: the old
tables are dropped and the new ones made in one transaction. Deleting rows would not do: the database refuses
to delete from the ledger and from what was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from replenish.safekeeping.rows import table_names
from replenish.sealing.key_files import force_folder

ASIDE = ".restoring"
COMPANIONS = ("-wal", "-shm", "-journal")
# What tells that somebody lives here; a prepared but empty installation has rows of its own in the ledger.
INHABITED = ("people_organisation", "voices_seat", "voices_box", "voices_arrivingbox", "voices_arrivingseat")


def is_inhabited() -> bool:
    """Whether the database holds an organisation or anybody's box or seat."""
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists():
        return False
    there = set(table_names(connection))
    with connection.cursor() as cursor:
        for table in INHABITED:
            if table in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return True
    return False


@contextmanager
def in_place_of_the_old() -> Iterator[None]:
    """Inside, the default connection is an empty database with all its tables, in one transaction.

    When the block ends without an error, it replaces the one that was there; otherwise that one stays.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _drop_everything()
            _make_tables()
            yield
        return
    path = Path(str(connection.settings_dict["NAME"]))
    aside = path.with_name(path.name + ASIDE)
    _remove(aside)
    connection.close()
    connection.settings_dict["NAME"] = str(aside)
    try:
        # SQLite gives its log the mode of its file.
        aside.touch(mode=0o600)
        _make_tables()
        with transaction.atomic():
            yield
        _fold_log()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(path)
    _exchange(aside, path)


def _make_tables() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _fold_log() -> None:
    """Bring everything from SQLite's log into the one file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _exchange(new: Path, old: Path) -> None:
    """Give the new file the old one's name; the old one's log goes first and never meets the new file."""
    if old.exists():
        _fold_log()
        connection.close()
    for companion in COMPANIONS:
        old.with_name(old.name + companion).unlink(missing_ok=True)
    new.replace(old)
    _remove(new)
    force_folder(old.parent)


def _remove(path: Path) -> None:
    for name in (path.name, *(path.name + companion for companion in COMPANIONS)):
        path.with_name(name).unlink(missing_ok=True)


def _drop_everything() -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in table_names(connection):
            cursor.execute(f"DROP TABLE {quote(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
            " WHERE p.pronamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
