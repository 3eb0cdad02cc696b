"""A card on a device: locked with a short code, or held open for a while.

A short code can be tried out by whoever holds the locked text, so trying is made slow (Argon2id, RFC 9106).
What holds a card open is sealed under a key of the server that is destroyed after two days, and says itself
until when; nobody who finds it can make it last longer.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret

VERSION = b"\x01"
# About a sixth of a second on a small server: a person hardly notices, a million tries take two days.
MEMORY_KIBIBYTES = 65_536
PASSES = 3

_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_UNTIL_BYTES = 8


def lock(secret: Secret, code: str) -> str:
    """The card locked with a code, in letters, digits, hyphens and underscores.

    Args:
        secret: the card.
        code: chosen by its owner; white space at its ends does not count.
    """
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(_slow_key(code, salt)).encrypt(nonce, _plain(secret), VERSION)
    return _text(VERSION + salt + nonce + sealed)


def unlock(locked: str, code: str) -> Secret | None:
    """The card in a locked text; None where the code is wrong or the text is damaged."""
    raw = _raw(locked)
    salt, rest = raw[1 : 1 + _SALT_BYTES], raw[1 + _SALT_BYTES :]
    if raw[:1] != VERSION or len(salt) < _SALT_BYTES or len(rest) <= _NONCE_BYTES:
        return None
    return _opened(_slow_key(code, salt), rest, VERSION)


def hold_open(secret: Secret, key: bytes, until: datetime, *, bound_to: str) -> str:
    """The card held open until a moment.

    Args:
        secret: the card.
        key: of the server, of this day.
        until: the moment after which it does not open any more.
        bound_to: what it stands beside; beside anything else it does not open.
    """
    nonce, end = secrets.token_bytes(_NONCE_BYTES), int(until.timestamp()).to_bytes(_UNTIL_BYTES)
    bound = VERSION + end + bound_to.encode()
    return _text(end + nonce + ChaCha20Poly1305(_server_key(key)).encrypt(nonce, _plain(secret), bound))


def held_open(held: str, keys: Iterable[bytes], now: datetime, *, bound_to: str) -> Secret | None:
    """The card that is held open; None after its time, under other keys, beside anything else."""
    raw = _raw(held)
    end, rest = raw[:_UNTIL_BYTES], raw[_UNTIL_BYTES:]
    if len(rest) <= _NONCE_BYTES or int.from_bytes(end) < now.astimezone(UTC).timestamp():
        return None
    bound = VERSION + end + bound_to.encode()
    found = (_opened(_server_key(key), rest, bound) for key in keys)
    return next((secret for secret in found if secret is not None), None)


def _opened(key: bytes, sealed: bytes, bound: bytes) -> Secret | None:
    try:
        plain = ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound)
        return Secret.of_code(plain.decode("ascii"))
    except (InvalidTag, ValueError, Refused):
        return None


def _slow_key(code: str, salt: bytes) -> bytes:
    slow = Argon2id(salt=salt, length=_KEY_BYTES, iterations=PASSES, lanes=1, memory_cost=MEMORY_KIBIBYTES)
    return slow.derive(code.strip().encode())


def _server_key(key: bytes) -> bytes:
    hkdf = HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=None, info=b"replenish held card 2")
    return hkdf.derive(key)


def _plain(secret: Secret) -> bytes:
    return secret.code().encode("ascii")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _raw(text: str) -> bytes:
    """The bytes of a text; none where it is none, so that whoever made it up learns nothing."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return b""
