"""The database of an instance: SQLite without traces by default, PostgreSQL where there are many people."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from replenish.basis.errors import refuse
from replenish.basis.faults import SiteFault

POSTGRESQL = ("postgresql", "postgres")
# Deleted answers are overwritten, readers never wait for a writer, and a writer takes its turn at once
# instead of failing in the middle of a transaction.
SQLITE_BEGINNING = """\
PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL;
PRAGMA secure_delete=ON;
PRAGMA foreign_keys=ON;
PRAGMA temp_store=MEMORY;
"""

# Each of the server's few threads keeps its connection. An idle one is in no transaction: it keeps neither
# the log of SQLite from being emptied nor a table of PostgreSQL from being written anew.
# A statement that a connection sends for the third time is parsed and planned once for all.
PREPARED_FROM = 2


def database(address: str, instance: Path) -> dict[str, object]:
    """Django's description of the database at a path or a postgresql address.

    Raises:
        Refused: the address names another kind of database, or none.
    """
    scheme, separator, _ = address.partition("://")
    if not separator:
        return sqlite(Path(address) if address else instance / "replenish.sqlite3")
    if scheme not in POSTGRESQL:
        refuse(SiteFault.DATABASE_ADDRESS, value=address)
    return postgresql(address)


def sqlite(path: Path) -> dict[str, object]:
    """SQLite in a file."""
    return {
        "ENGINE": "replenish.site.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"init_command": SQLITE_BEGINNING, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def postgresql(address: str) -> dict[str, object]:
    """PostgreSQL, over the network or a socket (`postgresql:///name?host=/folder`)."""
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        refuse(SiteFault.DATABASE_ADDRESS, value=address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": PREPARED_FROM},
    }
