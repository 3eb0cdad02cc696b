"""Sealing to one facilitator, and opening: one field that holds a sealed content and its sealed key."""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults.records import RecordFault
from replenish.people.askers import Asker
from replenish.people.record_keys import public_halves
from replenish.sealing.record_key import RecordKey
from replenish.sealing.shared_record import RecordName, SealedRecord, open_record, seal_record

_LENGTH_BYTES = 2
ONLY_VERSION = 1
"""A row that is written anew has another id, so its name never counts how often that was."""


def sealed_to(asker: Asker, account: str, row: str, kind: str, content: bytes) -> bytes:
    """A content that only this account opens.

    Raises:
        Refused: the account has no key.
    """
    half = public_halves(asker.organisation, [account]).get(account)
    if half is None:
        refuse(RecordFault.KEY_MISSING)
    sealed = seal_record(RecordName(row, ONLY_VERSION, kind), content, {account: half.public})
    key = sealed.keys[account]
    return len(key).to_bytes(_LENGTH_BYTES) + key + sealed.content


def opened(row: str, kind: str, sealed: bytes, account: str, key: RecordKey) -> bytes:
    """The content, for its owner.

    Raises:
        Refused: it was sealed to another key, or under another name.
    """
    end = _LENGTH_BYTES + int.from_bytes(sealed[:_LENGTH_BYTES])
    record = SealedRecord(sealed[end:], {account: sealed[_LENGTH_BYTES:end]})
    return open_record(RecordName(row, ONLY_VERSION, kind), record, account, key)
