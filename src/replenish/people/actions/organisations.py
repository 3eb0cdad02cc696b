"""An organisation begins; its floor rises."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.disclosure.bands import FLOOR
from replenish.ledger.actions import OPERATOR, record
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.models import Organisation, Setting
from replenish.people.names import clean_name

HIGHEST_FLOOR = 10_000


def new_id() -> str:
    """A random name for a row: it says nothing about how many there are or which came first."""
    return secrets.token_hex(16)


def create_organisation(*, name: str, setting: str, floor: int = FLOOR) -> str:
    """Begin an organisation and give its id. For the operator at the command line alone.

    Raises:
        Refused: the name, the kind of place or the floor is none.
    """
    if setting not in Setting.values:
        refuse(PeopleFault.SETTING_UNKNOWN, setting=setting, known=", ".join(Setting.values))
    _require_floor(floor, at_least=FLOOR)
    with transaction.atomic():
        organisation = Organisation.objects.create(
            id=new_id(),
            name=clean_name(name, what="organisation"),
            setting=setting,
            floor=floor,
            created_on=clock.today(),
        )
        record(
            organisation=organisation.id,
            event=Event.ORGANISATION_CREATED,
            actor=OPERATOR,
            content={"name": organisation.name, "setting": setting, "floor": floor},
        )
    return organisation.id


def raise_floor(*, asker: Asker, floor: int) -> None:
    """Ask for more voices behind each published figure, from the next season on; there is no way back.

    Raises:
        Refused: it is not higher than now, or the asker is neither operator nor steward of the whole.
    """
    with transaction.atomic():
        organisation = locked(asker)
        if not rules.may_change_units(asker, [None], ()):
            refuse(PeopleFault.NOT_ALLOWED, needed="a steward of the whole organisation")
        _require_floor(floor, at_least=organisation.floor)
        before = organisation.floor
        if floor == before:
            return
        organisation.floor = floor
        organisation.save(update_fields=["floor"])
        record(
            organisation=organisation.id,
            event=Event.FLOOR_RAISED,
            actor=asker.actor,
            content={"before": before, "floor": floor},
        )


def change_setting(*, asker: Asker, setting: str) -> None:
    """Say that the organisation is another kind of place: other words and rhythms, nothing else.

    Saying it twice changes nothing.

    Raises:
        Refused: there is no such kind, or the asker is not the operator.
    """
    if setting not in Setting.values:
        refuse(PeopleFault.SETTING_UNKNOWN, setting=setting, known=", ".join(Setting.values))
    with transaction.atomic():
        organisation = locked(asker)
        if not rules.acts_as_operator(asker):
            refuse(PeopleFault.NOT_ALLOWED, needed="the operator")
        before = organisation.setting
        if before == setting:
            return
        organisation.setting = setting
        organisation.save(update_fields=["setting"])
        record(
            organisation=organisation.id,
            event=Event.SETTING_CHANGED,
            actor=asker.actor,
            content={"before": before, "setting": setting},
        )


def locked(asker: Asker) -> Organisation:
    """The asker's organisation, held until the transaction ends: its changes come one after the other.

    Raises:
        Refused: there is none of this id.
    """
    organisation = Organisation.objects.select_for_update().filter(pk=asker.organisation).first()
    if organisation is None:
        refuse(PeopleFault.ORGANISATION_UNKNOWN, organisation=asker.organisation)
    return organisation


def chosen_day(on: date | None) -> date:
    """The day a change begins: today unless given.

    Raises:
        Refused: the day is over; rounds may have closed on what was true then.
    """
    today = clock.today()
    day = on or today
    if day < today:
        refuse(PeopleFault.DAY_PAST, on=day.isoformat(), today=today.isoformat())
    return day


def _require_floor(floor: int, *, at_least: int) -> None:
    if isinstance(floor, bool) or not at_least <= floor <= HIGHEST_FLOOR:
        refuse(PeopleFault.FLOOR_LOWERED, floor=at_least, asked=floor)
