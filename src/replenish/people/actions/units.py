"""Changes of the unit tree. Each begins on a day that is not over, so a closed round is never rewritten."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.actions.organisations import chosen_day, locked, new_id
from replenish.people.askers import Asker
from replenish.people.models import Unit, UnitPlace
from replenish.people.names import clean_name
from replenish.people.queries import places_of, unit_on
from replenish.people.tree import UnitInTree, require_sound, tree_on


def add_unit(*, asker: Asker, name: str, parent: str | None = None, on: date | None = None) -> str:
    """Begin a unit below another, or at the top, and give its id.

    Raises:
        Refused: the name is taken there, the parent does not stand on that day, or the asker may not.
    """
    day, name = chosen_day(on), clean_name(name, what="unit")
    with transaction.atomic():
        organisation = locked(asker)
        tree = _tree_on(asker, day)
        _require_known(tree, [parent], day)
        _require_may_change(asker, [parent], tree)
        unit = Unit.objects.create(id=new_id(), organisation=organisation)
        UnitPlace.objects.create(id=new_id(), unit=unit, parent_id=parent, name=name, from_date=day)
        require_sound(places_of(asker.organisation), since=day)
        _tell(asker, Event.UNIT_ADDED, day, {"unit": unit.id, "parent": parent, "name": name})
    return unit.id


def move_unit(*, asker: Asker, unit: str, parent: str | None, on: date | None = None) -> None:
    """Place a unit, with all below it, under another or at the top. Saying it twice changes nothing.

    Raises:
        Refused: it would stand below itself, one of the two does not stand on that day, a later change of
            this unit is known, or the asker may not.
    """
    day = chosen_day(on)
    with transaction.atomic():
        locked(asker)
        tree, place = _tree_on(asker, day), _last_place(asker, unit, day)
        before = place.parent_id
        _require_known(tree, [parent], day)
        _require_may_change(asker, [unit, parent, before], tree)
        if before == parent:
            return
        if parent == unit:
            refuse(PeopleFault.UNIT_CYCLE, unit=place.name)
        _change(place, day, parent=parent, name=place.name)
        require_sound(places_of(asker.organisation), since=day)
        _tell(asker, Event.UNIT_MOVED, day, {"unit": unit, "before": before, "parent": parent})


def rename_unit(*, asker: Asker, unit: str, name: str, on: date | None = None) -> None:
    """Call a unit by another name. Saying it twice changes nothing.

    Raises:
        Refused: the name is taken in that place, the unit does not stand on that day, a later change of it
            is known, or the asker may not.
    """
    day, name = chosen_day(on), clean_name(name, what="unit")
    with transaction.atomic():
        locked(asker)
        tree, place = _tree_on(asker, day), _last_place(asker, unit, day)
        _require_may_change(asker, [unit], tree)
        before = place.name
        if before == name:
            return
        _change(place, day, parent=place.parent_id, name=name)
        require_sound(places_of(asker.organisation), since=day)
        _tell(asker, Event.UNIT_RENAMED, day, {"unit": unit, "before": before, "name": name})


def dissolve_unit(*, asker: Asker, unit: str, on: date | None = None) -> None:
    """End a unit: on that day it no longer stands. What was reported about it stays.

    Raises:
        Refused: it still has units below it, does not stand on that day, a later change of it is known, or
            the asker may not.
    """
    day = chosen_day(on)
    with transaction.atomic():
        locked(asker)
        tree, place = _tree_on(asker, day), _last_place(asker, unit, day)
        _require_may_change(asker, [unit], tree)
        place.until_date = day
        place.save(update_fields=["until_date"])
        require_sound(places_of(asker.organisation), since=day)
        _tell(asker, Event.UNIT_DISSOLVED, day, {"unit": unit})


def _change(place: UnitPlace, day: date, *, parent: str | None, name: str) -> None:
    """Two changes of one day are one: the place that began that day has not been seen by any earlier one."""
    if place.from_date == day:
        place.parent_id, place.name = parent, name
        place.save(update_fields=["parent", "name"])
        return
    place.until_date = day
    place.save(update_fields=["until_date"])
    UnitPlace.objects.create(id=new_id(), unit_id=place.unit_id, parent_id=parent, name=name, from_date=day)


def _last_place(asker: Asker, unit: str, day: date) -> UnitPlace:
    """The place a change on this day follows.

    Raises:
        Refused: no such unit of this organisation stands then, or it changes on a later day already.
    """
    places = UnitPlace.objects.filter(unit=unit, unit__organisation=asker.organisation)
    last = places.order_by("-from_date").first()
    if last is None or (last.until_date is not None and last.until_date <= day):
        refuse(PeopleFault.UNIT_UNKNOWN, unit=unit, on=day.isoformat())
    later = last.until_date or last.from_date
    if later > day:
        refuse(PeopleFault.DAY_BEFORE_CHANGE, on=day.isoformat(), later=later.isoformat())
    return last


def _tree_on(asker: Asker, day: date) -> tuple[UnitInTree, ...]:
    return tree_on(places_of(asker.organisation), day)


def _require_known(tree: tuple[UnitInTree, ...], units: Collection[str | None], day: date) -> None:
    for unit in units:
        if unit is not None:
            unit_on(unit, tree, day)


def _require_may_change(asker: Asker, units: Collection[str | None], tree: tuple[UnitInTree, ...]) -> None:
    if not rules.may_change_units(asker, units, tree):
        refuse(PeopleFault.NOT_ALLOWED, needed="a steward of every unit that changes, or the operator")


def _tell(asker: Asker, event: Event, day: date, content: Mapping[str, object]) -> None:
    record(
        organisation=asker.organisation,
        event=event,
        actor=asker.actor,
        content={**content, "on": day.isoformat()},
    )
