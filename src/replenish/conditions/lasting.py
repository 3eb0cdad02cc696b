"""A transaction that is on the disk when it ends: what it wrote survives the loss of power.

SQLite in its usual setting may lose the last transactions with the power. Before a key is destroyed that
must not happen, or the answers would be gone and the release with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def lasting_transaction() -> Iterator[None]:
    """One transaction, forced to the disk when it commits."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            before = int(cursor.fetchone()[0])
            cursor.execute("PRAGMA synchronous=FULL")
        try:
            with transaction.atomic(durable=True):
                yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA synchronous={before}")
        return
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")
        yield


def empty_journal() -> None:
    """Take deleted rows out of SQLite's journal, where it can be done at once.

    PostgreSQL keeps deleted rows in its files until they are rewritten. In both places they are noise: the
    key they were sealed to is gone.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
