"""How much of a count of heads may be kept: nothing that would tell who came, or who stayed away."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.people.queries import headcount, organisation_summary, unit_tree
from replenish.people.tree import subtree

UNSAID, FEW, MOST, SOME = "", "few", "most", "some"


@dataclass(frozen=True)
class Heads:
    """What is kept of a count.

    Attributes:
        came: "few", "most", "some", or nothing where the part is too small to say even that.
        number: how many, only where it says "some".
    """

    came: str
    number: int | None = None


def kept_heads(came: int, people: int | None, floor: int) -> Heads:
    """What of a count may be kept.

    Joining is free, so who stayed away is nobody's matter. In a small team a number would say it. So a number
    is kept only where at least the floor came and at least the floor of the part did not.

    Args:
        came: how many heads were counted.
        people: how many were declared to work in the part; None where a declaration is missing.
        floor: the least number of people behind a figure.
    """
    if people is None or people < 2 * floor:
        return Heads(UNSAID)
    if came < floor:
        return Heads(FEW)
    return Heads(MOST) if people - came < floor else Heads(SOME, came)


def heads_of(organisation: str, unit: str, came: int) -> Heads:
    """What may be kept of a count in a unit, with all below it, as it is declared today."""
    tree = unit_tree(organisation)
    inside = subtree(tree, unit)
    declared = headcount(organisation)
    teams = {one.unit for one in tree if one.unit in inside and one.is_leaf}
    known = teams and declared.keys() >= teams
    people = sum(declared[one] for one in inside if one in declared) if known else None
    return kept_heads(came, people, organisation_summary(organisation).floor)
