"""Rows of a table as plain JSON and back, the same on SQLite and PostgreSQL.

Rows come in the order of the primary key, compared byte by byte: the order in which a database happens to
hold them tells when they were written, and differs between databases.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault

Plain = str | int | float | bool | list[object] | None
Cell = str | int | float | bytes | date | None
AT_ONCE = 500
# The types that Django declares, without their lengths: the first words on SQLite, then those of PostgreSQL.
KINDS = {
    **dict.fromkeys(("char", "varchar", "text", "character varying"), "text"),
    **dict.fromkeys(("integer", "bigint", "smallint"), "whole"),
    **dict.fromkeys(("integer unsigned", "bigint unsigned", "smallint unsigned"), "whole"),
    **dict.fromkeys(("real", "double precision"), "real"),
    **dict.fromkeys(("bool", "boolean"), "truth"),
    "date": "date",
    **dict.fromkeys(("datetime", "timestamp with time zone"), "moment"),
    **dict.fromkeys(("blob", "bytea"), "bytes"),
    "jsonb": "plain",
}


@dataclass(frozen=True)
class Column:
    """A column and what its values are: text, whole, real, truth, date, moment, bytes or plain (JSON)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Table:
    """A table, its columns by name, and the columns of its primary key."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def table_names(connection: BaseDatabaseWrapper) -> list[str]:
    """Every table of the database."""
    return connection.introspection.table_names()


def describe(connection: BaseDatabaseWrapper, name: str) -> Table:
    """The columns of a table, in the order of their names, which migrations do not change.

    Raises:
        Refused: a column holds a kind of value that no backup can carry yet.
    """
    columns = []
    with connection.cursor() as cursor:
        for column, declared in _declared(connection, cursor, name):
            if declared not in KINDS:
                refuse(SafekeepingFault.COLUMN_KIND, table=name, column_name=column, kind=declared)
            columns.append(Column(column, KINDS[declared]))
        key = connection.introspection.get_primary_key_columns(cursor, name) or []
    return Table(name, tuple(sorted(columns, key=lambda column: column.name)), tuple(key))


def _declared(connection: BaseDatabaseWrapper, cursor: CursorWrapper, name: str) -> list[tuple[str, str]]:
    """The columns of a table with their declared types, in small letters and without lengths."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = %s",
            [name],
        )
        return [(str(column), str(declared)) for column, declared in cursor.fetchall()]
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [name])
    written = str(cursor.fetchone()[0])
    cursor.execute(f"PRAGMA table_info({connection.ops.quote_name(name)})")
    found = [(str(row[1]), str(row[2]).lower().partition("(")[0].strip()) for row in cursor.fetchall()]
    # SQLite has no type for JSON; Django declares text and lets a constraint check it.
    return [
        (column, "jsonb" if f'JSON_VALID("{column}")' in written else declared) for column, declared in found
    ]


def read_rows(connection: BaseDatabaseWrapper, table: Table) -> Iterator[list[Plain]]:
    """Every row as plain values in the order of the columns, sorted by the primary key."""
    quote = connection.ops.quote_name
    writers = [_WRITE[column.kind] for column in table.columns]
    texts = {column.name for column in table.columns if column.kind == "text"}
    by_bytes = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    order = ", ".join(quote(name) + (by_bytes if name in texts else "") for name in table.key)
    names = ", ".join(quote(column.name) for column in table.columns)
    # Names come from the database's own description, never from outside.
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table.name)} ORDER BY {order}")  # noqa: S608
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield [
                    None if value is None else write(value) for write, value in zip(writers, row, strict=True)
                ]


def insert_rows(
    connection: BaseDatabaseWrapper, table: Table, columns: Iterable[Column], rows: Iterable[list[Plain]]
) -> int:
    """Write rows into a table and return how many; their columns may stand in another order.

    Raises:
        Refused: the columns are not those of the table.
    """
    given = list(columns)
    if set(given) != set(table.columns):
        refuse(SafekeepingFault.SCHEMA_DIFFERS, table=table.name)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in given)
    places = ", ".join(_PLACES.get((connection.vendor, column.kind), "%s") for column in given)
    statement = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({places})"  # noqa: S608
    readers = [_READ[column.kind](connection.vendor) for column in given]
    count = 0
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(waiting, AT_ONCE)):
            cursor.executemany(
                statement,
                [
                    [None if value is None else read(value) for read, value in zip(readers, row, strict=True)]
                    for row in some
                ],
            )
            count += len(some)
    return count


def follow_numbers(connection: BaseDatabaseWrapper, table: Table) -> None:
    """Let PostgreSQL's running numbers go on after the highest one restored."""
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for sequence in connection.introspection.get_sequences(cursor, table.name):
            column = quote(sequence["column"] or "")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), max({column}))"  # noqa: S608
                f" FROM {quote(table.name)} HAVING max({column}) IS NOT NULL",
                [table.name, sequence["column"]],
            )


def _moment(value: datetime) -> str:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat()


def _bytes(value: bytes | memoryview) -> str:
    return base64.b64encode(value).decode("ascii")


def _json(value: object) -> list[object]:
    # In a list of one, so that JSON's null and an empty cell stay apart.
    return [json.loads(value) if isinstance(value, str) else value]


_WRITE: dict[str, Callable[..., Plain]] = {
    "text": str,
    "whole": int,
    "real": float,
    "truth": bool,
    "date": date.isoformat,
    "moment": _moment,
    "bytes": _bytes,
    "plain": _json,
}


def _as_it_is(_vendor: str) -> Callable[..., Cell]:
    return lambda value: value


def _read_moment(vendor: str) -> Callable[..., Cell]:
    if vendor == "postgresql":
        return datetime.fromisoformat
    # Django keeps moments in SQLite as text in UTC, without saying so.
    return lambda value: str(datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None))


_READ: dict[str, Callable[[str], Callable[..., Cell]]] = {
    **dict.fromkeys(("text", "whole", "real", "truth"), _as_it_is),
    "date": lambda vendor: date.fromisoformat if vendor == "postgresql" else str,
    "moment": _read_moment,
    "bytes": lambda _vendor: base64.b64decode,
    "plain": lambda _vendor: lambda value: json.dumps(value[0], ensure_ascii=False),
}
_PLACES = {("postgresql", "plain"): "%s::jsonb"}
