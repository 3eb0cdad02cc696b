"""Where units stand in the tree of a season: each with its own people, all paths of one length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.disclosure.partition import UnitPath, clean_path
from replenish.people.tree import UnitInTree

PROBLEMS_LISTED = 20


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit in which people work.

    Args:
        unit: its id.
        path: its path, as long as all the others.
        people: its declared headcount.
    """

    unit: str
    path: UnitPath
    people: int


def placed_units(tree: Sequence[UnitInTree], declared: Mapping[str, int]) -> tuple[PlacedUnit, ...]:
    """The units with people of their own, in the order of their paths.

    A unit that ends higher in the tree than others repeats its own name down to their level: "Chaplaincy /
    Chaplaincy" beside "Medicine / Oak". So does the team of a unit that has others below it.

    Args:
        tree: the units that stand on the first day of the season.
        declared: by unit, how many people two people declared; a unit with others below it counts only
            those who are in none of them.

    Raises:
        Refused: nobody declared how many people work in a unit at the end of a branch, or two units come to
            stand in the same place.
    """
    missing = undeclared(tree, declared)
    if missing:
        raise Refused(
            [
                problem(RoundFault.HEADCOUNT_MISSING, unit=" / ".join(unit.path))
                for unit in missing[:PROBLEMS_LISTED]
            ]
        )
    staffed = [unit for unit in tree if unit.is_leaf or declared.get(unit.unit)]
    depth = max((len(unit.path) for unit in staffed), default=0)
    found: dict[UnitPath, PlacedUnit] = {}
    for unit in staffed:
        path = clean_path(unit.path + (unit.path[-1],) * (depth - len(unit.path)))
        if path in found:
            refuse(RoundFault.UNITS_SAME_PLACE, unit=" / ".join(path))
        found[path] = PlacedUnit(unit.unit, path, declared[unit.unit])
    return tuple(found[path] for path in sorted(found))


def undeclared(tree: Sequence[UnitInTree], declared: Mapping[str, int]) -> tuple[UnitInTree, ...]:
    """The units at the end of a branch for which nobody has declared how many people work there."""
    return tuple(unit for unit in tree if unit.is_leaf and unit.unit not in declared)


def name_of(path: UnitPath) -> str:
    """The path of a unit in words, without the names that only bring all paths to one length."""
    names = [name for place, name in enumerate(path) if place == 0 or name != path[place - 1]]
    return " / ".join(names)
