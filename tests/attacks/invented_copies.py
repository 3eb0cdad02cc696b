"""Copies of an invented database, right but for the one fault asked for; no application is driven."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from replenish.disclosure.attack.at_rest.dump import Owners
from replenish.disclosure.attack.at_rest.knowledge import Kind, Knowledge, Member
from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, Table

ROUNDS = 6
KINDS = (
    Kind("seat", ("seat",), "name", "unit"),
    Kind("box", ("box",), "name"),
    Kind("voice", ("voice",), "voice", "group", "round"),
)


@dataclass(frozen=True)
class Copies:
    """What a dump attack is given."""

    snapshots: tuple[Snapshot, ...]
    knowledge: Knowledge
    owners: Owners


def invented_copies(seed: int, fault: str = "", people: int = 12) -> Copies:
    """Half a year of copies, one every three days and some within a round; six rounds of four weeks."""
    draw = np.random.default_rng(seed)
    names = [f"Kim Example{number:02d}" for number in range(people)]
    periods = {f"round {number}": (28.0 * number, 28.0 * (number + 1)) for number in range(ROUNDS)}
    seen = {
        name: tuple(float(7 * week + 5 * draw.random()) for week in range(24) if draw.random() < 0.7)
        for name in names
    }
    members = tuple(Member(name, frozenset(["group 1"]), 0.0, seen[name]) for name in names)
    knowledge = Knowledge(members, periods)
    drawn = _Drawn(seed, fault, knowledge, draw)
    owners = {
        "seat": {("", drawn.secret(name, "seat")): name for name in names},
        "box": {("", drawn.box(name)): name for name in names},
        "voice": {
            (period, drawn.voice(member.name, period)): member.name
            for member in members
            for period in periods
            if knowledge.seen_in(member, period)
        },
    }
    return Copies(tuple(drawn.copy(float(day)) for day in range(1, 168, 3)), knowledge, owners)


@dataclass(frozen=True)
class _Drawn:
    """A database as it would be, at any moment."""

    seed: int
    fault: str
    knowledge: Knowledge
    draw: np.random.Generator

    def secret(self, *purpose: str) -> str:
        return hashlib.sha256(repr((self.seed, *purpose)).encode()).hexdigest()

    def voice(self, name: str, period: str) -> str:
        return self.secret(name, "voice" if self.fault == "voice stable across rounds" else period)

    def box(self, name: str) -> str:
        return self.secret(name, "seat" if self.fault == "seat and box share a value" else "box")

    def sealed(self, name: str, done: int) -> bytes:
        if self.fault == "boxes change only when used":
            return hashlib.sha256(repr((self.seed, name, done)).encode()).digest()
        return self.draw.bytes(32 * (1 + done) if self.fault == "boxes grow" else 32)

    def copy(self, moment: float) -> Snapshot:
        seats: list[tuple[Cell, ...]] = []
        boxes: list[tuple[Cell, ...]] = []
        lines: list[str] = []
        for member in self.knowledge.members:
            done = [at for at in member.seen if at < moment]
            seats.append((self.secret(member.name, "seat"), "group 1", *_last(done, self.fault)))
            boxes.append((self.box(member.name), self.sealed(member.name, len(done))))
            if self.fault == "log":
                lines += [f"{_stamp(at)} saved {self.box(member.name)}" for at in done]
        columns = ("name", "unit", "last_seen") if self.fault == "last seen" else ("name", "unit")
        return Snapshot(
            moment,
            (
                Table("seat", columns, tuple(sorted(seats, key=lambda row: str(row[0])))),
                Table("box", ("name", "wrapped"), tuple(sorted(boxes, key=lambda row: str(row[0])))),
                Table("voice", ("voice", "round", "group", "sealed"), self.voices(moment)),
            ),
            texts={"log": "\n".join(lines)},
        )

    def voices(self, moment: float) -> tuple[tuple[Cell, ...], ...]:
        """The voices of the round in its last days."""
        rows: list[tuple[float, tuple[Cell, ...]]] = []
        for period, (first, last) in self.knowledge.periods.items():
            for member in self.knowledge.members:
                inside = [at for at in member.seen if first <= at < moment]
                if inside and last - 4 < moment < last:
                    row = (self.voice(member.name, period), period, "group 1", self.draw.bytes(64))
                    rows.append((inside[0] if self.fault == "insertion order" else 0.0, row))
        return tuple(row for _, row in sorted(rows))


def _last(done: list[float], fault: str) -> tuple[Cell, ...]:
    return (_stamp(done[-1]) if done else None,) if fault == "last seen" else ()


def _stamp(day: float) -> str:
    return str(np.datetime64("1970-01-01T00:00:00") + np.timedelta64(int(day * 86_400), "s"))
