"""What changed in the unit tree and what is announced, as a function of dated places. No database here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby, pairwise

from replenish.people.tree import Place


class ChangeKind(Enum):
    """What happens to a unit on a day."""

    BEGINS = "begins"
    RENAMED = "renamed"
    MOVED = "moved"
    RENAMED_AND_MOVED = "renamed_and_moved"
    ENDS = "ends"


@dataclass(frozen=True)
class UnitChange:
    """One change of one unit.

    Attributes:
        unit: its id.
        on: the first day it holds.
        kind: what changes.
        name_before: what it was called; its own name where it begins.
        name: what it is called then.
        parent_before: the unit above it; None at the top, or where it begins.
        parent: the unit above it then; None at the top, or where it ends.
        is_last: whether no later change of this unit is known, so that it may be called off before its day.
    """

    unit: str
    on: date
    kind: ChangeKind
    name_before: str
    name: str
    parent_before: str | None
    parent: str | None
    is_last: bool


def changes(places: Iterable[Place]) -> tuple[UnitChange, ...]:
    """Every change of these places, by day; a unit whose beginning was called off has none."""
    by_unit = sorted(places, key=lambda place: (place.unit, place.from_date))
    found = [
        change
        for _unit, of_one in groupby(by_unit, key=lambda place: place.unit)
        for change in _of_one(list(of_one))
    ]
    return tuple(sorted(found, key=lambda change: (change.on, change.name, change.unit)))


def coming(places: Iterable[Place], today: date) -> tuple[UnitChange, ...]:
    """Those whose day has not come."""
    return tuple(change for change in changes(places) if change.on > today)


def _of_one(places: list[Place]) -> list[UnitChange]:
    first, last = places[0], places[-1]
    steps: list[tuple[date, Place | None, Place | None]] = []
    if first.until_date != first.from_date or len(places) > 1:
        steps.append((first.from_date, None, first))
    for before, after in pairwise(places):
        is_empty = after.until_date == after.from_date
        steps.append((after.from_date, before, None if is_empty else after))
    if last.until_date is not None and last.until_date > last.from_date:
        steps.append((last.until_date, last, None))
    return [
        _change(on, before, after, is_last=number == len(steps))
        for number, (on, before, after) in enumerate(steps, 1)
    ]


def _change(on: date, before: Place | None, after: Place | None, *, is_last: bool) -> UnitChange:
    some = before or after
    assert some is not None  # noqa: S101
    was, then = before or some, after or some
    return UnitChange(
        some.unit,
        on,
        _kind(before, after),
        was.name,
        then.name,
        before.parent if before else None,
        after.parent if after else None,
        is_last,
    )


def _kind(before: Place | None, after: Place | None) -> ChangeKind:
    if before is None:
        return ChangeKind.BEGINS
    if after is None:
        return ChangeKind.ENDS
    if before.name == after.name:
        return ChangeKind.MOVED
    return ChangeKind.RENAMED if before.parent == after.parent else ChangeKind.RENAMED_AND_MOVED
