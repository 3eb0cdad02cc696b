"""Reading actions: every query names one organisation, and everything in it is public there."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.rows import acting_of
from replenish.conditions.actions.told import Acting
from replenish.conditions.actions.whose import inside, may_act
from replenish.conditions.models import Action, ActionState
from replenish.conditions.read_together import NamedUnits
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts

_ORDER = {ActionState.RUNNING: 0, ActionState.PLANNED: 1, ActionState.DONE: 2, ActionState.STOPPED: 3}


def actions_of(organisation: str) -> tuple[Acting, ...]:
    """All actions of an organisation: those that run first, then planned, done and stopped ones."""
    rows = list(Action.objects.filter(organisation=organisation).prefetch_related("notes"))
    names = names_of_accounts(organisation) if rows else {}
    found = [acting_of(row, names) for row in rows]
    return tuple(
        sorted(found, key=lambda one: (_ORDER[ActionState(one.state)], one.plan.first_day, one.action))
    )


def action_of(organisation: str, action: str) -> Acting:
    """One action.

    Raises:
        Refused: there is none of this id in the organisation.
    """
    row = Action.objects.filter(id=action, organisation=organisation).prefetch_related("notes").first()
    if row is None:
        refuse(ActionFault.UNKNOWN)
    return acting_of(row, names_of_accounts(organisation))


def may_write(asker: Asker, acting: Acting) -> bool:
    """Whether somebody leads all units of an action that still stand."""
    return may_act(asker, acting.plan.units)


def actions_for(organisation: str, named: NamedUnits) -> tuple[Acting, ...]:
    """The actions that touch a part of the tree; all of them where no part is named.

    Args:
        organisation: its id.
        named: the units of the part.
    """
    known = actions_of(organisation)
    tree = named.tree
    if not tree:
        return known
    own = inside(tree, tuple(named.units)) if named.units else frozenset()
    return tuple(one for one in known if not one.plan.units or inside(tree, one.plan.units) & own)
