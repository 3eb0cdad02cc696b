"""The database itself refuses to change, replace or delete what was published.

SQLite: `INSERT OR REPLACE` deletes without asking triggers of deletion, so a trigger of insertion refuses a
second release of a round, too. A later migration that rebuilds the table there loses its triggers and has
to create them again; a test looks for them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from replenish.ledger.triggers import run_on_each

SQLITE = (
    """
    CREATE TRIGGER published_release_keeps BEFORE UPDATE ON conditions_publishedrelease
    BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END
    """,
    """
    CREATE TRIGGER published_release_stays BEFORE DELETE ON conditions_publishedrelease
    BEGIN SELECT RAISE(ABORT, 'what was published is never deleted'); END
    """,
    """
    CREATE TRIGGER published_release_once BEFORE INSERT ON conditions_publishedrelease
    WHEN EXISTS (
        SELECT 1 FROM conditions_publishedrelease
        WHERE id = NEW.id OR round_id = NEW.round_id OR hash = NEW.hash
            OR (organisation = NEW.organisation AND number = NEW.number)
    )
    BEGIN SELECT RAISE(ABORT, 'a round is published once'); END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER published_release_keeps",
    "DROP TRIGGER published_release_stays",
    "DROP TRIGGER published_release_once",
)
POSTGRESQL = (
    """
    CREATE FUNCTION conditions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what was published is never changed or deleted' USING ERRCODE = '23000'; END $$
    """,
    """
    CREATE TRIGGER published_release_keeps BEFORE UPDATE OR DELETE ON conditions_publishedrelease
    FOR EACH ROW EXECUTE FUNCTION conditions_refuse_change()
    """,
    """
    CREATE TRIGGER published_release_stays BEFORE TRUNCATE ON conditions_publishedrelease
    FOR EACH STATEMENT EXECUTE FUNCTION conditions_refuse_change()
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER published_release_keeps ON conditions_publishedrelease",
    "DROP TRIGGER published_release_stays ON conditions_publishedrelease",
    "DROP FUNCTION conditions_refuse_change()",
)


TRIGGERS = run_on_each(
    {"sqlite": SQLITE, "postgresql": POSTGRESQL}, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}
)


class Migration(migrations.Migration):
    """After the tables."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("conditions", "0001_initial")]
    operations: ClassVar[list[Operation]] = [TRIGGERS]
