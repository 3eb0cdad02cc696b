"""What was published stays: the database itself refuses, and reading notices whoever goes around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conditions import worlds
from tests.conditions.instances import Instance

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate, queries
from replenish.conditions.models import PublishedRelease

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


def test_whoever_goes_around_the_database_is_noticed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.close(worlds.ready_to_close(monkeypatch).id)
    on_table = "" if connection.vendor == "sqlite" else " ON conditions_publishedrelease"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER published_release_keeps{on_table}")
        cursor.execute("UPDATE conditions_publishedrelease SET body = REPLACE(body, '13-24', '7-12')")
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=60))
    with pytest.raises(Refused) as refused:
        queries.releases(worlds.ORGANISATION)
    assert refused.value.fault is RoundFault.RELEASE_CHANGED_AT_REST


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
