"""Which units stood where during a period: figures of the past are read by the tree of their own days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from replenish.basis import clock
from replenish.conditions.models import Season
from replenish.people.queries import places_of
from replenish.people.tree import Place, UnitInTree, tree_on

SETTING_UP = timedelta(days=28)
"""Units are written down one by one; what was provided before is read as if they had stood then."""

WHOLE = ""
"""Stands for the whole organisation where a unit is named in a row."""


@dataclass(frozen=True)
class Tree:
    """The units of one day.

    Attributes:
        units: by id.
        below: by id, the ids directly below; `WHOLE` has those at the top.
    """

    units: Mapping[str, UnitInTree]
    below: Mapping[str, tuple[str, ...]]

    def inside(self, unit: str) -> frozenset[str]:
        """A unit and all below it; every unit for the whole organisation."""
        if unit == WHOLE:
            return frozenset(self.units)
        found, open_ends = set[str](), [unit] if unit in self.units else []
        while open_ends:
            step = open_ends.pop()
            found.add(step)
            open_ends += self.below.get(step, ())
        return frozenset(found)

    def above(self, unit: str) -> list[str]:
        """What holds a unit, the nearest first and `WHOLE` last."""
        line, step = list[str](), self.units[unit].parent if unit in self.units else None
        while step is not None:
            line.append(step)
            step = self.units[step].parent
        return line if unit == WHOLE else [*line, WHOLE]


@dataclass
class Trees:
    """The tree of an organisation on any day, each worked out once.

    Attributes:
        places: of its units, through time.
        begins: days before it are read as this one: an organisation may bring figures from before it
            wrote down its units.
    """

    places: Sequence[Place]
    begins: date
    _known: dict[date, Tree] = field(default_factory=dict)

    def on(self, day: date) -> Tree:
        """The units of a day."""
        at = max(day, self.begins)
        if at not in self._known:
            self._known[at] = _tree(tree_on(self.places, at))
        return self._known[at]


def trees_of(organisation: str) -> Trees:
    """The trees of an organisation, from its first season on, or four weeks after it began to write units."""
    places = places_of(organisation)
    first = Season.objects.filter(organisation=organisation).order_by("number")
    season = first.values_list("starts_on", flat=True).first()
    written = min((place.from_date for place in places), default=clock.today()) + SETTING_UP
    return Trees(places, min(season or written, written, clock.today()))


def _tree(units: Sequence[UnitInTree]) -> Tree:
    below: dict[str, list[str]] = {}
    for unit in units:
        below.setdefault(unit.parent or WHOLE, []).append(unit.unit)
    return Tree({unit.unit: unit for unit in units}, {unit: tuple(ids) for unit, ids in below.items()})
