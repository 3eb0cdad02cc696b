"""Django's SQLite engine, with tables that keep no order of insertion.

SQLite gives every row of an ordinary table a hidden number, the `rowid`, which rises with each insertion.
Whoever knows when people joined or answered could read names off that order. A table created
`WITHOUT ROWID` is kept in the order of its primary key alone, and here that key is random text.
"""

from __future__ import annotations

from django.db.backends.sqlite3 import base, schema
from django.db.models import Model

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


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper but for the editor of schemas."""

    SchemaEditorClass = DatabaseSchemaEditor
