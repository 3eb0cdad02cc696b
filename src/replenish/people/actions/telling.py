"""Telling everybody alike: own words, the list, the calendar's address, and that a message went out once."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.telling import TellingFault
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.actions.organisations import locked, new_id
from replenish.people.askers import Asker
from replenish.people.logins import plain_email
from replenish.people.models import Message, OwnWords, Telling

LONGEST_EMAIL = 254
KEY_BYTES = 16


def keep_own_words(*, asker: Asker, kind: str, words: str) -> None:
    """Say it in the organisation's own words from now on. What may stand in them, the caller has looked at.

    Raises:
        Refused: the asker may not tell everybody.
    """
    with transaction.atomic():
        _allowed(asker)
        before = OwnWords.objects.filter(organisation=asker.organisation, kind=kind).first()
        if before is not None and before.words == words:
            return
        OwnWords.objects.update_or_create(
            organisation_id=asker.organisation,
            kind=kind,
            defaults={"words": words},
            create_defaults={"id": new_id(), "words": words},
        )
        _tell(asker, Event.WORDS_CHANGED, kind=kind)


def drop_own_words(*, asker: Asker, kind: str) -> None:
    """Go back to the wording that is shipped; again is harmless.

    Raises:
        Refused: the asker may not tell everybody.
    """
    with transaction.atomic():
        _allowed(asker)
        if OwnWords.objects.filter(organisation=asker.organisation, kind=kind).delete()[0]:
            _tell(asker, Event.WORDS_CHANGED, kind=kind)


def set_list_address(*, asker: Asker, address: str) -> None:
    """The address of the one list that reaches everybody; none for no address.

    Raises:
        Refused: it is no address, or the asker may not tell everybody.
    """
    kept = plain_email(address)
    if kept and not _is_address(kept):
        refuse(TellingFault.LIST_ADDRESS)
    with transaction.atomic():
        _allowed(asker)
        row = _row(asker)
        if row.list_address == kept:
            return
        row.list_address = kept
        row.save(update_fields=["list_address"])
        _tell(asker, Event.LIST_ADDRESS_CHANGED)


def renew_calendar(*, asker: Asker, instead_of: str) -> str:
    """Give the calendar a new address and give its key; the old address leads nowhere from then on.

    Args:
        asker: may tell everybody.
        instead_of: the key that is to go, as it was shown; a form that is sent twice renews once.

    Raises:
        Refused: the asker may not tell everybody.
    """
    with transaction.atomic():
        _allowed(asker)
        row = _row(asker)
        if row.calendar_key is not None and row.calendar_key != instead_of:
            return row.calendar_key
        row.calendar_key = secrets.token_hex(KEY_BYTES)
        row.save(update_fields=["calendar_key"])
        _tell(asker, Event.CALENDAR_ADDRESS_CHANGED)
        return row.calendar_key


def begin_message(*, asker: Asker, kind: str, about: str) -> bool:
    """Claim that this message is sent now; False where it went out already, or is on its way.

    What was begun on an earlier day and never finished may be begun anew: nobody knows whether it went out.

    Raises:
        Refused: the asker may not tell everybody.
    """
    with transaction.atomic():
        _allowed(asker)
        found = Message.objects.filter(organisation=asker.organisation, kind=kind, about=about)
        found.filter(is_sent=False, day__lt=clock.today()).delete()
        if found.exists():
            return False
        Message.objects.create(
            id=new_id(), organisation_id=asker.organisation, kind=kind, about=about, day=clock.today()
        )
    return True


def finish_message(*, asker: Asker, kind: str, about: str) -> None:
    """The mail server has taken it: kept here and in the ledger, without an address."""
    with transaction.atomic():
        locked(asker)
        begun = Message.objects.filter(organisation=asker.organisation, kind=kind, about=about, is_sent=False)
        if begun.update(is_sent=True):
            _tell(asker, Event.MESSAGE_POSTED, kind=kind, about=about)


def give_message_up(*, asker: Asker, kind: str, about: str) -> None:
    """The mail server has not taken it: it may be sent again."""
    Message.objects.filter(organisation=asker.organisation, kind=kind, about=about, is_sent=False).delete()


def _allowed(asker: Asker) -> None:
    locked(asker)
    if not rules.may_tell_everybody(asker):
        refuse(PeopleFault.NOT_ALLOWED, needed="a steward of the whole organisation")


def _row(asker: Asker) -> Telling:
    row, _new = Telling.objects.get_or_create(organisation_id=asker.organisation)
    return row


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL


def _tell(asker: Asker, event: Event, **content: object) -> None:
    record(organisation=asker.organisation, event=event, actor=asker.actor, content=content)
