"""Who leads conversations, who writes down why one was not held, and who answers what was learnt."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, RoleKind
from replenish.people.scopes import scope_in
from replenish.people.tree import UnitInTree

HOLDERS = (RoleKind.FACILITATOR,)


def require_may_hold(asker: Asker, unit: str) -> None:
    """Refuse whoever leads no conversation in a unit: no facilitator, or somebody who answers for it.

    Whoever decides about post, pay or discipline would be heard as such, whatever they say.

    Raises:
        Refused: they may not, or the unit does not stand here.
    """
    if not scope_in(asker, HOLDERS).holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="the part of a facilitator")
    if scope_in(asker, LEADERS).holds(unit):
        refuse(DebriefingFault.LEADS_HERE)


def units_to_hold_in(asker: Asker) -> tuple[UnitInTree, ...]:
    """The units in which somebody may lead a conversation, in the order of the tree."""
    answers_for = scope_in(asker, LEADERS)
    return tuple(one for one in scope_in(asker, HOLDERS).units if not answers_for.holds(one.unit))


def require_may_answer(asker: Asker, unit: str) -> None:
    """Refuse whoever does not lead a unit.

    Raises:
        Refused: they lead something else, or nothing.
    """
    if not scope_in(asker, LEADERS).holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that answers for this unit")


def keeps_register(asker: Asker) -> bool:
    """Whether somebody writes down trainings of others: the operator, or a steward of the whole."""
    return rules.may_change_units(asker, [None], ())


def is_facilitator(asker: Asker) -> bool:
    """Whether somebody leads conversations here today."""
    return rules.roles_of(asker).filter(kind=RoleKind.FACILITATOR).exists()
