"""Codes of slips: five groups of five letters, of which only a hash is kept, until they are spent."""

from __future__ import annotations

import hashlib
import secrets

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault

ALPHABET = "ABCDEFGHJKLMNPQRSTUWXYZ"
"""The letters without I, O and V, which are taken for L, Q and U. There are no digits, so that nobody has to
change their keyboard. Their number, 23, is prime: the check letter needs that."""
GROUP = 5
LETTERS = 25

_BASE = len(ALPHABET)
_ROOT = 5  # its powers run through every remainder of 23 but 0
_WEIGHTS = tuple(pow(_ROOT, place, _BASE) for place in range(LETTERS))


def slip_code() -> str:
    """A fresh code: 24 random letters (108 bits) and a check letter, in groups of five."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS - 1))
    return shown(letters + _check_letter(letters))


def normalise(text: str) -> str:
    """The 25 letters of a code as typed or scanned, whatever the case, spaces and marks between them.

    Raises:
        Refused: a letter that is on no slip, too few or too many letters, or letters that do not belong
            together: one wrong letter and two swapped neighbours are always noticed.
    """
    letters = "".join(mark for mark in text.upper() if mark.isalnum())
    for letter in letters:
        if letter not in ALPHABET:
            refuse(SealingFault.SLIP_LETTER, letter=letter, alphabet=ALPHABET)
    if len(letters) != LETTERS:
        refuse(SealingFault.SLIP_LENGTH, expected=LETTERS, found=len(letters))
    if _check_letter(letters[:-1]) != letters[-1]:
        refuse(SealingFault.SLIP_CHECK)
    return letters


def shown(code: str) -> str:
    """A code as it is printed: groups of five letters with a hyphen between them."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def slip_hash(code: str) -> str:
    """What is kept of an unspent slip: SHA-256 of its code, 64 hexadecimal digits.

    A plain hash is enough, because nobody can try 108 bits.

    Raises:
        Refused: the text is no code of a slip.
    """
    return hashlib.sha256(b"replenish slip 1\n" + normalise(code).encode("ascii")).hexdigest()


def _check_letter(letters: str) -> str:
    """The letter that makes the weighted sum of all 25 a multiple of 23.

    Each weight differs from 0 and from its neighbour's, and 23 is prime: any one wrong letter and any two
    swapped neighbours change the sum (J. Verhoeff, Error Detecting Decimal Codes, 1969).
    """
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, letters, strict=False))
    return ALPHABET[-total * pow(_WEIGHTS[-1], -1, _BASE) % _BASE]
