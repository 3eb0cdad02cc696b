"""What leaders promised is never changed, replaced or deleted, whoever asks the database to."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import begin_rounds_world, live_round
from tests.web.staff_world import quick

from replenish.conditions.response import Promise, respond
from replenish.leadership.queries import responses_of

__all__ = ["instance", "prepared", "quick"]

TABLES = ("leadership_response", "leadership_commitment")


def test_the_database_itself_refuses(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch)
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    respond(asker=world.staffed.steward, round_id=row.id, unit=None, promises=(Promise("Words that stay."),))
    before = responses_of(world.organisation)
    statements = [f"DELETE FROM {table}" for table in TABLES]  # noqa: S608 - our own names
    statements += [
        "UPDATE leadership_commitment SET words = 'other words'",
        "UPDATE leadership_response SET signed = 'somebody else'",
    ]
    if connection.vendor == "sqlite":
        statements += [f"INSERT OR REPLACE INTO {one} SELECT * FROM {one}" for one in TABLES]  # noqa: S608
    else:
        statements += [f"TRUNCATE {one} CASCADE" for one in TABLES]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert responses_of(world.organisation) == before
