"""Which units an action is for, in which reporting groups they are read, and who may write about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.conditions.models import Season
from replenish.disclosure.partition import UnitPath
from replenish.people.askers import Asker
from replenish.people.queries import headcount, unit_tree
from replenish.people.roles import LEADERS
from replenish.people.scopes import Scope, scope_in
from replenish.people.tree import UnitInTree, subtree


@dataclass(frozen=True)
class SeasonGroups:
    """The groups of a season by their units.

    Attributes:
        number: of the season, counted from 1.
        units: by label of a group, the ids of its units.
        paths: by label of a group, the paths of its units, as releases name them.
    """

    number: int
    units: Mapping[str, frozenset[str]]
    paths: Mapping[str, tuple[UnitPath, ...]]


def groups_of_season(row: Season) -> SeasonGroups:
    """The groups of a season, with their units by id."""
    ids = {
        tuple(row.unit_paths[code]): unit for unit, code in row.unit_codes.items() if code in row.unit_paths
    }
    paths = {
        group["label"]: tuple(tuple(unit) for unit in group["units"]) for group in row.partition["groups"]
    }
    units = {label: frozenset(ids[path] for path in own if path in ids) for label, own in paths.items()}
    return SeasonGroups(row.number, units, paths)


def newest_groups(organisation: str) -> SeasonGroups | None:
    """The groups of the newest season; None where none is planned."""
    row = Season.objects.filter(organisation=organisation).order_by("-number").first()
    return None if row is None else groups_of_season(row)


def working_units(organisation: str, units: Collection[str]) -> tuple[str, ...]:
    """The units in which people work among these and all below them; of the whole where none are named."""
    tree = unit_tree(organisation)
    declared = headcount(organisation)
    wanted = inside(tree, units)
    return tuple(one.unit for one in tree if one.unit in wanted and (one.is_leaf or declared.get(one.unit)))


def inside(tree: Iterable[UnitInTree], units: Collection[str]) -> frozenset[str]:
    """These units and all below them; every unit where none are named."""
    known = tuple(tree)
    if not units:
        return frozenset(one.unit for one in known)
    return frozenset[str]().union(*(subtree(known, unit) for unit in units))


def require_may_act(asker: Asker, units: Collection[str], *, gone_too: bool = False) -> None:
    """Refuse somebody who does not lead all of these units.

    Args:
        asker: who asks.
        units: ids of units; none for the whole organisation.
        gone_too: whether units that have ended count as led by whoever leads the rest.

    Raises:
        Refused: they lead something less.
    """
    scope = scope_in(asker, LEADERS)
    if scope.whole:
        return
    standing = {one.unit for one in unit_tree(asker.organisation)}
    asked = {unit for unit in units if unit in standing} if gone_too else set(units)
    if not asked or not all(scope.holds(unit) for unit in asked):
        refuse(ActionFault.NOT_ALLOWED)


def may_act(asker: Asker, units: Collection[str]) -> bool:
    """Whether somebody leads all of these units that still stand."""
    scope: Scope = scope_in(asker, LEADERS)
    if scope.whole:
        return True
    standing = {one.unit for one in unit_tree(asker.organisation)}
    asked = [unit for unit in units if unit in standing]
    return bool(asked) and all(scope.holds(unit) for unit in asked)
