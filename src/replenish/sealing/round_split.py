"""A round's key in halves, each sealed to the age key of its holder; only together they make the key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault

HALF_BYTES = 32
HALF_PREFIX = "half1-"
LEAST_HOLDERS = 2


def new_halves(holders: Mapping[str, str]) -> tuple[X25519PrivateKey, dict[str, str]]:
    """A fresh private key, and for each holder a half of it that nobody else can read.

    Args:
        holders: the age recipient ("age1...") of each holder, by name.

    Returns:
        The key, to take its public part and forget it; by holder, the half as an armoured age file, which
        `age --decrypt` opens on the holder's own computer.

    Raises:
        Refused: fewer than two holders, one recipient twice, or one that is none.
    """
    if len(set(holders.values())) < LEAST_HOLDERS or len(set(holders.values())) < len(holders):
        refuse(SealingFault.ROUND_SPLIT_HOLDERS)
    halves = {holder: secrets.token_bytes(HALF_BYTES) for holder in holders}
    return _together(halves), {holder: _sealed(half, holders[holder]) for holder, half in halves.items()}


def key_of_halves(halves: Mapping[str, str]) -> X25519PrivateKey:
    """The private key that the halves of all holders make.

    Args:
        halves: by holder, the text that was in their age file.

    Raises:
        Refused: a half is mistyped or cut.
    """
    return _together({holder: _half(text) for holder, text in halves.items()})


def _together(halves: Mapping[str, bytes]) -> X25519PrivateKey:
    """HKDF of all halves: who lacks one of them lacks 256 random bits, and knows nothing of the key."""
    joined = b"".join(halves[holder] for holder in sorted(halves))
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"replenish round key").derive(
        joined
    )
    return X25519PrivateKey.from_private_bytes(derived)


def _sealed(half: bytes, recipient: str) -> str:
    try:
        holder = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        refuse(SealingFault.ROUND_SPLIT_HOLDERS)
    text = HALF_PREFIX + half.hex()
    armoured: bytes = pyrage.encrypt(text.encode("ascii"), [holder], armored=True)
    return armoured.decode("ascii")


def _half(text: str) -> bytes:
    try:
        half = bytes.fromhex(text.strip().removeprefix(HALF_PREFIX))
    except ValueError:
        half = b""
    if len(half) != HALF_BYTES:
        refuse(SealingFault.ROUND_KEY_HALVES)
    return half
