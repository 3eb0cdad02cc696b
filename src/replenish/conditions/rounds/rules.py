"""Who may plan seasons, move rounds and give them up, and who may draw slips; asked anew each time."""

from __future__ import annotations

from collections.abc import Collection

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.rules import OTHER_KEY, acts_as_operator, holds_key, is_steward_of


def may_set_rounds(asker: Asker) -> bool:
    """The operator, and a steward of the whole organisation: a season and its days hold for all of it."""
    return acts_as_operator(asker) or is_steward_of(asker, [None], ())


def require_may_set_rounds(asker: Asker) -> None:
    """Refuse everybody else.

    Raises:
        Refused: the asker is neither.
    """
    if not may_set_rounds(asker):
        refuse(PeopleFault.NOT_ALLOWED, needed="a steward of the whole organisation, or the operator")


def may_draw(asker: Asker, units: Collection[str]) -> bool:
    """The command line, and whoever holds one of the two keys for all these units."""
    if asker.account is None:
        return True
    tree = unit_tree(asker.organisation)
    return any(holds_key(asker, role, units, tree) for role in OTHER_KEY)


def require_may_draw(asker: Asker, units: Collection[str]) -> None:
    """Refuse everybody else: whoever draws sees every code for a moment.

    Raises:
        Refused: the asker holds neither key for all these units.
    """
    if not may_draw(asker, units):
        refuse(PeopleFault.NO_KEY, needed="steward of all these units or a representative")
