"""Limits without an address book: counters in memory that nobody can turn back into addresses.

Each minute has a random key of its own. An address is hashed with it into a few of a small number of
counters; when the minute is over, key and counters are forgotten. Two addresses that share all their
counters share their limit: that is the price of keeping no list, and a small one. Besides, all attempts
together have a limit, so that guessing from many addresses gains nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from array import array
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

SECONDS = 60.0
ROWS = 3
COUNTERS = 4096


class RateLimit:
    """At most so many attempts a minute from one address, and so many from all together.

    Args:
        each: attempts a minute from one address.
        together: attempts a minute from everybody.
        seconds: tells the time that passes; tests give their own.
    """

    def __init__(self, *, each: int, together: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._each = each
        self._together = together
        self._seconds = seconds
        self._lock = Lock()
        self._begin()

    def allows(self, address: str) -> bool:
        """Count one attempt and say whether it may go on. A refused one does not count against others."""
        with self._lock:
            if self._seconds() - self._began >= SECONDS:
                self._begin()
            places = self._places(address)
            if min(self._counts[place] for place in places) >= self._each or self._all >= self._together:
                return False
            self._all += 1
            for place in places:
                self._counts[place] += 1
            return True

    def _begin(self) -> None:
        self._began = self._seconds()
        self._key = secrets.token_bytes(32)
        self._counts = array("L", bytes(array("L").itemsize * ROWS * COUNTERS))
        self._all = 0

    def _places(self, address: str) -> list[int]:
        digest = hashlib.blake2b(address.encode(), key=self._key, digest_size=4 * ROWS).digest()
        return [
            row * COUNTERS + int.from_bytes(digest[4 * row : 4 * row + 4]) % COUNTERS for row in range(ROWS)
        ]


# A slip has more than 100 random bits and a card 128: nobody guesses one. The limits keep the guessing from
# slowing the pages of others. Many people may sit behind one address, so it is not small.
_SLIPS = RateLimit(each=30, together=600)
_CARDS = RateLimit(each=30, together=600)
# A code of six digits is guessed by trying, and each try costs the server a sixth of a second.
_CODES_OF_A_CARD = RateLimit(each=5, together=120)
_CODES = RateLimit(each=20, together=120)


def slip_attempt_allowed(request: HttpRequest) -> bool:
    """Whether a code of a slip may be tried now from where this request comes."""
    return _allows(_SLIPS, request)


def card_attempt_allowed(request: HttpRequest) -> bool:
    """Whether the words or the code of a card may be tried now from where this request comes."""
    return _allows(_CARDS, request)


def code_attempt_allowed(request: HttpRequest, locked: str) -> bool:
    """Whether a code may be tried now on this locked card; of the card only a count stays, for a minute."""
    return _allows(_CODES, request) and _CODES_OF_A_CARD.allows(locked)


def _allows(limit: RateLimit, request: HttpRequest) -> bool:
    """Whether one more attempt is allowed from where the request comes.

    Behind a server with https every request comes from that server. The last address it passes on is the one
    it added itself; where it passes none on, only all attempts together have a limit: 30 wrong codes a minute
    of one person must not keep everybody else out.
    """
    if not settings.REPLENISH_SECURE:
        return limit.allows(request.META.get("REMOTE_ADDR", ""))
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return limit.allows(told or secrets.token_hex(16))
