"""Times of a day as people write them: 9:30 or 09:30; no zone, since a session is where its people are."""

from __future__ import annotations

import re

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def minutes_of(written: str) -> int | None:
    """Minutes since midnight; None for what is no time."""
    found = _TIME.fullmatch(written)
    return None if found is None else int(found[1]) * 60 + int(found[2])
