"""The door from a command to the running system: everything else of the command line works without it.

A command calls `prepare` first and imports rooms with tables only afterwards, inside its functions.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from replenish.basis.errors import refuse
from replenish.basis.faults import RunningFault

SETTINGS = "replenish.site.settings"


def prepare(*, database: bool = True) -> None:
    """Make the running system's rooms importable, and see that their tables are there.

    Args:
        database: False for the commands that make the database themselves.

    Raises:
        Refused: the extra `web` is not installed, the settings are wrong, or the database cannot be
            reached or was not prepared for this version.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    sys.excepthook = _say_kind_and_places
    try:
        import django
        from django.apps import apps

        if not apps.ready:
            django.setup()
    except ModuleNotFoundError as absent:
        part = (absent.name or "").partition(".")[0]
        if part == "replenish":
            raise
        refuse(RunningFault.EXTRA_MISSING, part=part or "django")
    if database:
        _require_prepared_database()


def _say_kind_and_places(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """What ended a command unexpectedly, without its message: a database quotes the row that it refused."""
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(trace))
    sys.stderr.write(f"Something went wrong that is not foreseen: {kind.__name__} through {places}\n")


def _require_prepared_database() -> None:
    from django.db import DatabaseError, connections
    from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
    from django.db.migrations.executor import MigrationExecutor

    # Connecting would create an empty SQLite file in a folder that was perhaps only misspelt.
    connection = connections["default"]
    is_file = isinstance(connection, SQLite) and not connection.is_in_memory_db()
    if is_file and not Path(str(connection.settings_dict["NAME"])).is_file():
        refuse(RunningFault.NOT_PREPARED)
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        refuse(RunningFault.DATABASE_UNREACHABLE)
    if waiting:
        refuse(RunningFault.NOT_PREPARED)
