"""Before an action begins: what could be seen with the organisation's groups, and how likely.

How much a group's figure moves from round to round by itself is not estimated from the organisation: it would
take years of rounds. In the simulated world, where no condition changes, means of groups with 11, 16 and 24
voices move by 7.2, 6.2 and 5.1 points. Bands hide a part of a change; read as intervals they hide less than
their middles do. The numbers here are those with which `foresee` says how often the words of an effect were
said in simulation, within what 150 runs can tell. Real groups may move more or less; the page says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from replenish.basis.errors import Refused
from replenish.conditions.actions.starts import BETWEEN, Starts
from replenish.conditions.actions.told import Plan, Promised
from replenish.conditions.actions.whose import newest_groups
from replenish.conditions.queries import RoundSummary, rounds
from replenish.people.queries import headcount
from replenish.statistics.effect import Spread, foresee

ROUNDS_AFTER = 3
"""Rounds after the last start that are counted on: what somebody waits for before they look."""
ROUNDS_BEFORE = 6
"""Older rounds tell little about the one in which an action begins."""
ASKED_EFFECT = 10.0
"""Points of 0-100: less than half of what protected supervision moves in the simulated world."""
COARSE = 5

# In points from round to round, by the least people in a group; four in five of them answer.
MOVES_BY_PEOPLE = ((32, 6.2), (17, 6.7), (0, 8.2))


@dataclass(frozen=True)
class GroupStart:
    """A reporting group and the day on which it begins; None where it does not, or only a part of it."""

    label: str
    day: date | None


def usual_spread(people: float) -> Spread:
    """How much the figure of a group of so many people moves from round to round by itself."""
    return Spread(round=next(moves for least, moves in MOVES_BY_PEOPLE if people >= least))


def foreseen(organisation: str, plan: Plan, starts: Starts) -> Promised:
    """What could be seen of an action, three rounds after its last start.

    Nothing is worked out where fewer than four groups begin or fewer than four do not, or before there are
    groups: then the numbers of the answer are None.
    """
    begin = group_starts(organisation, starts)
    days = [one.day for one in begin if one.day is not None]
    calendar = _rounds_counted_on(rounds(organisation), max(days, default=plan.first_day))
    first = [_first_round(one.day, calendar) for one in begin]
    treated = sum(place is not None for place in first)
    told = Promised(treated, len(first) - treated, len(calendar))
    people = _people_in_groups(organisation)
    if not people:
        return told
    spread = usual_spread(median(people))
    try:
        seen = foresee(first, rounds=len(calendar), spread=spread, effect=ASKED_EFFECT)
    except Refused:
        return told
    chance = COARSE * round(100 * seen.chance / COARSE)
    smallest = math.ceil(seen.smallest)
    return Promised(treated, told.untreated, told.rounds, int(ASKED_EFFECT), min(chance, 95), smallest)


def group_starts(organisation: str, starts: Mapping[str, date | None]) -> tuple[GroupStart, ...]:
    """The groups of the newest season; a group begins when the last of its units does."""
    groups = newest_groups(organisation)
    if groups is None:
        return ()
    found = []
    for label, units in groups.units.items():
        days = [starts.get(unit) for unit in sorted(units)]
        known = [day for day in days if day is not None]
        found.append(GroupStart(label, max(known) if known and len(known) == len(days) else None))
    return tuple(found)


def _rounds_counted_on(known: Sequence[RoundSummary], last_start: date) -> tuple[date, ...]:
    """First days of rounds: the newest before the start, and every four weeks until three after it."""
    days = sorted(one.starts_on for one in known if one.state != "cancelled")
    while sum(day >= last_start for day in days) < ROUNDS_AFTER:
        days.append(max([*days[-1:], last_start - BETWEEN]) + BETWEEN)
    after = [day for day in days if day >= last_start][:ROUNDS_AFTER]
    before = [day for day in days if day < last_start]
    return (*before[-ROUNDS_BEFORE:], *after)


def _first_round(day: date | None, calendar: Sequence[date]) -> int | None:
    if day is None:
        return None
    return next((place for place, begins in enumerate(calendar) if begins >= day), None)


def _people_in_groups(organisation: str) -> list[int]:
    groups = newest_groups(organisation)
    people = headcount(organisation)
    return [] if groups is None else [sum(people.get(u, 0) for u in own) for own in groups.units.values()]
