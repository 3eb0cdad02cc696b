"""Who plans sessions and says how they went, and for which parts of the tree."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.people.scopes import Scope, scope_in

PLANNERS = (RoleKind.STEWARD, RoleKind.FACILITATOR, RoleKind.SUPERVISOR)
"""A steward for their own part; facilitators and supervisors for the whole organisation."""


def planning_scope(asker: Asker) -> Scope:
    """For what somebody plans sessions."""
    return scope_in(asker, PLANNERS)


def require_may_plan(asker: Asker, unit: str | None) -> None:
    """Refuse somebody who plans nothing for a unit.

    Raises:
        Refused: the unit does not stand here, or they may not.
    """
    if not planning_scope(asker).holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that plans sessions for this unit")
