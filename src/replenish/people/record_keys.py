"""Keys of named people's records: made by their owner, opened by the phrase on their paper, read by others.

Everybody in an organisation may read the public halves; sealing to somebody needs no more. The phrase comes
with the request and goes with it. See `sealing/record_key.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.records import RecordFault
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.models import RecordKey as Row
from replenish.sealing.record_key import KeyPair, RecordKey, RecordSecret, new_key_pair, unwrapped


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What everybody in the organisation may know of a key.

    Attributes:
        account: whose it is.
        public: the 32 bytes others seal to.
        number: which of their keys it is, from 1; one more after each loss.
        since: the day it was made.
    """

    account: str
    public: bytes
    number: int
    since: date


def public_halves(organisation: str, accounts: Collection[str]) -> Mapping[str, PublicHalf]:
    """By account, of those of the organisation who have a key and have not left."""
    rows = Row.objects.filter(
        account__in=accounts, account__organisation=organisation, account__left_on__isnull=True
    )
    return {row.account_id: _half(row) for row in rows}


def own_half(asker: Asker) -> PublicHalf | None:
    """The asker's own; None until they have made a phrase."""
    return public_halves(asker.organisation, [asker.account or ""]).get(asker.account or "")


def make_key(*, asker: Asker, secret: RecordSecret) -> PublicHalf:
    """Make the asker's first key, opened by this phrase from now on.

    Raises:
        Refused: there is one; it is replaced with `replace_lost_key` alone.
    """
    with transaction.atomic():
        account = _own_account(asker)
        pair = new_key_pair(secret, account)
        row, is_new = Row.objects.get_or_create(
            account_id=account,
            defaults={"public": pair.public, "wrapped": pair.wrapped, "since": clock.today()},
        )
        if not is_new:
            refuse(RecordFault.KEY_THERE)
        return _half(row)


def replace_lost_key(*, asker: Asker, secret: RecordSecret) -> PublicHalf:
    """Begin anew with another key and phrase, after the phrase was lost.

    What was sealed to the earlier key stays closed for its owner, until another party shares it again.

    Raises:
        Refused: there is no key to replace.
    """
    with transaction.atomic():
        row = _own_row(asker)
        pair = new_key_pair(secret, row.account_id)
        row.public, row.wrapped, row.since = pair.public, pair.wrapped, clock.today()
        row.number += 1
        row.save(update_fields=["public", "wrapped", "since", "number"])
        return _half(row)


def change_phrase(*, asker: Asker, old: RecordSecret, new: RecordSecret) -> None:
    """Put the same key under another phrase: everything opens as before, and the old phrase opens nothing.

    Raises:
        Refused: the old phrase is not the one; there is no key.
    """
    with transaction.atomic():
        row = _own_row(asker)
        row.wrapped = _unwrapped(row, old).wrapped(new, row.account_id)
        row.save(update_fields=["wrapped"])


def opened_key(asker: Asker, secret: RecordSecret) -> RecordKey:
    """The asker's private half, for this request alone.

    Raises:
        Refused: there is no key, or the phrase is another's or an earlier one.
    """
    row = Row.objects.filter(account=_own_account(asker)).first()
    if row is None:
        refuse(RecordFault.KEY_MISSING)
    return _unwrapped(row, secret)


def _unwrapped(row: Row, secret: RecordSecret) -> RecordKey:
    return unwrapped(secret, row.account_id, KeyPair(bytes(row.public), bytes(row.wrapped)))


def _own_row(asker: Asker) -> Row:
    row = Row.objects.select_for_update().filter(account=_own_account(asker)).first()
    if row is None:
        refuse(RecordFault.KEY_MISSING)
    return row


def _own_account(asker: Asker) -> str:
    """The account of whoever asks; the command line has none, and nobody acts for another."""
    if asker.account is None or not rules.is_living(asker.account, organisation=asker.organisation):
        refuse(PeopleFault.ACCOUNT_UNKNOWN, account=asker.actor)
    return asker.account


def _half(row: Row) -> PublicHalf:
    return PublicHalf(row.account_id, bytes(row.public), row.number, row.since)
