"""The unit tree through time, as a function of dated places. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.identifiers import content_hash
from replenish.people.names import look


@dataclass(frozen=True)
class Place:
    """Where a unit stands and what it is called, from a day until (not including) another."""

    unit: str
    parent: str | None
    name: str
    from_date: date
    until_date: date | None

    def holds(self, on: date) -> bool:
        """Whether it is the unit's place on this day."""
        return self.from_date <= on and (self.until_date is None or on < self.until_date)


@dataclass(frozen=True)
class UnitInTree:
    """A unit as it stands on one day.

    Attributes:
        unit: its id.
        parent: the id of the unit above; None at the top.
        name: what it is called.
        path: the names from the top down to its own.
        is_leaf: whether no unit stands below it.
    """

    unit: str
    parent: str | None
    name: str
    path: tuple[str, ...]
    is_leaf: bool


def tree_on(places: Iterable[Place], on: date) -> tuple[UnitInTree, ...]:
    """The units that stand on a day, in the order of their paths."""
    standing = _standing(places, on)
    parents = {place.parent for place in standing.values()}
    units = (
        UnitInTree(unit, place.parent, place.name, _path(standing, unit), unit not in parents)
        for unit, place in standing.items()
    )
    return tuple(sorted(units, key=lambda unit: (unit.path, unit.unit)))


def subtree(tree: Iterable[UnitInTree], top: str) -> frozenset[str]:
    """A unit and all below it; empty where it does not stand."""
    above = {unit.unit: unit.parent for unit in tree}
    return frozenset(unit for unit in above if top in _lineage(above, unit))


def tree_hash(tree: Iterable[UnitInTree]) -> str:
    """A hash of which units there are, where they stand and what they are called."""
    return content_hash(sorted([unit.unit, unit.parent or "", unit.name] for unit in tree))


def require_sound(places: Sequence[Place], *, since: date) -> None:
    """See that the tree holds together on a day and after every later change that is already known.

    Raises:
        Refused: a unit stands below itself, below one that does not stand, or beside one of its name.
    """
    changes = {day for place in places for day in (place.from_date, place.until_date) if day}
    for on in sorted({since, *(day for day in changes if day > since)}):
        standing = _standing(places, on)
        _require_parents(standing, places, on)
        _require_no_cycle(standing)
        _require_own_names(standing)


def _standing(places: Iterable[Place], on: date) -> dict[str, Place]:
    return {place.unit: place for place in places if place.holds(on)}


def _path(standing: Mapping[str, Place], unit: str) -> tuple[str, ...]:
    names = []
    step: str | None = unit
    while step is not None:
        names.append(standing[step].name)
        step = standing[step].parent
    return tuple(reversed(names))


def _lineage(above: Mapping[str, str | None], unit: str) -> list[str]:
    line: list[str] = []
    step: str | None = unit
    while step is not None and step not in line:
        line.append(step)
        step = above.get(step)
    return line


def _require_parents(standing: Mapping[str, Place], places: Sequence[Place], on: date) -> None:
    for parent in sorted({place.parent for place in standing.values() if place.parent} - set(standing)):
        ended = [place for place in places if place.unit == parent and place.from_date <= on]
        if not ended:
            refuse(PeopleFault.UNIT_UNKNOWN, unit=parent, on=on.isoformat())
        below = sorted(place.name for place in standing.values() if place.parent == parent)
        latest = max(ended, key=lambda place: place.from_date)
        refuse(PeopleFault.UNIT_HAS_UNITS, unit=latest.name, below=", ".join(below))


def _require_no_cycle(standing: Mapping[str, Place]) -> None:
    """Every unit reaches the top; each is looked at once."""
    sound: set[str] = set()
    for unit in sorted(standing):
        line: dict[str, None] = {}
        step: str | None = unit
        while step is not None and step not in sound:
            if step in line:
                refuse(PeopleFault.UNIT_CYCLE, unit=standing[step].name)
            line[step] = None
            step = standing[step].parent
        sound.update(line)


def _require_own_names(standing: Mapping[str, Place]) -> None:
    seen = sorted((place.parent or "", look(place.name), place.name) for place in standing.values())
    for _, alike in groupby(seen, key=lambda one: one[:2]):
        _first, *others = alike
        if others:
            refuse(PeopleFault.NAME_TAKEN, name=others[-1][2])
