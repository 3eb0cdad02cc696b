"""The key of a round: contributions are sealed to its public half, and its destruction shreds them all.

Sealing is HPKE (RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM) by `cryptography`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn, SupportsIndex, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing import key_files

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

    def create(self, round: str) -> str:  # noqa: A002
        """Make the key of a round and return its public half; where there is one already, that one stays.

        Raises:
            Refused: the round has no readable name; a key file is damaged or open to others.
        """
        path = self._path(round)
        key_files.write_once(
            path, {"format": 1, "private": X25519PrivateKey.generate().private_bytes_raw().hex()}
        )
        return recipient_of(self._private(path).public_key())

    def exists(self, round: str) -> bool:  # noqa: A002
        """Whether there is a key file of this round."""
        return self._path(round).exists()

    def opener(self, round: str) -> RoundOpener:  # noqa: A002
        """What opens the contributions of a round.

        Raises:
            Refused: the key is gone, damaged or open to others.
        """
        path = self._path(round)
        if not path.exists():
            refuse(SealingFault.ROUND_KEY_MISSING)
        return RoundOpener(self._private(path))

    def destroy(self, round: str) -> bool:  # noqa: A002
        """Destroy the key of a round, and with it all its contributions; say whether there was one.

        Doing it again is harmless, and so is a crash at any point.
        """
        return key_files.destroy(self._path(round))

    def _private(self, path: Path) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(
            key_files.key_bytes(path, key_files.read(path), "private", KEY_BYTES)
        )

    def _path(self, round: str) -> Path:  # noqa: A002
        if not round or not round.isprintable():
            refuse(SealingFault.NAME_EMPTY, what="round")
        return self._folder / f"{hashlib.sha256(round.encode()).hexdigest()}.key"


def recipient_of(public: X25519PublicKey) -> str:
    """The text of a public key: "round1" and its 32 bytes in 43 URL-safe characters."""
    return RECIPIENT_PREFIX + base64.urlsafe_b64encode(public.public_bytes_raw()).decode("ascii").rstrip("=")


def _public_key(recipient: str) -> X25519PublicKey:
    try:
        raw = base64.b64decode(recipient.removeprefix(RECIPIENT_PREFIX) + "=", altchars=b"-_", validate=True)
        public = X25519PublicKey.from_public_bytes(raw)
    except ValueError:
        refuse(SealingFault.RECIPIENT)
    if recipient_of(public) != recipient:
        refuse(SealingFault.RECIPIENT)
    return public
