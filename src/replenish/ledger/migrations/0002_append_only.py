"""The database itself lets entries be added at the end of the chain, and nothing else.

SQLite: `INSERT OR REPLACE` deletes a row without asking a trigger of deletion, so the trigger of insertion,
which takes the next number only, is what refuses it. A later migration that rebuilds the table there loses
its triggers and has to create them again; a test looks for them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from replenish.ledger.triggers import run_on_each

NOTHING_BEFORE = "0" * 64

SQLITE = (
    """
    CREATE TRIGGER ledger_entry_keeps BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END
    """,
    """
    CREATE TRIGGER ledger_entry_stays BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'nothing is removed from the ledger'); END
    """,
    f"""
    CREATE TRIGGER ledger_entry_follows BEFORE INSERT ON ledger_entry
    WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
        OR NEW.previous <> COALESCE(
            (SELECT hash FROM ledger_entry ORDER BY number DESC LIMIT 1), '{NOTHING_BEFORE}')
        OR EXISTS (SELECT 1 FROM ledger_entry WHERE hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'an entry goes at the end of the ledger'); END
    """,  # noqa: S608 - a constant of zeros
)
SQLITE_BACK = (
    "DROP TRIGGER ledger_entry_keeps",
    "DROP TRIGGER ledger_entry_stays",
    "DROP TRIGGER ledger_entry_follows",
)
POSTGRESQL = (
    """
    CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is never changed' USING ERRCODE = '23000'; END $$
    """,
    f"""
    CREATE FUNCTION ledger_require_end() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)
            OR NEW.previous <> COALESCE(
                (SELECT hash FROM ledger_entry ORDER BY number DESC LIMIT 1), '{NOTHING_BEFORE}')
        THEN RAISE EXCEPTION 'an entry goes at the end of the ledger' USING ERRCODE = '23000';
        END IF;
        RETURN NEW;
    END $$
    """,  # noqa: S608 - a constant of zeros
    """
    CREATE TRIGGER ledger_entry_keeps BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()
    """,
    """
    CREATE TRIGGER ledger_entry_stays BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()
    """,
    """
    CREATE TRIGGER ledger_entry_follows BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_require_end()
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER ledger_entry_keeps ON ledger_entry",
    "DROP TRIGGER ledger_entry_stays ON ledger_entry",
    "DROP TRIGGER ledger_entry_follows ON ledger_entry",
    "DROP FUNCTION ledger_refuse_change()",
    "DROP FUNCTION ledger_require_end()",
)


TRIGGERS = run_on_each(
    {"sqlite": SQLITE, "postgresql": POSTGRESQL}, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}
)


class Migration(migrations.Migration):
    """After the table."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("ledger", "0001_initial")]
    operations: ClassVar[list[Operation]] = [TRIGGERS]
