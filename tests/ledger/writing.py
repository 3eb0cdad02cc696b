"""Entries for tests: short ways to write them, and to play an administrator who takes the triggers away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module

from django.db import connection, transaction

from replenish.ledger.actions import OPERATOR, record
from replenish.ledger.chain import NOTHING_BEFORE, LedgerEntry, entry_hash
from replenish.ledger.events import Event

ORGANISATION = "0" * 31 + "1"
OTHER = "0" * 31 + "2"
TRIGGERS = ("ledger_entry_keeps", "ledger_entry_stays", "ledger_entry_follows")


def dissolve(unit: str, *, organisation: str = ORGANISATION) -> int:
    """Write one entry and give its number."""
    with transaction.atomic():
        return record(
            organisation=organisation,
            event=Event.UNIT_DISSOLVED,
            actor=OPERATOR,
            content={"unit": unit, "on": "2026-09-07"},
        ).number


@contextmanager
def without_triggers() -> Iterator[None]:
    """What an administrator with SQL can do: drop the triggers, and put them back afterwards."""
    append_only = import_module("replenish.ledger.migrations.0002_append_only")
    statements: list[str] = getattr(append_only, connection.vendor.upper())
    back: list[str] = getattr(append_only, f"{connection.vendor.upper()}_BACK")
    with connection.cursor() as cursor:
        for statement in back:
            cursor.execute(statement)
        yield
        for statement in statements:
            cursor.execute(statement)


def sql(statement: str, *parameters: str | int | bytes | datetime) -> None:
    """Run one statement as the database sees it, past every model."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def force(column: str, value: str | bytes, number: int) -> None:
    """Overwrite one column of one entry; the triggers must be away."""
    sql(f"UPDATE ledger_entry SET {column} = %s WHERE number = %s", value, number)  # noqa: S608 - a test's own names


def forged(number: int, previous: str, unit: str) -> LedgerEntry:
    """An entry with a hash that fits, as somebody who knows the code could make it."""
    at = datetime(2026, 9, 7, 12, tzinfo=UTC)
    content = {"unit": unit, "on": "2026-09-07"}
    event = Event.UNIT_DISSOLVED.value
    digest = entry_hash(
        number=number,
        organisation=ORGANISATION,
        at=at,
        event=event,
        actor=OPERATOR,
        content=content,
        previous=previous,
    )
    return LedgerEntry(number, ORGANISATION, at, event, OPERATOR, content, previous, digest)


def chain_of(units: list[str]) -> list[LedgerEntry]:
    """An unbroken chain with one entry for each unit."""
    chain: list[LedgerEntry] = []
    for number, unit in enumerate(units, 1):
        chain.append(forged(number, chain[-1].hash if chain else NOTHING_BEFORE, unit))
    return chain
