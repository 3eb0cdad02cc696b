"""People and rows in the same terms: orders, activity between copies, moments, and words they carry."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.at_rest.knowledge import Knowledge, Member
from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, moment_of
from replenish.disclosure.attack.at_rest.trails import Trail

Floats = NDArray[np.float64]
SHORTEST_WORD = 8
"""Shorter texts and numbers are shared by accident."""

HEX_START = 16
"""Digits of a name that a careless log line might show."""


@dataclass(frozen=True)
class Side:
    """One side of a pairing: people, or rows of one kind.

    Attributes:
        names: one for each, used to judge the outcome and in texts, never to find it.
        places: groups and units each is known to belong to; empty where nothing is known.
        orders: what puts them in an order -> one number each, NaN where unknown.
        activity: kind of activity -> shape (each, copies): 1 where it happened since the copy before, 0 where
            it did not, NaN where unknown.
        moments: kind of moment -> for each, moments in days.
        words: for each, texts that stand with it.
    """

    names: tuple[str, ...]
    places: tuple[frozenset[str], ...]
    orders: Mapping[str, Floats]
    activity: Mapping[str, Floats]
    moments: Mapping[str, tuple[tuple[float, ...], ...]]
    words: tuple[frozenset[str], ...]


def side_of_people(
    members: Sequence[Member], knowledge: Knowledge, snapshots: Sequence[Snapshot], period: str | None
) -> Side:
    """People as the thief knows them, with what they did in one round or altogether."""
    seen = [knowledge.seen_in(member, period) for member in members]
    copies = np.array([snapshot.moment for snapshot in snapshots])
    alphabet = {name: float(at) for at, name in enumerate(sorted(member.name for member in members))}
    orders = {
        "the alphabet": np.array([alphabet[member.name] for member in members]),
        "joining": np.array([member.joined for member in members]),
        "first answer": np.array([min(moments, default=np.nan) for moments in seen]),
        "last answer": np.array([max(moments, default=np.nan) for moments in seen]),
        "number of answers": np.array([float(len(moments)) for moments in seen]),
    }
    activity = {
        "joins": np.array([_since(copies, [member.joined]) for member in members]),
        "answers": np.array([_since(copies, moments) for moments in seen]),
        "answers first": np.array([_since(copies, sorted(moments)[:1]) for moments in seen]),
        "answers last": np.array([_since(copies, sorted(moments)[-1:]) for moments in seen]),
    }
    return Side(
        tuple(member.name for member in members),
        tuple(member.group for member in members),
        orders,
        activity,
        {"answers": tuple(seen), "joining": tuple((member.joined,) for member in members)},
        tuple(frozenset([member.name.casefold()]) for member in members),
    )


def _since(copies: Floats, moments: Iterable[float]) -> Floats:
    """1 for each copy before which, and after the one before, something happened."""
    row = np.zeros(copies.size)
    for moment in moments:
        at = int(np.searchsorted(copies, moment))
        if at < copies.size:
            row[at] = 1.0
    return row


def side_of_rows(trails: Sequence[Trail], knowledge: Knowledge, snapshots: Sequence[Snapshot]) -> Side:
    """Rows of one kind, with everything that is told by where they lie and what they say."""
    orders = _orders(trails, snapshots)
    moments: dict[str, tuple[tuple[float, ...], ...]] = {}
    for column in _columns(trails):
        told = tuple(_moments_told(trail, column) for trail in trails)
        if any(told):
            moments[f"the column {column}"] = told
    lines = [_lines_about(trail, snapshots) for trail in trails]
    if any(lines):
        moments["lines of a log"] = tuple(
            tuple(moment for line in own if (moment := moment_of(line)) is not None) for own in lines
        )
    return Side(
        tuple(" ".join(trail.name).strip() for trail in trails),
        tuple(knowledge.places(trail.place) for trail in trails),
        orders,
        _activity(trails, len(snapshots)),
        moments,
        tuple(_words(trail, own) for trail, own in zip(trails, lines, strict=True)),
    )


def _columns(trails: Sequence[Trail]) -> list[str]:
    if not trails:
        return []
    plain = {trails[0].kind.place, trails[0].kind.period}
    return sorted({name for trail in trails for name in trail.sightings[-1].cells} - plain)


def _orders(trails: Sequence[Trail], snapshots: Sequence[Snapshot]) -> dict[str, Floats]:
    """Where the rows lie, and what their columns say, in the first and last copies that show most."""
    out: dict[str, Floats] = {}
    if not trails:
        return out
    for copy, title in _telling_copies(trails).items():
        here = [
            next((sighting for sighting in trail.sightings if sighting.copy == copy), None)
            for trail in trails
        ]
        raw = snapshots[copy].raw
        places = {name for sighting in here if sighting for name in sighting.orders}
        for name in sorted(places):
            out[f"{name}, {title}"] = np.array(
                [sighting.orders.get(name, np.nan) if sighting else np.nan for sighting in here]
            )
        if raw:
            keys = [str(trail.name[1]).encode() for trail in trails]
            out[f"first place in the file, {title}"] = np.array([float(raw.find(key)) for key in keys])
            out[f"last place in the file, {title}"] = np.array([float(raw.rfind(key)) for key in keys])
        for column in _columns(trails):
            numbers = np.array(
                [_number(sighting.cells.get(column)) if sighting else np.nan for sighting in here]
            )
            out[f"the column {column}, {title}"] = numbers
    return out


def _telling_copies(trails: Sequence[Trail]) -> dict[int, str]:
    counts: dict[int, int] = {}
    for trail in trails:
        for copy in trail.copies:
            counts[copy] = counts.get(copy, 0) + 1
    fullest = max(counts.values())
    full = [copy for copy, count in counts.items() if count == fullest]
    return {min(full): "first full copy", max(full): "last full copy"}


def _number(cell: Cell) -> float:
    """A number that may put rows in an order: a number, a moment, or the length of a sealed text."""
    if isinstance(cell, bytes):
        return float(len(cell))
    if isinstance(cell, int | float):
        return float(cell)
    moment = moment_of(cell)
    return np.nan if moment is None else moment


def _activity(trails: Sequence[Trail], copies: int) -> dict[str, Floats]:
    appears = np.zeros((len(trails), copies))
    goes = np.zeros((len(trails), copies))
    columns = _columns(trails)
    changes = {column: np.full((len(trails), copies), np.nan) for column in columns}
    grows = {column: np.full((len(trails), copies), np.nan) for column in columns}
    for at, trail in enumerate(trails):
        appears[at, trail.copies[0]] = 1.0
        if trail.copies[-1] + 1 < copies:
            goes[at, trail.copies[-1] + 1] = 1.0
        for before, after in zip(trail.sightings, trail.sightings[1:], strict=False):
            if after.copy != before.copy + 1:
                continue
            for column in columns:
                old, new = before.cells.get(column), after.cells.get(column)
                changes[column][at, after.copy] = float(old != new)
                if isinstance(old, bytes | str) and isinstance(new, bytes | str):
                    grows[column][at, after.copy] = float(len(old) != len(new))
    out = {"appears": appears, "goes": goes}
    out |= {f"{column} changes": told for column, told in changes.items()}
    return out | {f"{column} changes its size": told for column, told in grows.items()}


def _moments_told(trail: Trail, column: str) -> tuple[float, ...]:
    told = {moment_of(sighting.cells.get(column)) for sighting in trail.sightings}
    return tuple(sorted(moment for moment in told if moment is not None))


def _lines_about(trail: Trail, snapshots: Sequence[Snapshot]) -> tuple[str, ...]:
    """Lines of any text in which the row is named, by its whole name or its first digits."""
    start = trail.name[1][:HEX_START]
    if len(start) < SHORTEST_WORD:
        return ()
    return tuple(
        sorted(
            {
                line
                for snapshot in snapshots
                for text in snapshot.texts.values()
                if start in text
                for line in text.splitlines()
                if start in line
            }
        )
    )


def _words(trail: Trail, lines: Sequence[str]) -> frozenset[str]:
    """Texts that stand in the row or in lines about it, and their digests; sealed bytes by their ends."""
    words = {trail.name[1], *_pieces(" ".join(lines))}
    for sighting in trail.sightings:
        for column, cell in sighting.cells.items():
            if column in (trail.kind.place, trail.kind.period):
                continue
            if isinstance(cell, str):
                words |= _pieces(cell)
            elif isinstance(cell, bytes):
                words |= {cell[:32].hex(), cell[-32:].hex()}
    words |= {hashlib.sha256(word.encode()).hexdigest() for word in words}
    return frozenset(word.casefold() for word in words if len(word) >= SHORTEST_WORD)


def _pieces(text: str) -> set[str]:
    return {text, *re.findall(rf"[\w@.+-]{{{SHORTEST_WORD},}}", text)}


def is_telling(numbers: Floats) -> bool:
    """Whether an order puts at least two in different places."""
    known = numbers[~np.isnan(numbers)]
    return known.size > 1 and not math.isclose(float(known.min()), float(known.max()), abs_tol=0.0)
