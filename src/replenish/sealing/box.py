"""A person's sealed box: encrypted under a key that only their card gives, padded to few sizes."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.names import box_key, box_name
from replenish.sealing.secret import Secret

VERSION = b"\x01"
BUCKETS = (4_096, 16_384, 65_536, 262_144)
"""The sizes of a sealed box in bytes, all parts counted: nothing else of a content's length is seen."""

_NONCE_BYTES = 12
_TAG_BYTES = 16
_LENGTH_BYTES = 4
_AROUND = len(VERSION) + _NONCE_BYTES + _TAG_BYTES + _LENGTH_BYTES
MOST = BUCKETS[-1] - _AROUND
"""The longest content, in bytes."""


def seal_box(secret: Secret, content: bytes) -> bytes:
    """Seal the content of a box; the result has the size of one of the buckets.

    The name of the box and the version of the format are bound to it: it opens nowhere else.

    Raises:
        Refused: the content is longer than the largest bucket holds.
    """
    if len(content) > MOST:
        refuse(SealingFault.BOX_FULL, size=len(content), most=MOST)
    bucket = next(size for size in BUCKETS if len(content) + _AROUND <= size)
    padded = len(content).to_bytes(_LENGTH_BYTES) + content + bytes(bucket - _AROUND - len(content))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return VERSION + nonce + ChaCha20Poly1305(box_key(secret)).encrypt(nonce, padded, _bound_to(secret))


def open_box(secret: Secret, sealed: bytes) -> bytes:
    """The content of a sealed box.

    Raises:
        Refused: the box is damaged, belongs to another card, or has a format this version does not know.
    """
    if len(sealed) in BUCKETS and sealed[:1] != VERSION:
        refuse(SealingFault.BOX_VERSION)
    if len(sealed) not in BUCKETS:
        refuse(SealingFault.BOX_CLOSED)
    nonce, closed = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        padded = ChaCha20Poly1305(box_key(secret)).decrypt(nonce, closed, _bound_to(secret))
    except InvalidTag:
        padded = b""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES])
    if not padded or end > len(padded):
        refuse(SealingFault.BOX_CLOSED)
    return padded[_LENGTH_BYTES:end]


def _bound_to(secret: Secret) -> bytes:
    return b"replenish box" + VERSION + box_name(secret).encode("ascii")
