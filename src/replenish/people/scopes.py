"""For which parts of the tree somebody reads, and for which they write down what a team agreed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.roles import OF_UNITS, READERS, RoleKind
from replenish.people.rules import roles_of
from replenish.people.tree import UnitInTree, subtree

WRITERS = (RoleKind.STEWARD, RoleKind.DEPUTY, RoleKind.REPRESENTATIVE, RoleKind.FACILITATOR)
"""Those who lead, speak for the staff or lead a conversation; a supervisor speaks with single people."""


@dataclass(frozen=True)
class Scope:
    """Units that somebody acts for.

    Attributes:
        whole: whether it is the whole organisation.
        units: those that stand today, in the order of the tree.
    """

    whole: bool
    units: tuple[UnitInTree, ...]

    def holds(self, unit: str | None) -> bool:
        """Whether a unit is among them; None is the whole organisation."""
        return self.whole if unit is None else any(one.unit == unit for one in self.units)


def read_scope(asker: Asker) -> Scope:
    """What somebody reads about: all of it, or the part of the tree they answer for."""
    return _scope(asker, READERS)


def writing_scope(asker: Asker) -> Scope:
    """For what somebody writes down what a team agreed on."""
    return _scope(asker, WRITERS)


def scope_in(asker: Asker, parts: Collection[RoleKind]) -> Scope:
    """For what somebody acts in any of these parts."""
    return _scope(asker, parts)


def require_may_read(asker: Asker, unit: str | None) -> None:
    """Refuse somebody who reads nothing about a unit.

    Raises:
        Refused: the unit does not stand here, or they may not.
    """
    _require(read_scope(asker), unit)


def require_may_write_down(asker: Asker, unit: str | None) -> None:
    """Refuse somebody who does not act for a unit.

    Raises:
        Refused: the unit does not stand here, or they may not.
    """
    _require(writing_scope(asker), unit)


def _require(scope: Scope, unit: str | None) -> None:
    if not scope.holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that acts for this unit")


def _scope(asker: Asker, kinds: Collection[RoleKind]) -> Scope:
    tree = unit_tree(asker.organisation)
    if asker.account is None:
        return Scope(whole=False, units=())
    held: list[tuple[str, str | None]] = list(
        roles_of(asker).filter(kind__in=kinds).values_list("kind", "unit")
    )
    if any(kind not in OF_UNITS or unit is None for kind, unit in held):
        return Scope(whole=True, units=tree)
    mine = frozenset[str]().union(*(subtree(tree, unit) for _, unit in held if unit is not None))
    return Scope(whole=False, units=tuple(one for one in tree if one.unit in mine))
