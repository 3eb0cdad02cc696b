"""Who writes incidents down, and who reads them."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.people.rules import roles_of
from replenish.people.scopes import Scope, scope_in

RECORDERS = (RoleKind.STEWARD, RoleKind.DEPUTY, RoleKind.FACILITATOR)
"""Those who lead, each for their part, and facilitators; who writes on behalf of others is one of them."""

INCIDENT_READERS = (*RECORDERS, RoleKind.REPRESENTATIVE)
"""And whoever speaks for the staff: whether support follows is their business."""


def recording_scope(asker: Asker) -> Scope:
    """For what somebody writes incidents down."""
    return scope_in(asker, RECORDERS)


def reading_scope(asker: Asker) -> Scope:
    """Of which parts somebody reads incidents."""
    return scope_in(asker, INCIDENT_READERS)


def require_may_record(asker: Asker, unit: str) -> None:
    """Refuse somebody who writes nothing down for a unit.

    Raises:
        Refused: the unit does not stand here, or they may not.
    """
    if not recording_scope(asker).holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that acts for this unit")


def require_facilitator(asker: Asker) -> str:
    """The account of a facilitator.

    Raises:
        Refused: the asker is none today.
    """
    if asker.account is None or not is_facilitator(asker):
        refuse(PeopleFault.NOT_ALLOWED, needed="a facilitator")
    return asker.account


def is_facilitator(asker: Asker) -> bool:
    """Whether the account leads debriefs today."""
    return asker.account is not None and roles_of(asker).filter(kind=RoleKind.FACILITATOR).exists()


def part_of(asker: Asker) -> str:
    """In which part somebody writes an incident down: the first of `RECORDERS` that they hold."""
    held = set(roles_of(asker).values_list("kind", flat=True))
    return next(kind.value for kind in RECORDERS if kind in held)
