"""Writing the tables anew on the disk, so that nothing deleted and no order of writing stays in the files."""

from __future__ import annotations

from django.db import connection

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.voices import models
from replenish.voices.statements import rows

TABLES = (
    models.ArrivingBox,
    models.ArrivingSeat,
    models.Box,
    models.Contribution,
    models.ErasedBox,
    models.GroupDoubt,
    models.Seat,
    models.Slip,
    models.SlipDraw,
)


def clean_disk() -> None:
    """Rewrite the files of the database, outside of any transaction.

    Raises:
        Refused: somebody reads the database without end, so that its log cannot be emptied.
    """
    _CLEANERS[connection.vendor]()


def _clean_sqlite() -> None:
    """Empty the log, build the file anew without free pages, and empty the log of that."""
    _empty_log()
    _run("VACUUM")
    _empty_log()


def _empty_log() -> None:
    # The first of the three numbers is 1 when a reader kept some of the log from being emptied.
    if rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
        refuse(VoiceFault.NIGHT_NOT_CLEAN)


def _clean_postgresql() -> None:
    """Write each table anew in the order of its primary key, without dead rows.

    VACUUM FULL would drop the dead rows as well, but it keeps the others in the order of their writing.
    """
    for table in TABLES:
        name = table._meta.db_table  # noqa: SLF001 - Django's documented way to a model's table
        _run(f"CLUSTER {name} USING {name}_pkey")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


_CLEANERS = {"sqlite": _clean_sqlite, "postgresql": _clean_postgresql}
