"""A record that is sealed to named people: what they wrote together, for as long as one of them holds a key.

The content lies under a key of its own; that key lies sealed to each of those who may read, and nobody else.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import refuse
from replenish.basis.faults.records import RecordFault
from replenish.sealing.record_key import SUITE, RecordKey, public_key

VERSION = b"\x01"
BUCKETS = (4_096, 16_384, 65_536, 262_144)
"""The sizes of a sealed content in bytes, all parts counted."""

_KEY_BYTES = 32
_MARK_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LENGTH_BYTES = 4
_HEADER = len(VERSION) + _MARK_BYTES + _NONCE_BYTES
_AROUND = _HEADER + _TAG_BYTES + _LENGTH_BYTES
MOST = BUCKETS[-1] - _AROUND
"""The longest content, in bytes."""


@dataclass(frozen=True, slots=True)
class RecordName:
    """What a sealed record is; it opens under this name alone.

    Attributes:
        record: its id.
        version: from 1; a later wording of the same record has the next.
        kind: what it is, such as "shared note".
    """

    record: str
    version: int
    kind: str


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """What is kept: the content under its own key, and that key for each party, by account."""

    content: bytes
    keys: Mapping[str, bytes]


def seal_record(name: RecordName, content: bytes, parties: Mapping[str, bytes]) -> SealedRecord:
    """Seal a record to those who may read it.

    Args:
        name: what it is.
        content: at most `MOST` bytes.
        parties: the public half of each party's key, by account.

    Raises:
        Refused: nobody to seal to; the content is too long; a name or a public half is none.
    """
    if not parties:
        refuse(RecordFault.PARTIES)
    if len(content) > MOST:
        refuse(RecordFault.TOO_LONG, size=len(content), most=MOST)
    key = secrets.token_bytes(_KEY_BYTES)
    return SealedRecord(_sealed_content(name, content, key), _sealed_keys(name, key, parties))


def open_record(name: RecordName, sealed: SealedRecord, party: str, key: RecordKey) -> bytes:
    """The content, for one party.

    Raises:
        Refused: it was not sealed to this key under this name, or it is damaged.
    """
    return _opened(name, sealed.content, _content_key(name, sealed, party, key))


def seal_for_more(
    name: RecordName, sealed: SealedRecord, party: str, key: RecordKey, others: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """The same record's key for others, given by a party who can open it; the content stays as it is.

    Args:
        name: what it is.
        sealed: the record.
        party: who gives.
        key: of that party.
        others: the public halves of those who may read from now on, by account.

    Raises:
        Refused: as `open_record`; a public half is none.
    """
    content_key = _content_key(name, sealed, party, key)
    _opened(name, sealed.content, content_key)
    return _sealed_keys(name, content_key, others)


def _sealed_content(name: RecordName, content: bytes, key: bytes) -> bytes:
    bucket = next(size for size in BUCKETS if len(content) + _AROUND <= size)
    padded = len(content).to_bytes(_LENGTH_BYTES) + content + bytes(bucket - _AROUND - len(content))
    nonce, mark = secrets.token_bytes(_NONCE_BYTES), _mark(key)
    return VERSION + mark + nonce + ChaCha20Poly1305(key).encrypt(nonce, padded, _bound_to(name, "content"))


def _opened(name: RecordName, content: bytes, key: bytes) -> bytes:
    if len(content) not in BUCKETS or content[:1] != VERSION:
        refuse(RecordFault.CLOSED)
    # Under this cipher one text can be made that opens to two contents under two keys. The mark ties it to
    # one, so that two parties never hold different words under one record.
    if not hmac.compare_digest(content[1 : 1 + _MARK_BYTES], _mark(key)):
        refuse(RecordFault.CLOSED)
    nonce = content[1 + _MARK_BYTES : _HEADER]
    try:
        padded = ChaCha20Poly1305(key).decrypt(nonce, content[_HEADER:], _bound_to(name, "content"))
    except InvalidTag:
        refuse(RecordFault.CLOSED)
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES])
    if end > len(padded):
        refuse(RecordFault.CLOSED)
    return padded[_LENGTH_BYTES:end]


def _sealed_keys(name: RecordName, key: bytes, parties: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {
        party: SUITE.encrypt(key, public_key(public), info=_bound_to(name, "key", party))
        for party, public in parties.items()
    }


def _content_key(name: RecordName, sealed: SealedRecord, party: str, key: RecordKey) -> bytes:
    found = key.unsealed(sealed.keys.get(party, b""), _bound_to(name, "key", party))
    if found is None or len(found) != _KEY_BYTES:
        refuse(RecordFault.CLOSED)
    return found


def _mark(key: bytes) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=_MARK_BYTES, salt=None, info=b"replenish record mark")
    return hkdf.derive(key)


def _bound_to(name: RecordName, *what: str) -> bytes:
    """The purpose, line by line; no part of it holds a line break, so no two names give the same bytes."""
    parts = (*what, name.kind, name.record)
    if name.version < 1 or not all(part and part.isprintable() for part in parts):
        refuse(RecordFault.NAME)
    return b"\n".join([b"replenish record 1", *(part.encode() for part in parts), str(name.version).encode()])
