"""Counting the seats that are there, as no page does."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from replenish.voices.models import ArrivingSeat, Seat


def seats_by_unit(season: str) -> dict[str, int]:
    """How many seats each unit has, those that arrived lately among them."""
    units = (
        table.objects.filter(season=season).values_list("unit", flat=True) for table in (Seat, ArrivingSeat)
    )
    return dict(Counter(chain.from_iterable(units)))
