"""Calling off a change of the unit tree before its day: it was announced, and nobody has lived by it yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.actions.organisations import locked
from replenish.people.askers import Asker
from replenish.people.models import UnitPlace
from replenish.people.queries import places_of
from replenish.people.tree import require_sound, tree_on


def call_off(*, asker: Asker, unit: str, on: date) -> None:
    """Take back the last change of a unit, where its day is still to come; two of one day go together.

    Whoever may make the change may call it off. What stands by then must hold together without it.

    Raises:
        Refused: no change of this unit waits for that day, another change rests on it, or the asker may not.
    """
    with transaction.atomic():
        locked(asker)
        places = list(
            UnitPlace.objects.filter(unit=unit, unit__organisation=asker.organisation).order_by("from_date")
        )
        if not places:
            refuse(PeopleFault.UNIT_UNKNOWN, unit=unit, on=on.isoformat())
        if on <= clock.today() or _last_change(places) != on:
            refuse(PeopleFault.CHANGE_UNKNOWN, on=on.isoformat())
        touched = _taken_back(places)
        after = places_of(asker.organisation)
        require_sound(after, since=on)
        if not rules.may_change_units(asker, touched, tree_on(after, on)):
            refuse(PeopleFault.NOT_ALLOWED, needed="a steward of every unit that changes, or the operator")
        record(
            organisation=asker.organisation,
            event=Event.UNIT_CHANGE_CALLED_OFF,
            actor=asker.actor,
            content={"unit": unit, "on": on.isoformat()},
        )


def _last_change(places: Sequence[UnitPlace]) -> date | None:
    """The day of it; None for a unit whose beginning was called off."""
    last = places[-1]
    if last.until_date == last.from_date and len(places) == 1:
        return None
    return last.until_date or last.from_date


def _taken_back(places: Sequence[UnitPlace]) -> list[str | None]:
    """Write the places as if the last change had not been announced, and give the units it touched.

    A unit that never began keeps an empty place, so that its row and the ledger still name the same thing.
    """
    last = places[-1]
    if last.until_date is not None and last.until_date > last.from_date:
        last.until_date = None
        last.save(update_fields=["until_date"])
        return [last.unit_id]
    if len(places) == 1:
        last.until_date = last.from_date
        last.save(update_fields=["until_date"])
        return [last.parent_id]
    before = places[-2]
    last.delete()
    before.until_date = None
    before.save(update_fields=["until_date"])
    if before.parent_id == last.parent_id:
        return [last.unit_id]
    return [last.unit_id, before.parent_id, last.parent_id]
