"""Who may answer for a part of the tree."""

from __future__ import annotations

from collections.abc import Collection

from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, RoleKind
from replenish.people.rules import roles_of

Parts = tuple[tuple[RoleKind, str | None], ...]


def plays(asker: Asker, kinds: Collection[RoleKind]) -> Parts:
    """Which of these parts the account plays today, each with its unit; None is the whole organisation."""
    held = roles_of(asker).filter(kind__in=kinds).values_list("kind", "unit")
    return tuple(sorted(((RoleKind(kind), unit) for kind, unit in held), key=str))


def leads(asker: Asker) -> Parts:
    """In what parts the account leads today, each with its unit; None is the whole organisation."""
    return plays(asker, LEADERS)


def part_to_answer_in(asker: Asker, above: Collection[str]) -> RoleKind | None:
    """In what part the account may answer for a unit; None where it may not.

    Stewards and deputies answer alike, so that nobody's leave holds anything up. Where somebody is both, they
    sign as steward.

    Args:
        asker: who asks.
        above: the unit and all units above it; none for the whole organisation.
    """
    held = {kind for kind, unit in leads(asker) if unit is None or unit in above}
    return next((kind for kind in LEADERS if kind in held), None)
