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
        "OPTIONS": {"pool": True},
    }
