"""The arrow beside a band: a function of three published bands, so it tells nothing they do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from replenish.disclosure.bands import Band

Change = Literal["higher", "lower"]

ROUNDS_COMPARED = 2


def change_between(band: Band | None, earlier: Sequence[Band | None]) -> Change | None:
    """Whether a band lies wholly above, or wholly below, both bands published before it.

    Args:
        band: the band of this round; None when there were not enough voices.
        earlier: the same group's and question's bands in the rounds before, oldest first.

    Returns:
        None when the bands touch on both sides, when one is missing, or with fewer than two rounds before.
    """
    compared = [old for old in earlier[-ROUNDS_COMPARED:] if old is not None]
    if band is None or len(compared) < ROUNDS_COMPARED:
        return None
    if all(band.low >= old.high for old in compared):
        return "higher"
    if all(band.high <= old.low for old in compared):
        return "lower"
    return None
