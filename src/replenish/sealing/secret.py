"""The one secret of a carer, 128 random bits: shown as words or a code, and in no other form."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from typing import NoReturn, SupportsIndex, final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.words import BITS_PER_WORD, number_of, split_words, word_list

SECRET_BYTES = 16
CHECK_BYTES = 2
WORDS = 13
SALT = b"replenish key card 1"
"""Salt of every derivation from a secret: it separates them from any other use of the same bytes."""

_CHECK_BITS_IN_WORDS = WORDS * BITS_PER_WORD - 8 * SECRET_BYTES
_CODE = re.compile(r"[A-Za-z0-9_-]{24}")


@final
class Secret:
    """What a key card holds. It prints as "Secret(hidden)", and refuses to be pickled or copied.

    Comparison takes constant time, and there is no hash, so that a secret is never the key of a cache.
    What was derived from it once is remembered in it, and goes with it.
    """

    __slots__ = ("__derived", "__token")

    def __init__(self, token: bytes) -> None:
        fits = len(token) == SECRET_BYTES
        self.__token = bytes(token) if fits else b""
        self.__derived: dict[tuple[bytes, int], bytes] = {}
        del token
        if not fits:
            refuse(SealingFault.CARD_CODE)

    @classmethod
    def new(cls) -> Secret:
        """A fresh secret from the random numbers of the operating system."""
        return cls(secrets.token_bytes(SECRET_BYTES))

    @classmethod
    def of_words(cls, text: str) -> Secret:
        """The secret typed in words, whatever their case and the spaces, numbers and marks between them.

        Raises:
            Refused: too few or too many words; a word that is none of the list (its position and the nearest
                words are named); words that do not belong together.
        """
        found = _read_words(text)
        del text
        return _or_refuse(found)

    @classmethod
    def of_code(cls, text: str) -> Secret:
        """The secret in the code of a card's QR, without regard to white space around it.

        Raises:
            Refused: the text is no such code, or a character of it is wrong.
        """
        found = _read_code(text)
        del text
        return _or_refuse(found)

    @classmethod
    def of_cookie(cls, text: str) -> Secret:
        """The secret in the cookie of the carer's pages: the same text as the code.

        Raises:
            Refused: as `of_code`.
        """
        found = _read_code(text)
        del text
        return _or_refuse(found)

    def words(self) -> tuple[str, ...]:
        """The thirteen words of the card: 128 bits and a checksum of 15."""
        check = int.from_bytes(self._check()) >> (8 * CHECK_BYTES - _CHECK_BITS_IN_WORDS)
        whole = int.from_bytes(self.__token) << _CHECK_BITS_IN_WORDS | check
        last = 2**BITS_PER_WORD - 1
        return tuple(word_list()[whole >> BITS_PER_WORD * place & last] for place in reversed(range(WORDS)))

    def code(self) -> str:
        """The 24 characters of the card's QR, fit for an address: 128 bits and a checksum of 16."""
        return base64.urlsafe_b64encode(self.__token + self._check()).decode("ascii")

    def cookie(self) -> str:
        """The value of the cookie: the same text as the code."""
        return self.code()

    def derive(self, info: bytes, length: int = 32) -> bytes:
        """HKDF-SHA256 (RFC 5869) of the secret; called by `names` alone, which holds the purposes.

        Args:
            info: what the result is for.
            length: of the result, in bytes.
        """
        found = self.__derived.get((info, length))
        if found is None:
            hkdf = HKDF(algorithm=hashes.SHA256(), length=length, salt=SALT, info=info)
            found = self.__derived[info, length] = hkdf.derive(self.__token)
        return found

    def _check(self) -> bytes:
        return self.derive(b"check", CHECK_BYTES)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.__token, other.__token)

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        refuse(SealingFault.SECRET_STAYS)

    def __getstate__(self) -> NoReturn:
        refuse(SealingFault.SECRET_STAYS)


# What was typed is gone from every frame before a refusal is raised, so that no traceback that shows
# local values shows a secret. The readers therefore return a problem instead of raising it.


def _or_refuse(found: Secret | list[Problem]) -> Secret:
    if isinstance(found, Secret):
        return found
    raise Refused(found)


def _read_words(text: str) -> Secret | list[Problem]:
    typed = split_words(text)
    whole = number_of(
        typed, WORDS, count=SealingFault.CARD_WORD_COUNT, unknown=SealingFault.CARD_WORD_UNKNOWN
    )
    if isinstance(whole, list):
        return whole
    read = Secret((whole >> _CHECK_BITS_IN_WORDS).to_bytes(SECRET_BYTES))
    if hmac.compare_digest(" ".join(read.words()), " ".join(typed)):
        return read
    return [problem(SealingFault.CARD_WORDS_MISMATCH)]


def _read_code(text: str) -> Secret | list[Problem]:
    stripped = text.strip()
    if _CODE.fullmatch(stripped):
        read = Secret(base64.urlsafe_b64decode(stripped)[:SECRET_BYTES])
        if hmac.compare_digest(read.code(), stripped):
            return read
    return [problem(SealingFault.CARD_CODE)]
