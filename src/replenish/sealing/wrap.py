"""The outer layer of the night: a wrap over every row under a fresh key, so that no copy shows which changed.

It protects nothing but the rhythm; what is inside is sealed already.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault

VERSION = b"\x01"
WRAP_KEY_BYTES = 32
LONGEST_KEY_ID = 64

_KEY_ID = re.compile(r"[A-Za-z0-9_-]+")
_NONCE_BYTES = 12


def new_wrap_key() -> bytes:
    """A fresh wrap key: 32 random bytes."""
    return secrets.token_bytes(WRAP_KEY_BYTES)


def wrap(key: bytes, key_id: str, name: str, sealed: bytes) -> bytes:
    """Wrap a sealed row under the key of the night; all rows of one night grow by the same number of bytes.

    Args:
        key: from `new_wrap_key`.
        key_id: which key it is; it stands readable in the header.
        name: of the row; it is bound to the result, which unwraps under no other.
        sealed: what to wrap.

    Raises:
        Refused: the id of the key is empty, too long, or holds more than letters, digits, `-` and `_`.
    """
    header = _header(key_id)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return header + nonce + ChaCha20Poly1305(key).encrypt(nonce, sealed, _bound_to(header, name))


def unwrap(keys: Mapping[str, bytes], name: str, wrapped: bytes) -> bytes:
    """The sealed row inside.

    Args:
        keys: the wrap keys that are still kept, by id.
        name: of the row.
        wrapped: from `wrap`.

    Raises:
        Refused: the key is not among those given; the row is damaged, or stands under the name of another.
    """
    end = len(VERSION) + 1 + (wrapped[1] if len(wrapped) > 1 else 0)
    header, rest = wrapped[:end], wrapped[end:]
    key_id = header[2:].decode("ascii", "replace")
    if header[:1] != VERSION or not _KEY_ID.fullmatch(key_id) or len(rest) < _NONCE_BYTES:
        refuse(SealingFault.WRAP_DAMAGED)
    if key_id not in keys:
        refuse(SealingFault.WRAP_KEY_UNKNOWN, key_id=key_id)
    nonce, closed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(keys[key_id]).decrypt(nonce, closed, _bound_to(header, name))
    except InvalidTag:
        refuse(SealingFault.WRAP_DAMAGED)


def wrapped_under(wrapped: bytes) -> str:
    """The id of the key a row is wrapped under, as its header says; unchecked, for counting alone."""
    return wrapped[2 : 2 + wrapped[1]].decode("ascii", "replace") if len(wrapped) > 1 else ""


def _header(key_id: str) -> bytes:
    if not _KEY_ID.fullmatch(key_id) or len(key_id) > LONGEST_KEY_ID:
        refuse(SealingFault.WRAP_KEY_ID, most=LONGEST_KEY_ID)
    return VERSION + bytes([len(key_id)]) + key_id.encode("ascii")


def _bound_to(header: bytes, name: str) -> bytes:
    return b"replenish wrap" + header + name.encode()
