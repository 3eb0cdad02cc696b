"""Is the server set up so that nothing leaves it: cookies, debugging, names, clock, connections?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from replenish.basis import clock
from replenish.safekeeping.doctor.finding import Finding, advice, danger

THIS_MACHINE = {"localhost", "127.0.0.1", "::1", ""}
CALLING_LOGS = (
    "SysLogHandler", "HTTPHandler", "SocketHandler", "DatagramHandler", "SMTPHandler", "AdminEmailHandler",
)  # fmt: skip
YEAR_BUILT = 2026
SLACK = timedelta(minutes=5)


def look_at_server() -> Iterator[Finding]:
    """Everything about the settings of the server."""
    yield from _pages()
    yield from _clock()
    yield from _connections()


def _pages() -> Iterator[Finding]:
    host = urlsplit(settings.REPLENISH_ADDRESS).hostname or ""
    if settings.DEBUG:
        yield danger(
            "server.debug",
            "Debugging is on: an error shows the values behind it to whoever sees the page.",
            "Leave DEBUG off; nothing in Replenish needs it.",
        )
    if host not in THIS_MACHINE and not settings.REPLENISH_SECURE:
        yield danger(
            "server.cookies",
            "Cookies also travel without encryption, and with them the secret of a key card.",
            "Serve the pages through https and set REPLENISH_SECURE=yes.",
        )
    above = _domain_above(host)
    if above:
        yield advice(
            "server.neighbours",
            f"Another site whose name ends in .{above} could leave a key card of its own in a browser, and "
            "would read what is answered with it.",
            f"Ask who serves pages under {above}. Where you cannot trust them all, give Replenish a domain "
            "of its own.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield danger(
            "server.hosts",
            "The server answers under every name, so a foreign page can pretend to be this one.",
            "Name your own hosts in REPLENISH_HOSTS.",
        )


def _domain_above(host: str) -> str:
    """The domain that a host may share with others; empty for a domain of its own, an address, a machine."""
    labels = host.split(".")
    return ".".join(labels[1:]) if len(labels) > 2 and not labels[-1].isdecimal() else ""


def _clock() -> Iterator[Finding]:
    now = clock.now()
    if now.year < YEAR_BUILT:
        yield danger(
            "server.clock",
            f"The clock says {now.date().isoformat()}, which cannot be. Rounds would close on wrong days.",
            "Set the clock of this machine, and let it follow a time server.",
        )
    last = _last_moment()
    if last and last > now + SLACK:
        yield danger(
            "server.clock_back",
            f"The last entry of the ledger is from {last.date().isoformat()}, later than now. The clock went "
            "back, or was ahead when it was written.",
            "Set the clock of this machine, and let it follow a time server.",
        )


def _connections() -> Iterator[Finding]:
    host = str(connection.settings_dict.get("HOST") or "")
    if connection.vendor == "postgresql" and not host.startswith("/") and host not in THIS_MACHINE:
        yield advice(
            "server.database_elsewhere",
            f"The database is on another machine ({host}), so answers travel through the network to it.",
            "Let only this machine reach it, encrypted, on a network of your own.",
        )
    handlers = cast("dict[str, dict[str, object]]", settings.LOGGING.get("handlers", {}))
    calling = [name for name, one in handlers.items() if str(one.get("class", "")).endswith(CALLING_LOGS)]
    if calling:
        yield danger(
            "server.logs_leave",
            f"Log lines leave this machine through {', '.join(sorted(calling))}.",
            "Write them to standard error only, as the settings do by themselves.",
        )
    caches = [name for name, one in settings.CACHES.items() if one.get("LOCATION")]
    if caches:
        yield danger(
            "server.cache_elsewhere",
            f"Pages are cached outside this process ({', '.join(caches)}).",
            "Leave CACHES as it is; pages of a card must not be kept anywhere.",
        )


def _last_moment() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT at FROM ledger_entry ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    if row is None:
        return None
    at: datetime = row[0]
    return at if at.tzinfo else at.replace(tzinfo=UTC)
