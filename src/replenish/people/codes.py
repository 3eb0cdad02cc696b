"""Printed codes of accounts: 100 random bits, shown once, kept only as an argon2id hash."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 32 signs without I, O, 0 and 1: five bits each.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 20
GROUP = 5
NO_HASH = ""

# The codes are random, so the hash need not slow a guesser down; it keeps a stolen table useless.
# The figures (19 MiB, two passes, one lane) are those of the OWASP cheat sheet on password storage.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = HASHER.hash(secrets.token_urlsafe(16))


def new_code() -> str:
    """A code in groups of five, such as AB2CD-EFGH3-JK4LM-N5PQR."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hash_code(code: str) -> str:
    """What is kept of a code."""
    return HASHER.hash(plain(code))


def fits(kept: str, code: str) -> bool:
    """Whether the code is the one that was hashed.

    Without a hash (an account that is unknown or has ended) one of nobody's is compared, so that the answer
    takes as long and says as much as for a wrong code.
    """
    try:
        HASHER.verify(kept or _NOBODY, plain(code))
    except (VerificationError, InvalidHashError):
        return False
    return kept != NO_HASH


def plain(code: str) -> str:
    """A code as it is compared: capitals, spaces and hyphens do not matter."""
    return "".join(code.split()).replace("-", "").upper()
