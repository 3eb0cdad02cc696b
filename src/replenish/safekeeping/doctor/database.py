"""Is the database new enough, prepared for this version, and forgetful?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from replenish.safekeeping.doctor.finding import Finding, danger

SQLITE_LEAST = (3, 37, 0)  # released on 2021-11-27
POSTGRESQL_LEAST = 15


def look_at_database() -> Iterator[Finding]:
    """Everything about the database itself."""
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield danger(
            "database.not_prepared",
            "The tables are those of an earlier version of the software.",
            "Make a backup with the earlier version; `replenish serve` of this one then prepares them.",
        )


def _sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SQLITE_LEAST:
        yield _too_old("SQLite", sqlite3.sqlite_version, ".".join(map(str, SQLITE_LEAST)))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        if not cursor.fetchone()[0]:
            yield danger(
                "database.remembers",
                "SQLite does not overwrite what is deleted, so deleted rows stay in the file.",
                "Leave the database settings of Replenish as they are; secure_delete belongs to them.",
            )


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        version = int(cursor.fetchone()[0])
        if version < POSTGRESQL_LEAST:
            yield _too_old("PostgreSQL", str(version), str(POSTGRESQL_LEAST))
        for setting, quiet in {
            "log_statement": {"none", "ddl"},
            "log_min_duration_statement": {"-1"},
            "log_lock_waits": {"off"},
        }.items():
            cursor.execute("SELECT current_setting(%s)", [setting])
            if cursor.fetchone()[0] not in quiet:
                yield danger(
                    "database.logs_statements",
                    f"PostgreSQL logs statements and when they came ({setting}). They name boxes and seats, "
                    "and show when each was used.",
                    f"Set {setting} to {max(quiet)} in postgresql.conf and remove the logs written so far.",
                )


def _too_old(name: str, version: str, least: str) -> Finding:
    return danger(
        "database.too_old",
        f"{name} {version} is older than {least}, which is the oldest that is tested.",
        f"Update {name}.",
    )
