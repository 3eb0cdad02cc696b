"""The keys of a named person's records: a phrase on paper, and a key pair whose private half it wraps.

Whoever runs the server keeps the public half and the wrapped one. Neither opens anything without the phrase.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import NoReturn, SupportsIndex, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults.records import RecordFault
from replenish.sealing.words import BITS_PER_WORD, number_of, split_words, word_list

VERSION = b"\x01"
PHRASE_BYTES = 16
# One more than on a key card, and another checksum: neither passes for the other.
WORDS = 14
SALT = b"replenish record phrase 1"
PUBLIC_BYTES = 32

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
"""HPKE (RFC 9180, base mode): an ephemeral X25519 key for each sealing, and HKDF-SHA256."""

_CHECK_BITS = WORDS * BITS_PER_WORD - 8 * PHRASE_BYTES
_CHECK_BYTES = 4
_NONCE_BYTES = 12
_TEXT = re.compile(r"[A-Za-z0-9_-]{27}")


class _Hidden:
    """Something that is never printed, pickled or copied."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        refuse(RecordFault.STAYS)

    def __getstate__(self) -> NoReturn:
        refuse(RecordFault.STAYS)


@final
class RecordSecret(_Hidden):
    """A record phrase: 128 random bits, shown once as fourteen words. It opens one person's own key."""

    __slots__ = ("__token",)

    def __init__(self, token: bytes) -> None:
        fits = len(token) == PHRASE_BYTES
        self.__token = bytes(token) if fits else b""
        del token
        if not fits:
            refuse(RecordFault.PHRASE_TEXT)

    @classmethod
    def new(cls) -> RecordSecret:
        """A fresh phrase from the random numbers of the operating system."""
        return cls(secrets.token_bytes(PHRASE_BYTES))

    @classmethod
    def of_words(cls, text: str) -> RecordSecret:
        """The phrase typed in words, whatever their case and the spaces, numbers and marks between them.

        Raises:
            Refused: too few or too many words; a word that is none of the list (the nearest are named); words
                that do not belong together, as those of a key card.
        """
        found = _read_words(text)
        del text
        return _or_refuse(found)

    @classmethod
    def of_text(cls, text: str) -> RecordSecret:
        """The phrase in the text of `text`.

        Raises:
            Refused: the text is none.
        """
        found = _read_text(text)
        del text
        return _or_refuse(found)

    def words(self) -> tuple[str, ...]:
        """The fourteen words: 128 bits and a checksum of 26."""
        check = int.from_bytes(self._check()) >> (8 * _CHECK_BYTES - _CHECK_BITS)
        whole = int.from_bytes(self.__token) << _CHECK_BITS | check
        last = 2**BITS_PER_WORD - 1
        return tuple(word_list()[whole >> BITS_PER_WORD * place & last] for place in reversed(range(WORDS)))

    def text(self) -> str:
        """The phrase in 27 letters, digits, hyphens and underscores, for what holds it open."""
        return base64.urlsafe_b64encode(self.__token + self._check()).decode("ascii").rstrip("=")

    def wrapping_key(self) -> bytes:
        """The key that wraps the private half; used in this module alone."""
        return self._derived(b"wrap", 32)

    def _check(self) -> bytes:
        return self._derived(b"check", _CHECK_BYTES)

    def _derived(self, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=SALT, info=info).derive(self.__token)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecordSecret):
            return NotImplemented
        return hmac.compare_digest(self.__token, other.__token)


@final
class RecordKey(_Hidden):
    """The private half of somebody's key while they read or write; it lives as long as the request."""

    __slots__ = ("__private",)

    def __init__(self, private: X25519PrivateKey) -> None:
        self.__private = private

    def public(self) -> bytes:
        """The half that others seal to."""
        return self.__private.public_key().public_bytes_raw()

    def unsealed(self, sealed: bytes, info: bytes) -> bytes | None:
        """What was sealed to this key under this purpose; None where it was not, or is damaged."""
        try:
            return SUITE.decrypt(sealed, self.__private, info=info)
        except (InvalidTag, ValueError):
            return None

    def wrapped(self, secret: RecordSecret, owner: str) -> bytes:
        """The private half under a phrase, bound to its owner and its public half."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        bound = _bound_to(owner, self.public())
        sealed = ChaCha20Poly1305(secret.wrapping_key()).encrypt(
            nonce, self.__private.private_bytes_raw(), bound
        )
        return VERSION + nonce + sealed


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What is kept of a key: the half that others seal to, and the other half under its owner's phrase."""

    public: bytes
    wrapped: bytes


def new_key_pair(secret: RecordSecret, owner: str) -> KeyPair:
    """A fresh key pair.

    Args:
        secret: whose words open it from now on.
        owner: the account it belongs to.
    """
    key = RecordKey(X25519PrivateKey.generate())
    return KeyPair(key.public(), key.wrapped(secret, owner))


def unwrapped(secret: RecordSecret, owner: str, pair: KeyPair) -> RecordKey:
    """The private half.

    Raises:
        Refused: the phrase is another's or an earlier one; the pair is damaged or another account's.
    """
    nonce, sealed = pair.wrapped[1 : 1 + _NONCE_BYTES], pair.wrapped[1 + _NONCE_BYTES :]
    if pair.wrapped[:1] != VERSION or not sealed:
        refuse(RecordFault.PHRASE_OTHER)
    try:
        raw = ChaCha20Poly1305(secret.wrapping_key()).decrypt(nonce, sealed, _bound_to(owner, pair.public))
    except InvalidTag:
        refuse(RecordFault.PHRASE_OTHER)
    return RecordKey(X25519PrivateKey.from_private_bytes(raw))


def public_key(raw: bytes) -> X25519PublicKey:
    """The public half as a key.

    Raises:
        Refused: it is none.
    """
    if len(raw) != PUBLIC_BYTES:
        refuse(RecordFault.KEY_TEXT)
    return X25519PublicKey.from_public_bytes(bytes(raw))


def _bound_to(owner: str, public: bytes) -> bytes:
    return b"replenish record key" + VERSION + public + owner.encode()


# As with key cards, what was typed is gone from every frame before a refusal is raised.


def _or_refuse(found: RecordSecret | list[Problem]) -> RecordSecret:
    if isinstance(found, RecordSecret):
        return found
    raise Refused(found)


def _read_words(text: str) -> RecordSecret | list[Problem]:
    typed = split_words(text)
    whole = number_of(typed, WORDS, count=RecordFault.PHRASE_COUNT, unknown=RecordFault.PHRASE_WORD)
    if isinstance(whole, list):
        return whole
    read = RecordSecret((whole >> _CHECK_BITS).to_bytes(PHRASE_BYTES))
    if hmac.compare_digest(" ".join(read.words()), " ".join(typed)):
        return read
    return [problem(RecordFault.PHRASE_MISMATCH)]


def _read_text(text: str) -> RecordSecret | list[Problem]:
    if _TEXT.fullmatch(text):
        read = RecordSecret(base64.urlsafe_b64decode(text + "=")[:PHRASE_BYTES])
        if hmac.compare_digest(read.text(), text):
            return read
    return [problem(RecordFault.PHRASE_TEXT)]
