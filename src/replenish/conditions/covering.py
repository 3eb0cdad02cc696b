"""Which answer holds for which unit: for its own unit and all below it. No database here.

Where a unit stands is read on two days: the first day of the season, as the release is written, and the day
on which the answer was published, as the organisation was then. Below the scope on either day is covered.
Both days are over when it is asked, so what was covered once stays covered: no reorganisation closes again
what an answer has opened, and a unit that was moved needs no second answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from replenish.disclosure.partition import UnitPath, clean_path
from replenish.people.tree import Place


@dataclass(frozen=True)
class Given:
    """That an answer was given.

    Attributes:
        unit: for which unit and all below it; None for the whole organisation.
        days: the first day of the season, and the day of the answer.
    """

    unit: str | None
    days: tuple[date, date]


class UnitsThroughTime:
    """Where the units of one organisation stand, on any day."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: dict[str, list[Place]] = {}
        for place in places:
            self._places.setdefault(place.unit, []).append(place)
        self._below: dict[date, dict[tuple[str | None, str], str]] = {}

    def stands(self, unit: str, on: date) -> bool:
        """Whether there is this unit on a day."""
        return self._on(unit, on) is not None

    def known(self) -> tuple[str, ...]:
        """Every unit there ever was."""
        return tuple(self._places)

    def above(self, unit: str, on: date) -> tuple[str, ...]:
        """The unit and all above it on a day, from itself upwards; none where it does not stand then."""
        line: dict[str, None] = {}
        place = self._on(unit, on)
        while place is not None and place.unit not in line:
            line[place.unit] = None
            place = self._on(place.parent, on) if place.parent is not None else None
        return tuple(line)

    def name(self, unit: str, on: date) -> str:
        """Its names from the top down on a day; empty where it does not stand then."""
        found = (self._on(one, on) for one in reversed(self.above(unit, on)))
        return " / ".join(place.name for place in found if place is not None)

    def any_below(self, unit: str, on: date, standing_on: date) -> bool:
        """Whether a unit has anything below it on one day that stood on another day."""
        return any(self.stands(one, standing_on) and unit in self.above(one, on) for one in self._places)

    def unit_at(self, path: UnitPath, on: date) -> str | None:
        """The unit at a path as releases write it: a team of a higher unit repeats that unit's name."""
        below = self._children(on)
        unit: str | None = None
        for level, name in enumerate(path):
            found = below.get((unit, name))
            if found is None:
                return unit if unit is not None and set(path[level:]) == {path[level - 1]} else None
            unit = found
        return unit

    def _on(self, unit: str, on: date) -> Place | None:
        return next((place for place in self._places.get(unit, ()) if place.holds(on)), None)

    def _children(self, on: date) -> dict[tuple[str | None, str], str]:
        if on not in self._below:
            standing = (place for places in self._places.values() for place in places if place.holds(on))
            self._below[on] = {(one.parent, clean_path((one.name,))[0]): one.unit for one in standing}
        return self._below[on]


def covers(given: Given, unit: str | None, units: UnitsThroughTime) -> bool:
    """Whether an answer holds for a unit; for None, the whole organisation."""
    if given.unit is None or given.unit == unit:
        return True
    return unit is not None and any(given.unit in units.above(unit, day) for day in given.days)


def covers_any(given: Given, units_asked: Collection[str], units: UnitsThroughTime) -> bool:
    """Whether an answer holds for a reporting group.

    One of its units is enough. A merged group is the least that is ever published, and all of it reads and
    waits together: if each unit were needed, the silence of one leader could still another leader's team.
    """
    return given.unit is None or any(covers(given, unit, units) for unit in units_asked)
