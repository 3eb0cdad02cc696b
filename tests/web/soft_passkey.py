"""A passkey in software, for tests without a browser: WebAuthn level 2, ES256, no attestation."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

ORIGIN = "https://testserver"
PRESENT, VERIFIED, WITH_CREDENTIAL = 0x01, 0x04, 0x40


class SoftPasskey:
    """One key pair, and the person it was made for."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._id = secrets.token_bytes(16)
        self._person = b""

    def make(self, options: dict[str, Any], *, damage: str = "") -> str:
        """The answer to `navigator.credentials.create`, as the page sends it, or with one thing wrong."""
        asked = options["publicKey"]
        self._person = websafe_decode(asked["user"]["id"])
        cose = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        public = cbor.encode(dict(cose))
        flags = PRESENT | WITH_CREDENTIAL | (0 if damage == "unverified" else VERIFIED)
        about = self._about(asked["rp"]["id"], flags)
        credential = bytes(16) + len(self._id).to_bytes(2, "big") + self._id + public
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": about + credential})
        said = _client("webauthn.create", asked["challenge"], _origin(damage))
        return self._answer({"clientDataJSON": said, "attestationObject": attestation})

    def sign(self, options: dict[str, Any], *, damage: str = "") -> str:
        """The answer to `navigator.credentials.get`, whole or with one thing wrong."""
        asked = options["publicKey"]
        about = self._about(asked["rpId"], PRESENT if damage == "unverified" else PRESENT | VERIFIED)
        said = _client("webauthn.get", asked["challenge"], _origin(damage))
        signature = self._key.sign(about + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        parts = {
            "clientDataJSON": said,
            "authenticatorData": about,
            "signature": signature[:-1] + b"\x00" if damage == "signature" else signature,
            "userHandle": b"0" * 32 if damage == "handle" else self._person,
        }
        return self._answer(parts)

    def _about(self, relying_party: str, flags: int) -> bytes:
        return hashlib.sha256(relying_party.encode()).digest() + bytes([flags]) + bytes(4)

    def _answer(self, parts: dict[str, bytes]) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self._id),
                "rawId": websafe_encode(self._id),
                "type": "public-key",
                "response": {name: websafe_encode(part) for name, part in parts.items()},
                "clientExtensionResults": {},
            }
        )


def _origin(damage: str) -> str:
    return "https://elsewhere.example" if damage == "origin" else ORIGIN


def _client(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
