"""Many half years, each lived anew through the real application, and all of them attacked together.

    python -m tests.attacks.dump_repetitions FIRST COUNT OUT.pickle

Each repetition has its own database, its own people, secrets, days and answers: nothing is reused but the
empty database, the packs and the program.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.conditions.instances import Prepared

from replenish.disclosure.attack.at_rest.dump import DumpReport, Tried, report_of, try_everything
from replenish.disclosure.attack.at_rest.vouched import KINDS

ROOT = Path(__file__).resolve().parents[2]


def repeat(first: int, count: int, *, rounds: int = 6, night_every: int = 7) -> Iterator[tuple[Tried, int]]:
    """What each repetition gave, and how many copies the thief had."""
    import pytest
    from django.conf import settings
    from tests.attacks.running_world import Story, live
    from tests.conditions.instances import copied

    prepared = _prepared()
    with schema_read_once():
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
                instance, backups = Path(folder) / "instance", Path(folder) / "backups"
                instance.mkdir()
                with copied(prepared, instance) as made:
                    patch.setattr(settings, "REPLENISH_INSTANCE", made.folder)
                    patch.setattr(settings, "REPLENISH_KEYS", made.keys)
                    lived = live(Story(seed, rounds=rounds, night_every=night_every), backups, patch)
                copies = lived.everything
                yield try_everything(copies, KINDS, lived.knowledge(), lived.owners(), seed=seed), len(copies)


@cache
def _prepared() -> Prepared:
    from django.core.management import call_command
    from tests.conditions.instances import connected

    name = str(Path(tempfile.mkdtemp(prefix="replenish-empty-")) / "replenish.sqlite3")
    with connected(name):
        call_command("migrate", verbosity=0)
    return Prepared(name, "sqlite")


@contextmanager
def schema_read_once() -> Iterator[None]:
    """Backups ask the database for its columns each time; here they stay the same, and asking is slow."""
    import pytest
    from django.db.backends.base.base import BaseDatabaseWrapper

    from replenish.safekeeping import backup, rows

    with pytest.MonkeyPatch.context() as patch:
        known: dict[str, rows.Table] = {}

        def remembered(connection: BaseDatabaseWrapper, name: str) -> rows.Table:
            if name not in known:
                known[name] = rows.describe(connection, name)
            return known[name]

        patch.setattr(backup, "describe", remembered)
        yield


def in_processes(count: int, processes: int) -> DumpReport:
    """All repetitions, shared between processes, judged together."""
    with tempfile.TemporaryDirectory() as folder:
        share = -(-count // processes)
        running = [
            (out := Path(folder) / f"{first}.pickle", _start(first, min(share, count - first), out))
            for first in range(0, count, share)
        ]
        tried: list[Tried] = []
        copies = 0
        for out, process in running:
            if process.wait():
                raise RuntimeError(f"a process ended with {process.returncode}")
            for one, number in pickle.loads(out.read_bytes()):  # noqa: S301 - written a moment ago by this
                tried.append(one)
                copies = max(copies, number)
    return report_of(tried, copies)


def _start(first: int, count: int, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.attacks.dump_repetitions", str(first), str(count), str(out)]
    environment = {key: value for key, value in os.environ.items() if key != "REPLENISH_INSTANCE"}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "OMP_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(command, cwd=ROOT, env=environment)


if __name__ == "__main__":
    import django

    django.setup()
    FIRST, COUNT, OUT = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    OUT.write_bytes(pickle.dumps(list(repeat(FIRST, COUNT))))
