"""What was published stays: the database itself refuses, and reading notices whoever goes around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.disclosure.earlier_rules import in_force

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate, queries
from replenish.conditions.models import PublishedRelease
from replenish.disclosure.bands import RULE, RULES
from replenish.ledger import queries as ledger
from replenish.ledger.events import Event
from replenish.ledger.heads import kept_heads
from replenish.sealing.signing import InstanceSigner

COPY = "id, organisation, round_id, number, rule, body, hash, previous, signature, public_key, visible_from"
Way = Callable[[PublishedRelease], object]


def _statement(sql: str) -> Way:
    def run(row: PublishedRelease) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def _change_body(row: PublishedRelease) -> None:
    row.body = "{}"
    row.save()


def _publish_again(row: PublishedRelease) -> None:
    row.id = "f" * 32
    row.hash = "f" * 64
    row.number = 2
    row.save(force_insert=True)


WAYS: dict[str, Way] = {
    "saving a change": _change_body,
    "an update": lambda _: PublishedRelease.objects.update(visible_from=date(2020, 1, 1)),
    "a deletion": lambda row: row.delete(),
    "deleting all": lambda _: PublishedRelease.objects.all().delete(),
    "a second release of the round": _publish_again,
    "SQL that updates": _statement("UPDATE conditions_publishedrelease SET body = '{}'"),
    "SQL that deletes": _statement("DELETE FROM conditions_publishedrelease"),
}
if connection.vendor == "sqlite":
    WAYS["SQL that replaces"] = _statement(
        f"INSERT OR REPLACE INTO conditions_publishedrelease ({COPY}) "  # noqa: S608
        f"SELECT {COPY.replace('body', 'rule')} FROM conditions_publishedrelease"
    )
else:
    WAYS["SQL that empties"] = _statement("TRUNCATE conditions_publishedrelease")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_database_refuses_to_change_what_was_published(
    way: Way, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.close(worlds.ready_to_close(monkeypatch).id)
    before = worlds.published_bytes()
    with pytest.raises(DatabaseError), transaction.atomic():
        way(PublishedRelease.objects.get())
    assert worlds.published_bytes() == before


CHANGES = {
    "body": "REPLACE(body, '13-24', '7-12')",
    "rule": "'replenish-rule-1'",
    "hash": "'" + "f" * 64 + "'",
    "previous": "'" + "f" * 64 + "'",
    "number": "2",
    "signature": "REPLACE(REPLACE(REPLACE(signature, 'a', 'x'), 'b', 'a'), 'x', 'b')",
}


@pytest.mark.parametrize(("column", "read_before"), [("body", False), *((name, True) for name in CHANGES)])
def test_whoever_goes_around_the_database_is_noticed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, column: str, read_before: bool
) -> None:
    """Also by a process that has read and checked the row as it was."""
    gate.close(worlds.ready_to_close(monkeypatch).id)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=60))
    if read_before:
        assert len(queries.releases(worlds.ORGANISATION)) == 1
    on_table = "" if connection.vendor == "sqlite" else " ON conditions_publishedrelease"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER published_release_keeps{on_table}")
        cursor.execute(f"UPDATE conditions_publishedrelease SET {column} = {CHANGES[column]}")  # noqa: S608
    with pytest.raises(Refused) as refused:
        queries.releases(worlds.ORGANISATION)
    assert refused.value.fault is RoundFault.RELEASE_CHANGED_AT_REST


def test_a_process_checks_each_release_once(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    verify = InstanceSigner.verify

    def noted(public: str, content: bytes, signature: str) -> bool:
        checked.append(signature)
        return verify(public, content, signature)

    for place in (1, 2):
        gate.close(worlds.ready_to_close(monkeypatch, place=place).id)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=90))
    monkeypatch.setattr(InstanceSigner, "verify", noted)
    first, second = queries.releases(worlds.ORGANISATION)
    assert queries.releases(worlds.ORGANISATION) == (first, second)
    assert queries.releases(worlds.ORGANISATION, first.visible_from) == (first,)
    assert queries.releases(worlds.ORGANISATION) == (first, second)
    assert checked == [second.signature], "the close of the second checked the first"
    assert queries.releases(worlds.ORGANISATION)[0].release is first.release


def test_each_close_signs_the_head_of_the_ledger(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    row = worlds.ready_to_close(monkeypatch)
    gate.close(row.id)
    assert [(head.number, head.hash) for head in kept_heads()] == [ledger.head()]
    gate.close(row.id)
    assert len(kept_heads()) == 1
    assert ledger.verify().unbroken


def test_a_missing_release_is_noticed_by_whoever_knew_it(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (1, 2):
        gate.close(worlds.ready_to_close(monkeypatch, place=place).id)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=90))
    assert len(queries.releases(worlds.ORGANISATION)) == 2
    sqlite = connection.vendor == "sqlite"
    trigger = "stays" if sqlite else "keeps"
    on_table = "" if sqlite else " ON conditions_publishedrelease"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER published_release_{trigger}{on_table}")
        cursor.execute("DELETE FROM conditions_publishedrelease WHERE number = 1")
    with pytest.raises(Refused) as refused:
        queries.releases(worlds.ORGANISATION)
    assert refused.value.fault is DisclosureFault.RELEASE_CHAIN


def test_an_installation_that_is_updated_in_midlife_goes_on(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each release under the rule of its day, in one chain."""
    with in_force(RULES[0].name):
        gate.close(worlds.ready_to_close(monkeypatch).id)
    gate.close(worlds.ready_to_close(monkeypatch, place=2).id)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=90))
    before, after = queries.releases(worlds.ORGANISATION)
    assert (before.release.rule, after.release.rule) == (RULES[0].name, RULE)
    assert after.release.previous == before.release.hash
    told = ledger.entries(worlds.ORGANISATION, event=Event.RELEASE_PUBLISHED)
    assert [entry.content["rule"] for entry in told] == [RULES[0].name, RULE]


def test_a_release_is_read_from_the_day_after_the_close_and_by_its_own_organisation_alone(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    released = gate.close(row.id)
    assert queries.releases(worlds.ORGANISATION) == ()
    assert queries.releases(worlds.ORGANISATION, row.closes_on + timedelta(days=1)) == (), "not today"
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=1))
    (published,) = queries.releases(worlds.ORGANISATION)
    assert published.release.hash == released.hash
    assert queries.releases(worlds.ORGANISATION, row.closes_on) == ()
    assert queries.releases("1" * 32) == ()
