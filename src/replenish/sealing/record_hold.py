"""What holds somebody's records open in one browser, for a few hours.

The phrase lies there sealed under a key of the server that is destroyed after two days, and bound to its
account. Whoever finds it later, or in another's browser, has noise.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import Refused
from replenish.sealing.record_key import RecordSecret

_NONCE_BYTES = 12
_UNTIL_BYTES = 8


def hold_records_open(secret: RecordSecret, key: bytes, until: datetime, *, bound_to: str) -> str:
    """The phrase held open until a moment, as text for a cookie.

    Args:
        secret: the phrase.
        key: of the server, of this day.
        until: the moment after which it does not open any more.
        bound_to: the account; beside another one it does not open.
    """
    nonce, end = secrets.token_bytes(_NONCE_BYTES), int(until.timestamp()).to_bytes(_UNTIL_BYTES)
    sealed = _cipher(key).encrypt(nonce, secret.text().encode("ascii"), end + bound_to.encode())
    return base64.urlsafe_b64encode(end + nonce + sealed).decode("ascii").rstrip("=")


def held_records(held: str, keys: Iterable[bytes], now: datetime, *, bound_to: str) -> RecordSecret | None:
    """The phrase that is held open; None after its time, under other keys, or for another account."""
    try:
        raw = base64.b64decode(held + "=" * (-len(held) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    end, nonce, sealed = (
        raw[:_UNTIL_BYTES],
        raw[_UNTIL_BYTES:][:_NONCE_BYTES],
        raw[_UNTIL_BYTES:][_NONCE_BYTES:],
    )
    if not sealed or int.from_bytes(end) < now.astimezone(UTC).timestamp():
        return None
    for key in keys:
        try:
            plain = _cipher(key).decrypt(nonce, sealed, end + bound_to.encode())
            return RecordSecret.of_text(plain.decode("ascii"))
        except (InvalidTag, Refused):
            continue
    return None


def _cipher(key: bytes) -> ChaCha20Poly1305:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"replenish held records 1")
    return ChaCha20Poly1305(hkdf.derive(key))
