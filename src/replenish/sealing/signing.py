"""The signature of an instance under what it publishes: Ed25519 (RFC 8032)."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from replenish.sealing import key_files

KEY_BYTES = 32


class InstanceSigner:
    """Signs with the key in `folder/signing/instance.key`, which is made at its first use."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "signing" / "instance.key"

    def sign(self, content: bytes) -> str:
        """The signature of the content: 128 hexadecimal digits.

        Raises:
            Refused: the key file is damaged or open to others.
        """
        return self._private().sign(content).hex()

    def public_key(self) -> str:
        """The public key, to be handed out once by another way: 64 hexadecimal digits.

        Raises:
            Refused: as `sign`.
        """
        return self._private().public_key().public_bytes_raw().hex()

    @staticmethod
    def verify(public: str, content: bytes, signature: str) -> bool:
        """Whether a signature belongs to this content and this public key, all as they were given out."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
                bytes.fromhex(signature), content
            )
        except (InvalidSignature, ValueError):
            return False
        return True

    def _private(self) -> Ed25519PrivateKey:
        if not self._path.exists():
            fresh = Ed25519PrivateKey.generate().private_bytes_raw().hex()
            key_files.write_once(self._path, {"format": 1, "private": fresh})
        return Ed25519PrivateKey.from_private_bytes(
            key_files.key_bytes(self._path, key_files.read(self._path), "private", KEY_BYTES)
        )
