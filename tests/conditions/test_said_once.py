"""What leaders promised is never changed, replaced or deleted, whoever asks the database to."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import quick

from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.conditions import following
from replenish.conditions.following import say_what_became
from replenish.conditions.response import Promise, respond
from replenish.leadership.actions import MOST_BY_ONE
from replenish.leadership.queries import responses_of
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind

__all__ = ["instance", "prepared", "quick"]

TABLES = ("leadership_response", "leadership_commitment", "leadership_logentry")


def test_the_database_itself_refuses(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch)
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    respond(asker=world.staffed.steward, round_id=row.id, unit=None, promises=(Promise("Words that stay."),))
    days_after_close(monkeypatch, row, 1)
    ((made,),) = (one.made for one in responses_of(world.organisation))
    monkeypatch.setattr(following, "_from", lambda *_: row.closes_on)
    say_what_became(asker=world.staffed.steward, commitment=made.commitment, outcome="kept", why="Done.")
    before = responses_of(world.organisation)
    assert before[0].made[0].log
    statements = [f"DELETE FROM {table}" for table in TABLES]  # noqa: S608 - our own names
    statements += [
        "UPDATE leadership_commitment SET words = 'other words'",
        "UPDATE leadership_response SET signed = 'somebody else'",
        "UPDATE leadership_logentry SET outcome = 'not_kept'",
    ]
    if connection.vendor == "sqlite":
        statements += [f"INSERT OR REPLACE INTO {one} SELECT * FROM {one}" for one in TABLES]  # noqa: S608
    else:
        statements += [f"TRUNCATE {one} CASCADE" for one in TABLES]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert responses_of(world.organisation) == before


def test_one_person_answers_a_round_so_often_and_no_oftener(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that nobody can take away again must not bury those of others, or the page of every carer."""
    world = begin_rounds_world(monkeypatch)
    row = live_round(monkeypatch, world, voices={"Fir": 18})

    def answer(asker: Asker, number: int) -> str:
        said = (Promise(f"Words {number}."),)
        return respond(asker=asker, round_id=row.id, unit=None, promises=said)

    first = [answer(world.staffed.steward, number) for number in range(MOST_BY_ONE)]
    with pytest.raises(Refused) as refused:
        answer(world.staffed.steward, MOST_BY_ONE)
    assert refused.value.fault is LeadershipFault.MANY
    assert answer(world.staffed.steward, 0) == first[0]
    answer(world.asker(RoleKind.DEPUTY), 0)
    assert len(responses_of(world.organisation)) == MOST_BY_ONE + 1
