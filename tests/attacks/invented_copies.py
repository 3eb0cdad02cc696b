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

    def secret(*purpose: str) -> str:
        return hashlib.sha256(repr((seed, *purpose)).encode()).hexdigest()

    def voice(name: str, period: str) -> str:
        return secret(name, "voice" if fault == "voice stable across rounds" else period)

    def box(name: str) -> str:
        return secret(name, "seat" if fault == "seat and box share a value" else "box")

    def snapshot(moment: float) -> Snapshot:
        seats: list[tuple[Cell, ...]] = []
        boxes: list[tuple[Cell, ...]] = []
        voices: list[tuple[float, tuple[Cell, ...]]] = []
        lines: list[str] = []
        for member in members:
            done = [at for at in member.seen if at < moment]
            kept = hashlib.sha256(repr((seed, member.name, len(done))).encode()).digest()
            sealed = kept if fault == "boxes change only when used" else draw.bytes(32)
            if fault == "boxes grow":
                sealed = draw.bytes(32 * (1 + len(done)))
            seats.append((secret(member.name, "seat"), "group 1", *_last(done, fault)))
            boxes.append((box(member.name), sealed))
            lines += [f"{_stamp(at)} saved {box(member.name)}" for at in done] if fault == "log" else []
            for period, (first, last) in periods.items():
                inside = [at for at in done if first <= at]
                if inside and first <= moment < last and moment > last - 4:
                    row = (voice(member.name, period), period, "group 1", draw.bytes(64))
                    voices.append((inside[0] if fault == "insertion order" else 0.0, row))
        voices.sort()
        columns = ("name", "unit", "last_seen") if fault == "last seen" else ("name", "unit")
        return Snapshot(
            moment,
            (
                Table("seat", columns, tuple(sorted(seats, key=lambda row: str(row[0])))),
                Table("box", ("name", "wrapped"), tuple(sorted(boxes, key=lambda row: str(row[0])))),
                Table("voice", ("voice", "round", "group", "sealed"), tuple(row for _, row in voices)),
            ),
            texts={"log": "\n".join(lines)},
        )

    owners = {
        "seat": {("", secret(name, "seat")): name for name in names},
        "box": {("", box(name)): name for name in names},
        "voice": {
            (period, voice(member.name, period)): member.name
            for member in members
            for period in periods
            if knowledge.seen_in(member, period)
        },
    }
    return Copies(tuple(snapshot(float(day)) for day in range(1, 168, 3)), knowledge, owners)


def _last(done: list[float], fault: str) -> tuple[Cell, ...]:
    return (_stamp(done[-1]) if done else None,) if fault == "last seen" else ()


def _stamp(day: float) -> str:
    return str(np.datetime64("1970-01-01T00:00:00") + np.timedelta64(int(day * 86_400), "s"))
