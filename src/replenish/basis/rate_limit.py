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
from collections.abc import Callable, Mapping
from threading import Lock

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


def address_told(told: Mapping[str, str], *, behind_proxy: bool) -> str:
    """Where a request comes from, to count it.

    Behind a server with https every request comes from that server. The last address it passes on is the one
    it added itself; where it passes none on, only all attempts together have a limit: 30 wrong codes a minute
    of one person must not keep everybody else out.

    Args:
        told: what the request says of itself, as CGI names it.
        behind_proxy: whether another server stands in front.
    """
    if not behind_proxy:
        return told.get("REMOTE_ADDR", "")
    return told.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or secrets.token_hex(16)
