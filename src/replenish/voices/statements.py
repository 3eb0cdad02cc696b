"""A few plain statements for what happens at every visit: the words are the same on SQLite and PostgreSQL.

Django's query builder costs more time than all the sealing of a check-in together; everything that is not on
the way of a visit uses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

Row = tuple[object, ...]
Value = str | int | bytes | date | None


Write = tuple[str, Sequence[Value]]


def rows(statement: str, parameters: Sequence[Value] = ()) -> list[Row]:
    """The rows of a SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[Row] = cursor.fetchall()
    return found


def change(statement: str, parameters: Sequence[Value]) -> int:
    """The number of rows an INSERT, UPDATE or DELETE touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        count: int = cursor.rowcount
    return count


def change_both(first: str, given: Sequence[Value], then: str, inserted: Sequence[Value]) -> bool:
    """Two statements as a transaction of their own, the second only where the first touched a row.

    Whoever writes on SQLite keeps all others waiting, so nothing comes between its beginning and its end.

    Returns:
        Whether both touched a row.
    """
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            cursor.execute(first, given)
            touched: bool = cursor.rowcount > 0
            if touched:
                cursor.execute(then, inserted)
            cursor.execute("COMMIT")
        except BaseException:
            # A full disk, for one, has ended the transaction already.
            if connection.connection.in_transaction:
                cursor.execute("ROLLBACK")
            raise
    return touched


def locking(strength: str) -> str:
    """` FOR SHARE` or ` FOR UPDATE` where the database locks rows.

    SQLite has one writer at a time: a transaction that may write is alone from its first statement on.
    """
    return f" FOR {strength}" if connection.features.has_select_for_update else ""


def binary_type() -> str:
    """What the database calls a column of bytes."""
    return "bytea" if connection.vendor == "postgresql" else "blob"


def places(count: int) -> str:
    """As many places for parameters, with commas."""
    return ", ".join(["%s"] * count)
