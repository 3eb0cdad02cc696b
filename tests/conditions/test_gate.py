"""The gate: what a close leaves, what it refuses, and what can never change its bytes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance

from replenish.conditions import gate
from replenish.conditions.models import PublishedRelease, State
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
