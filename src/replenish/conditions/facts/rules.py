"""Who may enter which facts: those who answer for a part, and for their own subject, its own people."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.conditions.facts.kinds import ALSO_ENTERED_BY, Kind, kinds
from replenish.conditions.facts.trees import WHOLE, Tree
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS
from replenish.people.rules import roles_of


@dataclass(frozen=True)
class Entrant:
    """What somebody may enter today.

    Attributes:
        everywhere: they answer for the whole organisation.
        units: those they answer for.
        groups: of kinds that they may enter for every part, because it is their work.
    """

    everywhere: bool
    units: frozenset[str]
    groups: frozenset[str]

    def may_enter(self, unit: str, kind: str) -> bool:
        """Whether they may enter, correct and take back a figure of this kind for a part."""
        known = kinds().get(kind)
        if known is not None and known.group in self.groups:
            return True
        return self.everywhere or (unit != WHOLE and unit in self.units)

    def kinds_for(self, unit: str) -> tuple[Kind, ...]:
        """The kinds they may enter for a part."""
        return tuple(kind for kind in kinds().values() if self.may_enter(unit, kind.code))

    def units_in(self, tree: Tree) -> tuple[str, ...]:
        """The parts they may enter something for, in the order of the tree."""
        if self.everywhere or self.groups:
            return (WHOLE, *tree.units)
        return tuple(unit for unit in tree.units if unit in self.units)


def entrant_of(asker: Asker, tree: Tree) -> Entrant:
    """What the asker may enter.

    Args:
        asker: an account of the organisation.
        tree: of today.
    """
    if asker.account is None:
        return Entrant(everywhere=False, units=frozenset(), groups=frozenset())
    held = list(roles_of(asker).values_list("kind", "unit"))
    of_units: list[str | None] = [unit for kind, unit in held if kind in LEADERS]
    kinds_held = {kind for kind, _ in held}
    inside = frozenset[str]().union(*(tree.inside(unit) for unit in of_units if unit))
    groups = frozenset(group for group, role in ALSO_ENTERED_BY.items() if role in kinds_held)
    return Entrant(None in of_units, inside, groups)
