"""Django's SQLite engine, with tables that keep no order of insertion.

SQLite gives every row of an ordinary table a hidden number, the `rowid`, which rises with each insertion.
Whoever knows when people joined or answered could read names off that order. A table created
`WITHOUT ROWID` is kept in the order of its primary key alone, and here that key is random text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from sqlite3 import Cursor
from typing import Any, Self

from django.db.backends.sqlite3 import base, schema
from django.db.models import Model

from replenish.site.sqlite.lining_up import WRITING, WriterInTurn

NUMBERED = ("AutoField", "BigAutoField", "SmallAutoField")


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Creates each table without the hidden number, unless its primary key is a running number itself."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[object]]:
        """The statement that creates a table, and its parameters."""
        sql, parameters = super().table_sql(model)
        key = model._meta.pk  # noqa: SLF001 - Django's documented way to a model's fields
        if key.get_internal_type() not in NUMBERED:
            sql += " WITHOUT ROWID"
        return sql, parameters


class SQLiteCursorWrapper(base.SQLiteCursorWrapper):
    """Django's own cursor, which takes a turn to write, and rewrites the places of a statement only once."""

    connection: WriterInTurn

    def execute(self, query: str, params: Any = None) -> Self:  # noqa: ANN401 - as Django hands them on
        """Execute a statement; one that writes, or begins a transaction, in its turn."""
        if query.startswith(WRITING) and not self.connection.in_transaction:
            self.connection.take_turn()
        try:
            super().execute(query, params)
        finally:
            self.connection.give_back()
        return self

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """The statement as SQLite reads it. It holds no value: values travel beside it."""
        if param_names is None:
            return _converted(query)
        named: str = super().convert_query(query, param_names=param_names)
        return named


@lru_cache(maxsize=512)
def _converted(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper but for the editor of schemas, the connection and the cursor."""

    SchemaEditorClass = DatabaseSchemaEditor

    def get_connection_params(self) -> dict[str, object]:
        """What a connection is opened with."""
        return {**super().get_connection_params(), "factory": WriterInTurn}

    def get_new_connection(self, conn_params: dict[str, object]) -> WriterInTurn:
        """A connection that takes turns with all others to this file."""
        connection: WriterInTurn = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            connection.line_up_in(Path(self.settings_dict["NAME"]).parent)
        return connection

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - Django's signature
        """A cursor of ours."""
        cursor: Cursor = self.connection.cursor(factory=SQLiteCursorWrapper)
        return cursor
