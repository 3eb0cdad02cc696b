"""The close of a round is killed at every point it passes, and then resumed.

Whatever the point: one release with the bytes of an undisturbed close, no contribution left, the key gone,
and each thing told once in the ledger.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from tests.conditions import worlds
from tests.conditions.instances import Instance, Prepared, address_of, copied, instance, prepared
from tests.conditions.interruptions import Died, Interruption

from replenish.basis import clock
from replenish.conditions import gate
from replenish.conditions.models import PublishedRelease, Round, State
from replenish.ledger.queries import entries, verify
from replenish.sealing.signing import InstanceSigner
from replenish.voices.models import Contribution, OpenRound

pytestmark = pytest.mark.patient

__all__ = ["instance", "prepared"]

ROOT = Path(__file__).resolve().parents[2]
# Who dies in the middle of reading closes no cursor; psycopg would say so.
DYING = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TOLD_ONCE = ["round_closed", "release_published", "round_key_destroyed"]


@dataclass(frozen=True)
class Ready:
    """A round on the day of its close, to be copied, and what an undisturbed close makes of it."""

    database: Prepared
    keys: Path
    round: str
    undisturbed: list[tuple[str, str, str]]
    points: list[str]


@pytest.fixture
def ready(
    instance: Instance,
    prepared: Prepared,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Ready:
    """The second round of a season whose first is closed, so that there is a chain to continue."""
    InstanceSigner(instance.keys).public_key()
    gate.close(worlds.ready_to_close(monkeypatch, place=1).id)
    row = worlds.ready_to_close(monkeypatch, place=2)
    connection.close()
    database = Prepared(instance.database, prepared.vendor)
    counted = Interruption()
    with _copy(Ready(database, instance.keys, row.id, [], []), instance.folder / "undisturbed", settings):
        with counted.installed():
            gate.close(row.id)
        undisturbed = worlds.published_bytes()
    return Ready(database, instance.keys, row.id, undisturbed, counted.passed)


@contextmanager
def _copy(ready: Ready, folder: Path, settings: Any) -> Iterator[Instance]:  # noqa: ANN401
    folder.mkdir()
    with copied(ready.database, folder) as made:
        shutil.copytree(ready.keys, made.keys)
        settings.REPLENISH_KEYS = made.keys
        yield made
    shutil.rmtree(folder)


def _die(ready: Ready, at: int) -> Interruption:
    """Begin a close and die at a point of it; what Django still tries with the dead connection fails."""
    died = Interruption(at)
    connection.ensure_connection()
    driven = connection.connection
    with suppress(Died, DatabaseError), died.installed():
        gate.close(ready.round)
    driven.close()
    connection.close()
    return died


@dataclass(frozen=True)
class Left:
    """What lies at rest after a close."""

    published: list[tuple[str, str, str]]
    releases_of_round: int
    contributions: int
    open_rounds: int
    keys_of_rounds: list[str]
    round: tuple[str, str, bool]
    told: list[str]
    ledger_unbroken: bool


def _left(ready: Ready, made: Instance) -> Left:
    row = Round.objects.get(id=ready.round)
    told = [entry.event for entry in entries(worlds.ORGANISATION) if entry.content["round"] == ready.round]
    return Left(
        published=worlds.published_bytes(),
        releases_of_round=PublishedRelease.objects.filter(round_id=ready.round).count(),
        contributions=Contribution.objects.count(),
        open_rounds=OpenRound.objects.count(),
        keys_of_rounds=worlds.key_files(made.keys),
        round=(row.state, row.claim, row.key_destroyed),
        told=sorted(told),
        ledger_unbroken=verify().unbroken,
    )


def _closed_once(ready: Ready) -> Left:
    """What an undisturbed close leaves, and every other must."""
    return Left(ready.undisturbed, 1, 0, 0, [], (State.CLOSED, "", True), sorted(TOLD_ONCE), True)


@DYING
def test_a_close_that_dies_anywhere_and_is_resumed_publishes_the_same_bytes_once(
    ready: Ready,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401
) -> None:
    assert len(ready.points) > 50
    for at, name in enumerate(ready.points, 1):
        with _copy(ready, tmp_path / f"at-{at}", settings) as made:
            assert _die(ready, at).passed[at - 1] == name
            gate.close(ready.round)
            assert _left(ready, made) == _closed_once(ready)


def _close_in_a_process(ready: Ready, made: Instance, at: int) -> int:
    """Close in a process of its own, killed at a point; its exit code."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.conditions.killed_close", ready.round, str(at)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "OMP_NUM_THREADS": "1",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "REPLENISH_INSTANCE": str(made.folder),
            "REPLENISH_DATABASE": address_of(made.database),
            "REPLENISH_KEYS": str(made.keys),
            "DAY_OF_CLOSE": clock.today().isoformat(),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode


def _left_after_a_kill(ready: Ready, folder: Path, settings: Any, at: int) -> tuple[int, Left]:  # noqa: ANN401
    """How a process ended that was killed at a point, and what the next close leaves."""
    with _copy(ready, folder, settings) as made:
        connection.close()
        ended = _close_in_a_process(ready, made, at)
        gate.close(ready.round)
        return ended, _left(ready, made)


def _points_worth_a_process(points: list[str]) -> list[int]:
    """In the middle of the one transaction, and between its commit and the end of the key."""
    deletion = next(at for at, name in enumerate(points, 1) if "delete_contributions" in name)
    key = next(at for at, name in enumerate(points, 1) if "_overwrite" in name)
    return [deletion + 1, key]


def test_a_process_killed_in_its_close_leaves_what_the_next_one_finishes(
    ready: Ready,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401
) -> None:
    for at in _points_worth_a_process(ready.points):
        ended, left = _left_after_a_kill(ready, tmp_path / f"killed-{at}", settings, at)
        assert (ended, left) == (-signal.SIGKILL, _closed_once(ready)), ready.points[at - 1]


@pytest.mark.thorough
def test_a_process_may_be_killed_at_every_point_of_its_close(
    ready: Ready,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401
) -> None:
    for at in range(1, len(ready.points) + 1):
        ended, left = _left_after_a_kill(ready, tmp_path / f"killed-{at}", settings, at)
        assert (ended, left) == (-signal.SIGKILL, _closed_once(ready)), ready.points[at - 1]


@DYING
@pytest.mark.thorough
def test_a_close_that_dies_twice_publishes_the_same_bytes_once(
    ready: Ready,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401
) -> None:
    for first in range(1, len(ready.points) + 1, 4):
        for second in range(1, len(ready.points) + 1, 5):
            with _copy(ready, tmp_path / f"{first}-{second}", settings) as made:
                for at in (first, second):
                    _die(ready, at)
                gate.close(ready.round)
                assert _left(ready, made) == _closed_once(ready)


@DYING
def test_a_close_interrupted_one_day_and_resumed_days_later_publishes_the_same_bytes(
    ready: Ready,
    tmp_path: Path,
    settings: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the first day of being visible knows when the close was: a day after it (P9)."""
    with _copy(ready, tmp_path / "later", settings) as made:
        at = ready.points.index("before compute") + 1
        _die(ready, at)
        late = clock.today() + timedelta(days=5)
        worlds.set_day(monkeypatch, late)
        assert gate.close(ready.round).visible_from == late + timedelta(days=1)
        assert _left(ready, made) == _closed_once(ready)
