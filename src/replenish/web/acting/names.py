"""What units are called, also those that have ended."""

from __future__ import annotations

from replenish.people.queries import places_of, unit_tree


def unit_names(organisation: str) -> dict[str, str]:
    """By id, what each unit of an organisation is called today, or was called last."""
    places = sorted(places_of(organisation), key=lambda one: one.from_date)
    names = {place.unit: place.name for place in places}
    return names | {one.unit: " / ".join(one.path) for one in unit_tree(organisation)}
