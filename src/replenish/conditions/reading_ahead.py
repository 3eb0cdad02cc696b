"""Reading a chain of releases before somebody waits for it: piece by piece, and with rests in between."""

from __future__ import annotations

import time
from collections.abc import Callable

from replenish.basis import clock
from replenish.conditions.published import chain_of, releases_of

PIECE = 4
"""So many releases are checked at a time; of a large organisation that is less than half a second."""


def read_ahead(organisation: str, *, rest: Callable[[float], None] = time.sleep) -> int:
    """Check the chain of an organisation, so that this process remembers it.

    Between two pieces it rests as long as the piece took: whoever opens a page meanwhile waits for the other
    half of the time at most.

    Args:
        organisation: its id.
        rest: waits so many seconds.

    Returns:
        How many releases were checked.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    rows = [row for row in chain_of(organisation) if row.visible_from <= clock.today()]
    for end in range(PIECE, len(rows) + PIECE, PIECE):
        begun = time.perf_counter()
        releases_of(rows[:end])
        rest(time.perf_counter() - begun)
    return len(rows)
