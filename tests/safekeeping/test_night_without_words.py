"""What breaks unexpectedly in a night tells no value, and keeps nobody else waiting."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance

from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate, rounds
from replenish.conditions.models import Round, State
from replenish.voices.models import Contribution


def test_an_error_of_the_computation_tells_no_answer_and_stops_no_other_round(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = worlds.ready_to_close(monkeypatch)
    other = worlds.make_season(organisation="1" * 32)
    second = worlds.open_planned(other)

    def broken(terms: object, groups: object, scores: object) -> object:
        message = "83.5 is out of bounds"
        raise IndexError(message)

    with monkeypatch.context() as patch:
        patch.setattr(gate, "compute", broken)
        outcomes = rounds.close_due()
    assert {outcome.round for outcome in outcomes} == {row.id, second.id}
    for outcome in outcomes:
        assert outcome.refused is not None
        assert outcome.refused.fault is RoundFault.ROUND_NOT_COMPUTED
        assert "83.5" not in str(outcome.refused)
        assert outcome.refused.__context__ is None
    assert Contribution.objects.exists()
    assert {outcome.refused for outcome in rounds.close_due()} == {None}
    assert set(Round.objects.filter(id__in=[row.id, second.id]).values_list("state", flat=True)) == {
        State.CLOSED
    }


def test_an_error_of_a_command_is_written_as_its_kind_and_its_places() -> None:
    """A database quotes the row it could not write; the server's log would keep it."""
    program = (
        "from replenish.cli.running import prepare\n"
        "prepare(database=False)\n"
        "try:\n"
        "    raise KeyError('seat 4711')\n"
        "except KeyError as error:\n"
        "    raise ValueError('Key (name)=(4711) already exists') from error\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "4711" not in ended.stderr
    assert "ValueError" in ended.stderr
