"""What the figures of all parts of a unit come to: counts and what they are out of, never shares.

A unit without a figure of its own for a period has the sum of its parts where each of them has one, entered
or added up itself. The parts are those of the period's own days, which a later move does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from replenish.conditions.facts.trees import WHOLE, Tree, Trees
from replenish.conditions.models import AddedUp, FactState, ProvidedFact
from replenish.people.actions.organisations import new_id

Sum = tuple[int, int]
"""How many, and out of how many, in hundredths."""
Period = tuple[str, date, date]
"""A kind, the first day and the last."""


def add_up_again(organisation: str, periods: Iterable[Period], trees: Trees) -> None:
    """Work out anew what the parts come to, inside the caller's transaction.

    Args:
        organisation: its id.
        periods: those in which a figure was entered, corrected or taken back.
        trees: of the organisation.
    """
    made: list[AddedUp] = []
    for kind, first_day, last_day in sorted(set(periods)):
        named = {"organisation": organisation, "kind": kind, "first_day": first_day, "last_day": last_day}
        AddedUp.objects.filter(**named).delete()
        rows = ProvidedFact.objects.filter(**named, state=FactState.CURRENT)
        entered = {
            unit: (count, out_of) for unit, count, out_of in rows.values_list("unit", "count", "out_of")
        }
        sums = sums_of(entered, trees.on(first_day), trees.on(last_day))
        made += (
            AddedUp(id=new_id(), unit=unit, count=count, out_of=out_of, **named)
            for unit, (count, out_of) in sums.items()
        )
    AddedUp.objects.bulk_create(made, batch_size=500)


def sums_of(entered: Mapping[str, Sum], first: Tree, last: Tree) -> dict[str, Sum]:
    """By unit, the sum of its parts, where it has no figure of its own and each of its parts has one.

    Args:
        entered: by unit, the figures of one kind and period.
        first: the tree on the first day; a unit whose parts changed since has no sum.
        last: the tree on the last day.
    """
    sums: dict[str, Sum] = {}
    for unit in _from_the_ends(last):
        parts = last.below.get(unit, ())
        if unit in entered or not parts or set(first.below.get(unit, ())) != set(parts):
            continue
        found = [entered.get(part) or sums.get(part) for part in parts]
        known = [one for one in found if one is not None]
        if len(known) == len(parts):
            sums[unit] = (sum(one[0] for one in known), sum(one[1] for one in known))
    return sums


def _from_the_ends(tree: Tree) -> list[str]:
    """Every unit after all below it; the whole organisation last."""
    by_depth = sorted(tree.units.values(), key=lambda unit: -len(unit.path))
    return [*(unit.unit for unit in by_depth), WHOLE]
