"""The database itself refuses to change, replace or delete what leaders said.

SQLite: `INSERT OR REPLACE` deletes without asking triggers of deletion, so triggers of insertion refuse a
second row of the same name or place, too. A later migration that rebuilds a table there loses its triggers
and has to create them again; a test looks for them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from replenish.ledger.triggers import run_on_each

_TABLES = {
    "response": (
        "leadership_response",
        "id = NEW.id OR (organisation = NEW.organisation AND round = NEW.round AND place = NEW.place)",
    ),
    "commitment": (
        "leadership_commitment",
        "id = NEW.id OR (response_id = NEW.response_id AND place = NEW.place)",
    ),
}
_KEEPS = "{name}_keeps BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'what was promised is kept'); END"
_STAYS = "{name}_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'what was promised stays'); END"
_ONCE = """{name}_once BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'this was promised already'); END"""
SQLITE = tuple(
    "CREATE TRIGGER " + does.format(name=name, table=table, same=same)
    for name, (table, same) in _TABLES.items()
    for does in (_KEEPS, _STAYS, _ONCE)
)
SQLITE_BACK = tuple(f"DROP TRIGGER {name}_{does}" for name in _TABLES for does in ("keeps", "stays", "once"))
_REFUSE = """
CREATE FUNCTION leadership_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was promised is never changed or deleted' USING ERRCODE = '23000'; END $$
"""
_NO_CHANGE = "{name}_keeps BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
_NO_EMPTYING = "{name}_stays BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
POSTGRESQL = (
    _REFUSE,
    *(
        f"CREATE TRIGGER {does.format(name=name, table=table)} EXECUTE FUNCTION leadership_refuse_change()"
        for name, (table, _same) in _TABLES.items()
        for does in (_NO_CHANGE, _NO_EMPTYING)
    ),
)
POSTGRESQL_BACK = (
    *(f"DROP TRIGGER {name}_{does} ON {_TABLES[name][0]}" for name in _TABLES for does in ("keeps", "stays")),
    "DROP FUNCTION leadership_refuse_change()",
)


class Migration(migrations.Migration):
    """After the tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("leadership", "0001_initial")]
    operations: ClassVar[list[Operation]] = [
        run_on_each(
            {"sqlite": SQLITE, "postgresql": POSTGRESQL},
            {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK},
        )
    ]
