"""Joining, checking in and opening one's page, against a bare Django view that does one insert.

    python -m bench.web_requests [--rounds N] [--seconds S] [--people N] [--database sqlite|postgresql]
                                    [--evidence]

The named peer is a view of this project, with its settings and its middleware, as any view of it has them. A
stricter one beside it has no middleware and no other address. All are served as `replenish serve` does it, on
the same database: SQLite, then PostgreSQL as it comes, every commit on the disk.
In each round ours stands between the two peers, measured one right after the other; a ratio is the median of
the ratios of the rounds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.timing import PeerMissing, keep_evidence, machine_line
from bench.web.load import Measured, free_port, measure, wait_until_there
from bench.web.people import Requests, make_people

from replenish.cli.serve import server_command

TARGET = 0.6
ROOT = Path(__file__).resolve().parent.parent
OK, SEE_OTHER = 200, 302


@dataclass(frozen=True)
class Beside:
    """The named peer, ours and the stricter peer, measured one right after the other."""

    peer: Measured
    ours: Measured
    strict: Measured


@dataclass(frozen=True)
class Figure:
    """One kind of request on one database."""

    database: str
    request: str
    ratio: float
    per_second: float
    p99_milliseconds: float
    peer_per_second: float
    peer_p99_milliseconds: float
    strict_ratio: float
    strict_per_second: float
    strict_p99_milliseconds: float
    load_busy: float

    @property
    def within_target(self) -> bool:
        """Whether the published target is met."""
        return self.ratio >= TARGET


def measure_database(address: str, folder: Path, chosen: argparse.Namespace) -> list[Figure]:
    """Prepare a database, serve both from it, and measure in pairs."""
    name = "PostgreSQL" if address else "SQLite"
    environment = {
        **os.environ, "REPLENISH_INSTANCE": str(folder), "REPLENISH_DATABASE": address,
        "REPLENISH_HOSTS": "localhost", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }  # fmt: skip
    joining = int(chosen.joins_per_second * chosen.seconds * (chosen.rounds + 1))
    requests = prepared(environment, chosen.people, joining)
    kinds: dict[str, tuple[Callable[[], bytes], int]] = {
        "joining": (requests.join, SEE_OTHER),
        "checking in": (requests.check_in, OK),
        "opening one's page": (requests.open_page, OK),
    }
    rounds: dict[str, list[Beside]] = {kind: [] for kind in kinds}
    with (
        served("bench.web.project_peer:application", environment) as peer,
        served("bench.web.ours:application", environment) as ours,
        served("bench.web.peer:application", environment) as strict,
    ):
        for number in range(chosen.rounds + 1):
            seconds = chosen.seconds if number else 1.0
            for kind, (request, status) in kinds.items():
                beside = Beside(
                    measure(peer, requests.insert_in_project, OK, seconds=seconds),
                    measure(ours, request, status, seconds=seconds),
                    measure(strict, requests.insert, OK, seconds=seconds),
                )
                if number:  # the first round warms all three
                    rounds[kind].append(beside)
    return [_figure(name, kind, found) for kind, found in rounds.items()]


def prepared(environment: dict[str, str], people: int, joining: int) -> Requests:
    """Make tables, keys and people in this process, which the servers then find."""
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "replenish.site.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from bench.web.peer_models import Line

    from replenish.cli.serve import prepare_folders

    prepare_folders(settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS)
    call_command("migrate", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        editor.create_model(Line)
    requests = make_people(people, joining)
    connection.close()
    return requests


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[int]:
    """An application as `replenish serve` would serve it; the port it listens on."""
    port = free_port()
    database = "postgresql" if environment["REPLENISH_DATABASE"] else "sqlite"
    command = server_command("127.0.0.1", port, database, application)
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        wait_until_there(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _figure(database: str, request: str, rounds: list[Beside]) -> Figure:
    def middle(value: Callable[[Beside], float]) -> float:
        return statistics.median(value(beside) for beside in rounds)

    return Figure(
        database,
        request,
        ratio=middle(lambda beside: beside.ours.per_second / beside.peer.per_second),
        per_second=middle(lambda beside: beside.ours.per_second),
        p99_milliseconds=middle(lambda beside: beside.ours.p99_milliseconds),
        peer_per_second=middle(lambda beside: beside.peer.per_second),
        peer_p99_milliseconds=middle(lambda beside: beside.peer.p99_milliseconds),
        strict_ratio=middle(lambda beside: beside.ours.per_second / beside.strict.per_second),
        strict_per_second=middle(lambda beside: beside.strict.per_second),
        strict_p99_milliseconds=middle(lambda beside: beside.strict.p99_milliseconds),
        load_busy=middle(lambda beside: beside.peer.busy),
    )


def _print(figures: list[Figure]) -> None:
    for one in figures:
        met = "" if one.within_target else f"   target {TARGET} missed"
        print(
            f"{one.database:<10} {one.request:<19} {one.ratio:.2f} x the bare insert in the project,"
            f" {one.strict_ratio:.2f} x without middleware"
            f"   {one.per_second:5.0f}/s, p99 {one.p99_milliseconds:5.1f} ms"
            f"   (bare {one.peer_per_second:5.0f}/s, p99 {one.peer_p99_milliseconds:5.1f} ms;"
            f" without middleware {one.strict_per_second:5.0f}/s, p99 {one.strict_p99_milliseconds:5.1f} ms;"
            f" load {one.load_busy:.0%} of a core){met}",
            flush=True,
        )


def _on(database: str, chosen: argparse.Namespace) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            return measure_database("", Path(folder) / "instance", chosen)
        from tests.databases.postgresql import PostgresqlMissing, start_server

        try:
            server = start_server(settings=("max_connections=60",))
        except PostgresqlMissing as missing:
            raise PeerMissing(str(missing)) from missing
        try:
            return measure_database(server.address, Path(folder) / "instance", chosen)
        finally:
            server.stop()


def main() -> int:
    """Measure, print, and keep the evidence when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--joins-per-second", type=int, default=3000, help="how many slips to prepare")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="this one only")
    parser.add_argument("--evidence", action="store_true", help="keep the figures in docs/evidence")
    chosen = parser.parse_args()
    # In a process for each, because Django knows one database for its whole life.
    figures: list[Figure] = []
    print(machine_line())
    for database in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        with multiprocessing.get_context("spawn").Pool(1) as one:
            found = one.apply(_on, (database, chosen))
        _print(found)
        figures += found
    if chosen.evidence:
        keep_evidence("web_requests", {f"{one.database}, {one.request}": asdict(one) for one in figures})
    return 0 if all(one.within_target for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
