"""The key to which a browser seals a check-in that waits for a connection.

Sealing is HPKE (RFC 9180, base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM): browsers of the
last ten years have its parts built in, and `cryptography` opens it here. There is a new key every quarter of
a year; the one before still opens what waited, and older ones are destroyed.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing import key_files

VERSION = b"\x01"
INFO = b"replenish queued check-in" + VERSION
RECIPIENT_PREFIX = "queue1"
KEY_BYTES = 32

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class QueueRecipient:
    """The public key of a quarter of a year, and the name under which its private half is found."""

    name: str
    recipient: str


class QueueKeys:
    """The private keys, one file each in `folder/queue`, outside the database and its backups."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "queue"

    def recipient(self, today: date) -> QueueRecipient:
        """The public key to seal to on this day. It is made where there is none yet; old ones go then.

        Raises:
            Refused: the key file is damaged or open to others.
        """
        name = quarter_of(today)
        path = self._path(name)
        if not path.exists():
            key_files.write_once(path, _new_key())
            self._destroy_all_but(_quarters_that_open(today))
        recipient = key_files.read(path).get("recipient")
        if not isinstance(recipient, str):
            refuse(SealingFault.KEY_FILE_DAMAGED, file=path.name)
        return QueueRecipient(name, recipient)

    def open(self, name: str, sealed: bytes, today: date) -> bytes:
        """What a browser sealed to the key of this name.

        Args:
            name: of the key, as the sender gives it; only this quarter's and the one before are sought.
            sealed: the version byte, the encapsulated key (65 bytes), the cipher text.
            today: decides which keys still open.

        Raises:
            Refused: it was sealed to a key that is gone, or is damaged; the key file is damaged.
        """
        if name not in _quarters_that_open(today) or not self._path(name).exists() or sealed[:1] != VERSION:
            refuse(SealingFault.QUEUED_CLOSED)
        try:
            return _SUITE.decrypt(sealed[1:], self._private(name), info=INFO)
        except (InvalidTag, ValueError):
            refuse(SealingFault.QUEUED_CLOSED)

    def _private(self, name: str) -> ec.EllipticCurvePrivateKey:
        path = self._path(name)
        raw = key_files.key_bytes(path, key_files.read(path), "private", KEY_BYTES)
        try:
            return ec.derive_private_key(int.from_bytes(raw), _CURVE)
        except ValueError:
            refuse(SealingFault.KEY_FILE_DAMAGED, file=path.name)

    def _destroy_all_but(self, names: set[str]) -> None:
        for path in self._folder.glob("*.key"):
            if path.stem not in names:
                key_files.destroy(path)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"


def seal_queued(recipient: str, payload: bytes) -> bytes:
    """Seal as a browser does; the server itself never does.

    Raises:
        Refused: the recipient is none.
    """
    return VERSION + _SUITE.encrypt(payload, _public_key(recipient), info=INFO)


def quarter_of(day: date) -> str:
    """The quarter of a year a day lies in, such as 2026-Q3."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def _quarters_that_open(today: date) -> set[str]:
    first_of_quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return {quarter_of(today), quarter_of(first_of_quarter - timedelta(days=1))}


def _new_key() -> dict[str, object]:
    private = ec.generate_private_key(_CURVE)
    return {
        "format": 1,
        "private": private.private_numbers().private_value.to_bytes(KEY_BYTES).hex(),
        "recipient": recipient_of(private.public_key()),
    }


def recipient_of(public: ec.EllipticCurvePublicKey) -> str:
    """The text of a public key: "queue1" and its 65 bytes (an uncompressed point) in URL-safe characters."""
    raw = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return RECIPIENT_PREFIX + base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _public_key(recipient: str) -> ec.EllipticCurvePublicKey:
    try:
        raw = base64.b64decode(recipient.removeprefix(RECIPIENT_PREFIX) + "=", altchars=b"-_", validate=True)
        public = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, raw)
    except ValueError:
        refuse(SealingFault.RECIPIENT)
    if recipient_of(public) != recipient:
        refuse(SealingFault.RECIPIENT)
    return public
