"""Closing a round with 100,000 contributions in 50 scales: seconds, memory, and the price of being careful.

    python -m bench.close_round [--people N] [--scales N] [--outcomes N] [--evidence]

An installation on SQLite is made with one open round, every contribution sealed to its key and wrapped in the
layer of the night, as check-ins leave them; teams are those of the simulated world, about nine people each.
Three processes then work on copies of it: one closes the round (`gate.close`); the named peer only reads and
opens the same contributions (`voices.microdata`), which no way of closing can avoid; a third closes a round
of half the size, which shows how the cost grows. Starting Python is left out of the seconds, and in the peak
of memory it is included. What everything after the close costs (`queries.releases`) is measured in the first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from bench.timing import keep_evidence, machine_line

from replenish.basis import clock

SECONDS_LIMIT = 30.0
MEMORY_LIMIT = 1024**3
ANSWERING = 0.85
BEGINS = date(2026, 1, 5)
ORGANISATION = "0" * 32
LEAST_TEAM, MEDIAN_TEAM, MOST_TEAM = 4, 9, 30


@dataclass(frozen=True)
class Step:
    """What one process took.

    Attributes:
        seconds: wall time.
        processor: processor time, which a busy machine does not lengthen.
        peak: peak resident memory of the process in bytes, Python and its libraries included.
        groups: reporting groups of the release; 0 where none was made.
        reading: seconds to read and check the release afterwards; 0 where none was made.
    """

    seconds: float
    processor: float
    peak: int
    groups: int = 0
    reading: float = 0.0


@dataclass(frozen=True)
class Figures:
    """One run; `ratio` is the close over the peer, `growth` the close over that of half the people."""

    contributions: int
    scales: int
    outcomes: int
    close: Step
    peer: Step
    half: Step

    @property
    def ratio(self) -> float:
        """How many times as long the close takes as reading and opening alone."""
        return self.close.processor / self.peer.processor

    @property
    def growth(self) -> float:
        """How many times as long it takes for twice the people."""
        return self.close.processor / self.half.processor

    @property
    def met(self) -> bool:
        """Whether both targets are met."""
        return self.close.seconds < SECONDS_LIMIT and self.close.peak < MEMORY_LIMIT


def measure(people: int, scales: int, outcomes: int) -> Figures:
    """Prepare, then close and read in processes of their own."""
    with tempfile.TemporaryDirectory() as place:
        whole, half = Path(place) / "whole", Path(place) / "half"
        for folder, count in ((whole, people), (half, people // 2)):
            folder.mkdir()
            _child("prepare", folder, count, scales, outcomes)
        peer = Path(place) / "peer"
        shutil.copytree(whole, peer)
        return Figures(
            people,
            scales,
            outcomes,
            close=_step("close", whole),
            peer=_step("peer", peer),
            half=_step("close", half),
        )


def _step(mode: str, folder: Path) -> Step:
    took = _child(mode, folder)
    return Step(took["seconds"], took["processor"], int(took["peak"]), int(took["groups"]), took["reading"])


def _child(mode: str, folder: Path, *more: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.close_round", "--child", mode, str(folder), *map(str, more)]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "replenish.site.settings",
        "REPLENISH_INSTANCE": str(folder),
    }
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the child '{mode}' stopped:\n{done.stderr}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _prepare(people: int, scales: int, outcomes: int) -> None:
    """One open round with its contributions, on the day of its close."""
    from django.core.management import call_command

    from replenish.conditions.models import Round, Season, State
    from replenish.conditions.partitions import people_by_group
    from replenish.disclosure.partition import plan_partition

    call_command("migrate", verbosity=0)
    headcount = _teams(people)
    partition = plan_partition(headcount)
    codes = {group.label: f"{place:032x}" for place, group in enumerate(partition.groups)}
    season = Season.objects.create(
        id="5" * 32, organisation=ORGANISATION, number=1, starts_on=BEGINS, partition=partition.to_plain(),
        headcount={}, unit_codes={}, unit_paths={}, group_codes=codes,
    )  # fmt: skip
    names = [f"scale{place:02d}" for place in range(scales)]
    roles = ["outcome"] * outcomes + ["condition"] * (scales - outcomes)
    Round.objects.create(
        id="7" * 32, season=season, number_in_season=1, number=1, starts_on=BEGINS,
        closes_on=BEGINS + timedelta(weeks=4), state=State.OPEN,
        people=people_by_group(partition, headcount),
        asked=[
            {"name": name, "low": 0.0, "high": 100.0, "role": role}
            for name, role in zip(names, roles, strict=True)
        ],
    )  # fmt: skip
    _contribute(names, [codes[partition.group_of(unit)] for unit, n in headcount.items() for _ in range(n)],
                people)  # fmt: skip


def _teams(answering: int) -> dict[tuple[str, ...], int]:
    """Teams of 4 to 30 in services of eight, until enough people work there."""
    rng = np.random.default_rng(1)
    teams: dict[tuple[str, ...], int] = {}
    while sum(teams.values()) * ANSWERING < answering:
        size = int(np.clip(np.round(rng.lognormal(np.log(MEDIAN_TEAM), 0.5)), LEAST_TEAM, MOST_TEAM))
        teams[f"Service {len(teams) // 8:04d}", f"Team {len(teams):05d}"] = size
    return teams


def _contribute(names: list[str], groups: list[str], count: int) -> None:
    """Seal and write a contribution for as many people, chosen by chance."""
    from django.conf import settings
    from django.db import transaction

    from replenish.sealing.contribution import encode_scores
    from replenish.sealing.round_key import RoundKeys, seal_contribution
    from replenish.voices.models import Contribution, OpenRound
    from replenish.voices.night_key import key_for_writing, wrap_row

    rng = np.random.default_rng(2)
    chosen = np.sort(rng.choice(len(groups), count, replace=False))
    level = {code: rng.normal(0, 8, len(names)) for code in sorted(set(groups))}
    recipient = RoundKeys(settings.REPLENISH_KEYS).create("7" * 32)
    with transaction.atomic():
        OpenRound.objects.create(
            id="7" * 32, season="5" * 32, number=1, recipient=recipient, scales=names, packs={},
            starts_on=BEGINS, closes_on=BEGINS + timedelta(weeks=4),
        )  # fmt: skip
        key = key_for_writing()
        rows = []
        for place in chosen.tolist():
            values = np.clip(
                50 + level[groups[place]] + rng.normal(0, 10) + rng.normal(0, 12, len(names)), 0, 100
            )
            values[rng.random(len(names)) < 0.05] = np.nan
            payload = encode_scores(names, dict(zip(names, values.tolist(), strict=True)))
            voice = rng.bytes(32).hex()
            sealed = wrap_row(key, voice, seal_contribution(recipient, payload))
            rows.append(Contribution(voice=voice, round_id="7" * 32, group=groups[place], sealed=sealed))
        Contribution.objects.bulk_create(rows, batch_size=200)


def _close() -> Step:
    from replenish.conditions import gate, queries

    begun, processor = time.perf_counter(), time.process_time()
    gate.close("7" * 32)
    seconds, processor = time.perf_counter() - begun, time.process_time() - processor
    peak = _peak()
    _set_day(BEGINS + timedelta(weeks=5))
    begun = time.perf_counter()
    (published,) = queries.releases(ORGANISATION)
    return Step(seconds, processor, peak, len(published.release.groups), time.perf_counter() - begun)


def _peer() -> Step:
    from django.conf import settings

    from replenish.sealing.round_key import RoundKeys
    from replenish.voices.microdata import read_contributions
    from replenish.voices.rounds import stop_accepting

    begun, processor = time.perf_counter(), time.process_time()
    stop_accepting("7" * 32)
    read_contributions("7" * 32, RoundKeys(settings.REPLENISH_KEYS).opener("7" * 32))
    return Step(time.perf_counter() - begun, time.process_time() - processor, _peak())


def _set_day(day: date) -> None:
    clock.now = lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _run_child(mode: str, more: list[int]) -> None:
    import django

    django.setup()
    _set_day(BEGINS + timedelta(weeks=4))
    if mode == "prepare":
        _prepare(*more)
        print("{}")
        return
    print(json.dumps(asdict({"close": _close, "peer": _peer}[mode]())))


def _peak() -> int:
    """Peak memory of this process in bytes; `VmHWM` begins anew with each program on Linux."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _print(figures: Figures) -> None:
    close, peer, half = figures.close, figures.peer, figures.half
    print(f"{figures.contributions:,} contributions, {figures.scales} scales, {close.groups:,} groups shown")
    verdict = "met" if close.seconds < SECONDS_LIMIT else "MISSED"
    print(f"  close   {close.seconds:6.2f} s (under {SECONDS_LIMIT:g} s: {verdict})")
    print(f"  of it processor time {close.processor:6.2f} s")
    verdict = "met" if close.peak < MEMORY_LIMIT else "MISSED"
    print(f"  memory  {close.peak / 1e6:6.0f} MB at the peak (under 1,074 MB: {verdict})")
    print(
        f"  peer    {peer.seconds:6.2f} s, processor {peer.processor:6.2f} s: only reading and opening them"
    )
    print(f"  ratio   {figures.ratio:6.2f}, processor of the close over that of the peer")
    print(f"  growth  {figures.growth:6.2f}, over a close of half the people ({half.processor:.2f} s)")
    a_group = 1e3 * close.reading / close.groups
    print(f"  after   {close.reading:6.2f} s to read the release back, {a_group:.2f} ms a group")


def main() -> int:
    """Print the figures; 1 when a target is missed."""
    if sys.argv[1:2] == ["--child"]:
        _run_child(sys.argv[2], [int(number) for number in sys.argv[4:]])
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--scales", type=int, default=50)
    parser.add_argument("--outcomes", type=int, default=4)
    parser.add_argument("--evidence", action="store_true", help="keep them in docs/evidence/close_round.json")
    chosen = parser.parse_args()
    print(machine_line())
    figures = measure(chosen.people, chosen.scales, chosen.outcomes)
    _print(figures)
    if chosen.evidence:
        derived = {"ratio": figures.ratio, "growth": figures.growth}
        print(f"kept in {keep_evidence('close_round', {**asdict(figures), **derived})}")
    return 0 if figures.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
