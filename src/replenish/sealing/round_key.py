"""The key of a round: contributions are sealed to its public half, and its destruction shreds them all.

Sealing is HPKE (RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM) by `cryptography`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, SupportsIndex, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing import key_files
from replenish.sealing.round_split import key_of_halves, new_halves

VERSION = b"\x01"
INFO = b"replenish contribution" + VERSION
RECIPIENT_PREFIX = "round1"
KEY_BYTES = 32

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_contribution(recipient: str, payload: bytes) -> bytes:
    """Seal a contribution to the public key of its round; it grows by 49 bytes, whatever it holds.

    Args:
        recipient: from `RoundKeys.create`.
        payload: from `encode_scores`.

    Raises:
        Refused: the recipient is none.
    """
    return VERSION + _SUITE.encrypt(payload, _public_key(recipient), info=INFO)


@final
class RoundOpener:
    """Opens the contributions of one round; its private key is never printed, pickled or copied."""

    __slots__ = ("__private",)

    def __init__(self, private: X25519PrivateKey) -> None:
        self.__private = private

    def open(self, sealed: bytes) -> bytes:
        """The payload of one contribution.

        Raises:
            Refused: it is damaged, or was sealed to the key of another round.
        """
        if sealed[:1] != VERSION:
            refuse(SealingFault.CONTRIBUTION_CLOSED)
        try:
            return _SUITE.decrypt(sealed[1:], self.__private, info=INFO)
        except (InvalidTag, ValueError):
            refuse(SealingFault.CONTRIBUTION_CLOSED)

    def open_all(self, sealed: Iterable[bytes]) -> list[bytes]:
        """The payloads of many contributions, in their order.

        Raises:
            Refused: as `open`.
        """
        return [self.open(one) for one in sealed]

    def __repr__(self) -> str:
        return "RoundOpener(hidden)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        refuse(SealingFault.SECRET_STAYS)

    def __getstate__(self) -> NoReturn:
        refuse(SealingFault.SECRET_STAYS)


class RoundKeys:
    """The private keys of rounds, one file each in `folder/rounds`, outside the database and its backups."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "rounds"

    def create(self, round: str, *, split: Mapping[str, str] | None = None) -> str:  # noqa: A002
        """Make the key of a round and return its public half; where there is one already, that one stays.

        Args:
            round: its id.
            split: the age recipient of each holder, by name: then the private key is kept nowhere whole.

        Raises:
            Refused: the round has no readable name; a key file is damaged or open to others; a split without
                two different holders.
        """
        path = self._path(round)
        if not path.exists():
            key_files.write_once(path, _whole_key() if split is None else _split_key(split))
        content = key_files.read(path)
        recipient = content.get("recipient")
        if not isinstance(recipient, str):
            refuse(SealingFault.KEY_FILE_DAMAGED, file=path.name)
        return recipient

    def exists(self, round: str) -> bool:  # noqa: A002
        """Whether there is a key file of this round."""
        return self._path(round).exists()

    def halves(self, round: str) -> dict[str, str]:  # noqa: A002
        """By holder, the sealed half of a split key, for their own age key to open; empty for a whole key.

        Raises:
            Refused: the key is gone, damaged or open to others.
        """
        halves = self._content(round).get("halves", {})
        return dict(halves) if isinstance(halves, dict) else {}

    def opener(self, round: str, *, shares: Mapping[str, str] | None = None) -> RoundOpener:  # noqa: A002
        """What opens the contributions of a round.

        Args:
            round: its id.
            shares: for a split key, the opened half of each holder, by name.

        Raises:
            Refused: the key is gone, damaged, open to others, or split and not all halves are there.
        """
        content, path = self._content(round), self._path(round)
        holders = self.halves(round)
        if set(shares or {}) != set(holders):
            refuse(SealingFault.ROUND_KEY_SPLIT, holders=", ".join(sorted(holders)) or "nobody")
        if shares:
            private = key_of_halves(shares)
            fault = SealingFault.ROUND_KEY_HALVES
        else:
            raw = key_files.key_bytes(path, content, "private", KEY_BYTES)
            private = X25519PrivateKey.from_private_bytes(raw)
            fault = SealingFault.KEY_FILE_DAMAGED
        if recipient_of(private.public_key()) != content.get("recipient"):
            refuse(fault, file=None if shares else path.name)
        return RoundOpener(private)

    def destroy(self, round: str) -> bool:  # noqa: A002
        """Destroy the key of a round, and with it all its contributions; say whether there was one.

        Doing it again is harmless, and so is a crash at any point.
        """
        return key_files.destroy(self._path(round))

    def _content(self, round: str) -> dict[str, object]:  # noqa: A002
        path = self._path(round)
        if not path.exists():
            refuse(SealingFault.ROUND_KEY_MISSING)
        return key_files.read(path)

    def _path(self, round: str) -> Path:  # noqa: A002
        if not round or not round.isprintable():
            refuse(SealingFault.NAME_EMPTY, what="round")
        return self._folder / f"{hashlib.sha256(round.encode()).hexdigest()}.key"


def _whole_key() -> dict[str, object]:
    private = X25519PrivateKey.generate()
    return {
        "format": 1,
        "private": private.private_bytes_raw().hex(),
        "recipient": recipient_of(private.public_key()),
    }


def _split_key(holders: Mapping[str, str]) -> dict[str, object]:
    private, halves = new_halves(holders)
    return {"format": 1, "halves": halves, "recipient": recipient_of(private.public_key())}


def recipient_of(public: X25519PublicKey) -> str:
    """The text of a public key: "round1" and its 32 bytes in 43 URL-safe characters."""
    return RECIPIENT_PREFIX + base64.urlsafe_b64encode(public.public_bytes_raw()).decode("ascii").rstrip("=")


@lru_cache(maxsize=64)
def _public_key(recipient: str) -> X25519PublicKey:
    """The public key in a text: a round has one, and everybody seals to it."""
    try:
        raw = base64.b64decode(recipient.removeprefix(RECIPIENT_PREFIX) + "=", altchars=b"-_", validate=True)
        public = X25519PublicKey.from_public_bytes(raw)
    except ValueError:
        refuse(SealingFault.RECIPIENT)
    if recipient_of(public) != recipient:
        refuse(SealingFault.RECIPIENT)
    return public
