"""The gate: what a close leaves, what it refuses, and what can never change its bytes."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from tests.conditions import worlds
from tests.conditions.instances import Instance

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate
from replenish.conditions.alone import alone
from replenish.conditions.computing import compute
from replenish.conditions.models import PublishedRelease, Round, State
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.signing import InstanceSigner
from replenish.voices.models import Contribution, OpenRound


def test_a_close_publishes_once_and_leaves_no_answer_and_no_key(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    assert Contribution.objects.count() == sum(worlds.VOICES.values())
    assert worlds.key_files(instance.keys)
    released = gate.close(row.id)
    assert released.number == 1
    assert released.visible_from == row.closes_on + timedelta(days=1)
    assert PublishedRelease.objects.count() == 1
    assert Contribution.objects.count() == OpenRound.objects.count() == 0
    assert worlds.key_files(instance.keys) == []
    row.refresh_from_db()
    assert (row.state, row.claim, row.key_destroyed) == (State.CLOSED, "", True)
    before = worlds.published_bytes()
    assert gate.close(row.id).hash == released.hash
    assert worlds.published_bytes() == before


def test_the_signature_is_of_the_bytes_that_are_kept(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = gate.close(worlds.ready_to_close(monkeypatch).id)
    body = released.body.encode()
    assert InstanceSigner.verify(released.public_key, body, released.signature)
    assert not InstanceSigner.verify(released.public_key, body + b" ", released.signature)
    assert json.loads(released.body)["hash"] == released.hash


def test_a_round_is_not_closed_before_its_day(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    row = worlds.ready_to_close(monkeypatch)
    worlds.set_day(monkeypatch, row.closes_on - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        gate.close(row.id)
    assert refused.value.fault is RoundFault.ROUND_NOT_DUE
    assert OpenRound.objects.get().accepting
    assert Contribution.objects.count() == sum(worlds.VOICES.values())


def test_only_an_open_round_that_exists_is_closed(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = worlds.make_season()
    planned = season.rounds.get(number=1)
    worlds.set_day(monkeypatch, planned.closes_on)
    for name, fault in ((planned.id, RoundFault.ROUND_NOT_OPEN), ("none", RoundFault.ROUND_UNKNOWN)):
        with pytest.raises(Refused) as refused:
            gate.close(name)
        assert refused.value.fault is fault


def test_rounds_close_one_after_the_other(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    first = worlds.ready_to_close(monkeypatch)
    second = worlds.open_planned(first.season, 2)
    worlds.set_day(monkeypatch, second.closes_on)
    with pytest.raises(Refused) as refused:
        gate.close(second.id)
    assert refused.value.fault is RoundFault.ROUND_EARLIER_UNFINISHED
    gate.close(first.id)
    assert gate.close(second.id).previous == PublishedRelease.objects.get(number=1).hash


def test_a_second_closer_gets_a_calm_answer(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    row = worlds.ready_to_close(monkeypatch)
    with alone(instance.keys), pytest.raises(Refused) as refused:
        gate.close(row.id)
    assert refused.value.fault is RoundFault.ROUND_BEING_CLOSED
    assert Round.objects.get(id=row.id).state == State.OPEN
    assert gate.close(row.id).number == 1


def test_a_closer_whose_claim_was_taken_over_publishes_nothing(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the lock fails, as on a shared folder that knows no locks."""
    row = worlds.ready_to_close(monkeypatch)

    def taken_over(*arguments: Any) -> Any:  # noqa: ANN401
        Round.objects.filter(id=row.id).update(claim="another")
        return compute(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(gate, "compute", taken_over)
        with pytest.raises(Refused) as refused:
            gate.close(row.id)
    assert refused.value.fault is RoundFault.ROUND_BEING_CLOSED
    assert not PublishedRelease.objects.exists()
    assert Contribution.objects.exists()
    assert gate.close(row.id).number == 1


@pytest.mark.parametrize("voices", [{}, {"Ash": 1}, {"Ash": 6, "Elm": 6}], ids=["nobody", "one", "six"])
def test_a_round_with_too_few_voices_closes_and_shows_nothing(
    voices: dict[str, int], instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = worlds.make_season({("Medicine", "Ash"): 10, ("Surgery", "Elm"): 12})
    row = worlds.open_planned(season)
    groups = worlds.groups_of(season, voices)
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    body = json.loads(gate.close(row.id).body)
    assert len(body["groups"]) == 2
    assert all(cell["band"] is None for group in body["groups"] for cell in group["cells"].values())
    assert not Contribution.objects.exists()
    assert worlds.key_files(instance.keys) == []


def test_a_group_with_more_voices_than_people_is_not_shown(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = worlds.make_season()
    row = worlds.open_planned(season)
    groups = worlds.groups_of(season, {"Ash": 15, "Yew": 11})
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    body = json.loads(gate.close(row.id).body)
    shown = {
        group["label"]: any(cell["band"] for cell in group["cells"].values()) for group in body["groups"]
    }
    assert shown["Medicine: Ash"] is False, "fifteen voices of fourteen people"
    assert shown["Surgery: Yew"] is True


def test_a_raised_floor_counts_from_the_opening_of_the_round(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    Round.objects.filter(id=row.id).update(floor=13)
    body = json.loads(gate.close(row.id).body)
    assert body["floor"] == 13
    sizes = {cell["size"] for group in body["groups"] for cell in group["cells"].values()}
    assert sizes <= {None, "13-24", "25+"}


def test_the_database_refuses_a_lowered_floor(instance: Instance) -> None:
    row = worlds.make_season().rounds.get(number=1)
    with pytest.raises(DatabaseError):
        Round.objects.filter(id=row.id).update(floor=6)


def test_a_lost_key_publishes_nothing_and_says_so(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    RoundKeys(instance.keys).destroy(row.id)
    with pytest.raises(Refused) as refused:
        gate.close(row.id)
    assert refused.value.fault is RoundFault.ROUND_KEY_LOST
    assert not PublishedRelease.objects.exists()


def test_a_refused_computation_tells_no_answer(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    scales = [{**scale, "high": 50.0} for scale in row.asked]
    Round.objects.filter(id=row.id).update(asked=scales)
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused) as refused:
        gate.close(row.id)
    assert refused.value.fault is RoundFault.ROUND_NOT_COMPUTED
    assert "scale.outside" in str(refused.value)
    assert refused.value.__context__ is None
    assert dict(refused.value.problems[0].details).keys() == {"why"}
    assert [record.getMessage() for record in caplog.records if record.name.startswith("replenish")] == []
    assert Contribution.objects.exists()
