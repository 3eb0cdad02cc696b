"""The unit tree as a nested list, with the people that were declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from replenish.people.tree import UnitInTree

FEW = 40
"""So many units stand open on the page at once."""


@dataclass(frozen=True)
class Branch:
    """A unit with all below it.

    Attributes:
        unit: its id.
        name: what it is called.
        path: the names from the top down, as one line.
        people: how many were declared for it and all below it; None where nobody has declared any.
        may_change: whether the reader may change it.
        below: the units below it.
    """

    unit: str
    name: str
    path: str
    people: int | None
    may_change: bool
    below: tuple[Branch, ...]


def branches(
    tree: Sequence[UnitInTree], declared: Mapping[str, int], mine: Collection[str]
) -> tuple[Branch, ...]:
    """The units at the top, each with its own below it."""
    under: dict[str | None, list[UnitInTree]] = defaultdict(list)
    for unit in tree:
        under[unit.parent].append(unit)

    def grown(unit: UnitInTree) -> Branch:
        below = tuple(grown(one) for one in under[unit.unit])
        counts = [declared.get(unit.unit), *(one.people for one in below)]
        known = [count for count in counts if count is not None]
        return Branch(
            unit.unit,
            unit.name,
            " / ".join(unit.path),
            sum(known) if known else None,
            unit.unit in mine,
            below,
        )

    return tuple(grown(unit) for unit in under[None])


def flat(grown: Sequence[Branch]) -> list[Branch]:
    """All of them, from the top down."""
    return [one for branch in grown for one in (branch, *flat(branch.below))]
