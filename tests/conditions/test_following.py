"""What became of a promise: when it is said, by whom, once and for good, and what it never changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import (
    SERVICE,
    RoundsWorld,
    begin_rounds_world,
    days_after_close,
    live_round,
)
from tests.web.staff_world import quick

from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.conditions.following import Promised, promised_by, say_what_became
from replenish.conditions.models import Round
from replenish.conditions.response import Promise, answers_for, respond
from replenish.leadership.queries import Outcome
from replenish.ledger.queries import entries
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind

__all__ = ["instance", "prepared", "quick"]

FEW = {"Fir": 18}


def promised(
    patch: pytest.MonkeyPatch, *, days: int | None = None, unit: str | None = None
) -> tuple[RoundsWorld, Round, Promised]:
    """A round that was answered on the day after its close; with a day for it, or without."""
    world = begin_rounds_world(patch)
    row = live_round(patch, world, voices=FEW)
    days_after_close(patch, row, 1)
    until = row.closes_on + timedelta(days=days) if days is not None else None
    promise = Promise("I go to my own supervision.", "supervision", until)
    where = world.staffed.units[unit] if unit else None
    respond(asker=world.asker(RoleKind.STEWARD), round_id=row.id, unit=where, promises=(promise,))
    (one,) = promised_by(world.asker(RoleKind.STEWARD))
    return world, row, one


def say(world: RoundsWorld, one: Promised, who: RoleKind = RoleKind.STEWARD, **changed: str) -> str:
    said = {"outcome": "partly", "why": "Two of four.", "commitment": one.made.commitment, **changed}
    return say_what_became(asker=world.asker(who), **said)


def refused(world: RoundsWorld, one: Promised, who: RoleKind = RoleKind.STEWARD, **changed: str) -> object:
    with pytest.raises(Refused) as refusal:
        say(world, one, who, **changed)
    return refusal.value.fault


def test_it_is_said_from_the_day_of_the_promise_on(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row, one = promised(monkeypatch, days=10)
    days_after_close(monkeypatch, row, 9)
    assert refused(world, one) is LeadershipFault.NOT_YET
    days_after_close(monkeypatch, row, 10)
    assert one.from_day == row.closes_on + timedelta(days=10)
    for _ in range(2):
        say(world, one, why="  Two   of four. ")
    (again,) = promised_by(world.asker(RoleKind.DEPUTY))
    (logged,) = again.made.log
    assert (logged.outcome, logged.why, logged.part) == (Outcome.PARTLY, "Two of four.", "steward")
    assert again.made.promise == one.made.promise
    say(world, one, RoleKind.DEPUTY, outcome="kept", why="All four now.")
    told = answers_for(world.organisation)[0].answers[0].made[0]
    assert [(each.outcome.value, each.part) for each in told.log] == [
        ("partly", "steward"),
        ("kept", "deputy"),
    ]
    said = [entry for entry in entries(world.organisation) if entry.event == "commitment_logged"]
    assert [entry.content["state"] for entry in said] == ["partly", "kept"]
    assert all(set(entry.content) == {"round", "unit", "commitment", "state"} for entry in said)


def test_without_a_day_it_is_said_when_the_next_round_has_closed(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, _, one = promised(monkeypatch)
    assert one.from_day is None
    assert refused(world, one) is LeadershipFault.NOT_YET
    row = live_round(monkeypatch, world, voices=FEW)
    say(world, one)
    (again,) = promised_by(world.asker(RoleKind.STEWARD))
    assert again.from_day == row.closes_on
    assert len(again.made.log) == 1


def test_only_those_who_may_answer_for_the_part_say_it(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row, one = promised(monkeypatch, days=1, unit=SERVICE)
    other = begin_rounds_world(monkeypatch, "Other House")
    days_after_close(monkeypatch, row, 2)
    for kind in (RoleKind.REPRESENTATIVE, RoleKind.FACILITATOR, RoleKind.SUPERVISOR, RoleKind.OPERATOR):
        assert promised_by(world.asker(kind)) == ()
        assert refused(world, one, kind) is LeadershipFault.COMMITMENT
    assert refused(other, one) is LeadershipFault.COMMITMENT
    head = Asker(world.organisation, world.head.account)
    assert [each.made.commitment for each in promised_by(head)] == [one.made.commitment]
    say_what_became(asker=head, commitment=one.made.commitment, outcome="kept", why="Done.")


def test_the_head_of_a_part_says_nothing_about_the_promise_for_the_whole(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row, one = promised(monkeypatch, days=1)
    days_after_close(monkeypatch, row, 2)
    head = Asker(world.organisation, world.head.account)
    with pytest.raises(Refused):
        say_what_became(asker=head, commitment=one.made.commitment, outcome="kept", why="Done.")


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"outcome": "mostly"}, LeadershipFault.OUTCOME),
        ({"why": " "}, LeadershipFault.WHY),
        ({"why": "x" * 161}, LeadershipFault.WHY),
        ({"why": "one\x00two"}, LeadershipFault.WHY),
        ({"commitment": "none"}, LeadershipFault.COMMITMENT),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    instance: Instance,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, str],
    fault: LeadershipFault,
) -> None:
    world, row, one = promised(monkeypatch, days=1)
    days_after_close(monkeypatch, row, 1)
    assert refused(world, one, RoleKind.STEWARD, **changed) is fault
    assert promised_by(world.asker(RoleKind.STEWARD))[0].made.log == ()


def test_what_was_said_later_is_not_told_of_an_earlier_day(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row, one = promised(monkeypatch, days=1)
    days_after_close(monkeypatch, row, 5)
    say(world, one)
    before = answers_for(world.organisation, on=row.closes_on + timedelta(days=4))
    assert before[0].answers[0].made[0].log == ()
