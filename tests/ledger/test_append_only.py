"""The database takes entries at the end and nothing else; what is forced past it is found."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.ledger.writing import ORGANISATION, TRIGGERS, dissolve, force, forged, sql, without_triggers

from replenish.ledger.chain import Break, Finding, LedgerEntry
from replenish.ledger.models import Entry
from replenish.ledger.queries import FIELDS, head, verify

pytestmark = pytest.mark.django_db
INTO = f"INTO ledger_entry ({', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"


@pytest.fixture(autouse=True)
def three_entries(db: None) -> None:
    for unit in ("oak", "elm", "ash"):
        dissolve(unit)


def row(entry: LedgerEntry) -> list[str | int | datetime]:
    at = entry.at if connection.vendor == "postgresql" else entry.at.strftime("%Y-%m-%d %H:%M:%S")
    content = json.dumps(entry.content)
    return [
        entry.number, entry.organisation, at, entry.event, entry.actor, content, entry.previous, entry.hash
    ]  # fmt: skip


def the_head() -> str:
    found = head()
    assert found
    return found[1]


STATEMENTS = {
    "update": "UPDATE ledger_entry SET actor = 'timetable' WHERE number = 2",
    "update nothing new": "UPDATE ledger_entry SET actor = actor",
    "move": "UPDATE ledger_entry SET number = 9 WHERE number = 3",
    "delete": "DELETE FROM ledger_entry WHERE number = 3",
    "delete all": "DELETE FROM ledger_entry",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_nothing_is_changed_or_deleted(statement: str) -> None:
    with pytest.raises(DatabaseError, match="ledger"), transaction.atomic():
        sql(statement)
    assert verify().entries == 3


def test_the_models_change_and_delete_nothing_either() -> None:
    entry = Entry.objects.get(number=2)
    entry.actor = "timetable"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert verify().entries == 3


@pytest.mark.parametrize("number", [1, 2, 3, 5, 9])
def test_an_entry_goes_at_the_end_only(number: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"INSERT {INTO}", *row(forged(number, the_head(), "forged")))
    assert verify() == verify(pinned=the_head())


def test_an_entry_at_the_end_must_hold_the_last_one() -> None:
    with pytest.raises(DatabaseError, match="end of the ledger"), transaction.atomic():
        sql(f"INSERT {INTO}", *row(forged(4, "e" * 64, "forged")))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can replace a row by inserting one")
@pytest.mark.parametrize("number", [2, 3])
def test_replacing_by_inserting_is_refused(number: int) -> None:
    """SQLite deletes for a replacement without asking the trigger of deletion."""
    old = Entry.objects.get(number=number)
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        with pytest.raises(DatabaseError, match="end of the ledger"), transaction.atomic():
            sql(f"{verb} {INTO}", *row(forged(number, old.previous, "forged")))
    same_hash = forged(4, the_head(), "forged")
    with pytest.raises(DatabaseError, match="end of the ledger"), transaction.atomic():
        sql(f"INSERT OR REPLACE {INTO}", *row(same_hash)[:-1], old.hash)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        sql("UPDATE OR REPLACE ledger_entry SET number = 1 WHERE number = %s", number)
    assert verify().unbroken


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can empty a table so")
def test_emptying_the_table_is_refused() -> None:
    for statement in ("TRUNCATE ledger_entry", "TRUNCATE ledger_entry CASCADE"):
        with pytest.raises(DatabaseError, match="ledger"), transaction.atomic():
            sql(statement)
    assert verify().entries == 3


def test_the_triggers_are_there() -> None:
    """A migration that rebuilds the table on SQLite would lose them."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass "
        "AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        assert {name for (name,) in cursor.fetchall()} == set(TRIGGERS)


FORCED = {
    "content": ("content", '{"unit": "x", "on": "2026-09-07"}', 2),
    "a key less": ("content", '{"unit": "elm"}', 2),
    "actor": ("actor", "timetable", 1),
    "organisation": ("organisation", "e" * 32, 3),
    "time": ("at", "2020-01-01 00:00:00+00:00", 2),
    "hash": ("hash", "e" * 64, 3),
}


@pytest.mark.parametrize(("column", "value", "number"), FORCED.values(), ids=FORCED)
def test_what_is_forced_past_the_triggers_is_found(column: str, value: str, number: int) -> None:
    assert verify().unbroken
    with without_triggers():
        force(column, value, number)
    assert verify().findings[0] == Finding(number, Break.CHANGED)


def test_a_removed_entry_and_a_cut_end_are_found() -> None:
    kept = the_head()
    with without_triggers():
        sql("DELETE FROM ledger_entry WHERE number = 3")
    assert verify().unbroken
    assert verify(pinned=kept).findings == (Finding(3, Break.HEAD_GONE),)
    with without_triggers():
        sql("DELETE FROM ledger_entry WHERE number = 1")
    assert verify().findings == (Finding(1, Break.MISSING), Finding(2, Break.UNLINKED))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no value of another kind")
@pytest.mark.parametrize(
    ("column", "value"),
    [("number", "two"), ("at", "never"), ("at", "2026-13-45 00:00:00"), ("content", "[1]"), ("actor", b"x")],
)
def test_an_entry_that_cannot_be_read_is_a_finding_and_no_crash(column: str, value: str) -> None:
    with without_triggers():
        force(column, value, 2)
    assert Finding(2, Break.MISSING if column == "number" else Break.UNREADABLE) in verify().findings


def test_the_ledger_of_one_organisation_is_not_that_of_another() -> None:
    assert {entry.organisation for entry in Entry.objects.all()} == {ORGANISATION}
