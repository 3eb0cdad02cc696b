"""What releases say about the part a promise was made for, as far as the reader may read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from replenish.conditions.queries import Published, rounds
from replenish.conditions.response import Answer
from replenish.disclosure.partition import clean_path
from replenish.people.queries import places_of
from replenish.people.tree import tree_on
from replenish.web.conditions_report.parts import THE_WHOLE, Part, PartInRound, part_in_rounds
from replenish.web.staff.report.scope import part_around, season_began

Beside = Callable[[Answer], tuple[PartInRound, ...]]


def beside(organisation: str, published: Sequence[Published]) -> Beside:
    """By answer, the part it was given for in each release; nothing where it has no group of its own.

    Args:
        organisation: its id.
        published: what the reader may read, oldest first.
    """
    formed = next((one for one in reversed(published) if one.release.groups), None)
    known: dict[str | None, tuple[PartInRound, ...]] = {}

    def part_of(unit: str | None) -> Part | None:
        if unit is None or formed is None:
            return None if formed is None else THE_WHOLE
        began = season_began(rounds(organisation), formed.round)
        tree = tree_on(places_of(organisation), began)
        path = next((one.path for one in tree if one.unit == unit), None)
        return part_around(clean_path(path), formed.release) if path is not None else None

    def of(answer: Answer) -> tuple[PartInRound, ...]:
        unit = answer.scope.unit
        if unit not in known:
            part = part_of(unit)
            known[unit] = part_in_rounds(part, published) if part is not None else ()
        return known[unit]

    return of
