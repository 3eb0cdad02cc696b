"""What units are called, also those that have ended."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.basis import clock
from replenish.people.queries import places_of
from replenish.people.tree import Place, tree_on


def unit_names(organisation: str, known: Sequence[Place] = ()) -> dict[str, str]:
    """By id, what each unit of an organisation is called today, or was called last.

    Args:
        organisation: its id.
        known: all places of its units, where they were read already.
    """
    places = sorted(known or places_of(organisation), key=lambda one: one.from_date)
    names = {place.unit: place.name for place in places}
    return names | {one.unit: " / ".join(one.path) for one in tree_on(places, clock.today())}
