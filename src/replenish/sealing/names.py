"""Every name and key that follows from a secret, one purpose each: the one module that derives them.

Nothing connects two of them but the secret, which the server does not keep; see argument.md beside this file.
"""

from __future__ import annotations

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.secret import Secret


def seat_name(secret: Secret, season: str) -> str:
    """The name of a person's seat in one season: 64 hexadecimal digits.

    Raises:
        Refused: the season has no readable name.
    """
    return secret.derive(_purpose("seat", season)).hex()


def voice_name(secret: Secret, round: str) -> str:  # noqa: A002
    """The name of a person's contribution to one round: 64 hexadecimal digits.

    Raises:
        Refused: the round has no readable name.
    """
    return secret.derive(_purpose("voice", round)).hex()


def box_name(secret: Secret) -> str:
    """The name of a person's sealed box: 64 hexadecimal digits."""
    return secret.derive(_purpose("box")).hex()


def box_key(secret: Secret) -> bytes:
    """The key that seals and opens a person's box: 32 bytes."""
    return secret.derive(_purpose("box key"))


def queue_tag(secret: Secret, key: str) -> str:
    """What marks a check-in that waits on a device as this card's: 32 hexadecimal digits.

    It lies on the device and, sealed, in what the device sends; the server keeps it nowhere.

    Args:
        secret: whose card it is.
        key: the name of the key that the check-in is sealed to, so that a tag lives no longer than a key.

    Raises:
        Refused: the key has no readable name.
    """
    return secret.derive(_purpose("queue", key), 16).hex()


def _purpose(what: str, which: str | None = None) -> bytes:
    """The `info` of HKDF: a purpose, and where there are several of it, a line break and its name.

    No purpose holds a line break, so that no two pairs of purpose and name give the same bytes.
    """
    if which is None:
        return what.encode("ascii")
    if not which or not which.isprintable():
        refuse(SealingFault.NAME_EMPTY, what=what)
    return f"{what}\n{which}".encode()
