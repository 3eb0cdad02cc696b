"""The printing step of a class of (people, groups): looked up, never computed from the answers.

The table is made by tests/references/disclosure_ladder.py and stored with its date and command.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault

LEAST_PEOPLE = 50
LEAST_GROUPS = 5

STEPS = (1, 2, 5, 10, 20)
"""Printing steps in points of 0-100."""

PEOPLE_FROM = (50, 100, 200, 400, 800, 1600, 3200, 6400)
GROUPS_FROM = (5, 10, 20, 40, 80)
GROUPS_TRIED = (*GROUPS_FROM, 200)
CONDITIONS_TO = (2, 6, 10)
MOST_CONDITIONS = CONDITIONS_TO[-1]

EFFECT_KINDS = ("own reports", "split voice")

_TABLE = Path(__file__).with_name("ladder.json")


def require_enough(people: int, groups: int) -> None:
    """Accept a model over enough people in enough groups.

    Raises:
        Refused: fewer than 50 people or fewer than 5 groups.
    """
    if people < LEAST_PEOPLE or groups < LEAST_GROUPS:
        refuse(DisclosureFault.MODEL_RESULT_SMALL, people=LEAST_PEOPLE, groups=LEAST_GROUPS)


def people_class(people: int) -> str:
    """The published class of a number of people, such as "100-199"."""
    return _class(people, PEOPLE_FROM)


def groups_class(groups: int) -> str:
    """The published class of a number of groups, such as "10-19"."""
    return _class(groups, GROUPS_FROM)


def _class(number: int, starts: tuple[int, ...]) -> str:
    place = max(place for place, start in enumerate(starts) if start <= number)
    return f"{starts[place]}-{starts[place + 1] - 1}" if place + 1 < len(starts) else f"{starts[place]}+"


def class_starts() -> dict[tuple[str, str], tuple[int, int]]:
    """The least people and groups of every pair of published classes."""
    return {(people_class(p), groups_class(g)): (p, g) for p in PEOPLE_FROM for g in GROUPS_FROM}


@cache
def _simulated() -> dict[tuple[str, int, int, int], int | None]:
    table = json.loads(_TABLE.read_text(encoding="utf-8"))["table"]
    return {(row["kind"], row["people"], row["groups"], row["conditions"]): row["step"] for row in table}


@cache
def printing_step(kind: str, people: str, groups: str, conditions: int) -> int | None:
    """The step in which effects of this kind are printed for these classes; None: no step is wide enough.

    It is the widest one simulated for these classes: both ends of the class of groups, as many conditions
    and fewer, this and every larger class of people (more people or fewer conditions never ask for a wider
    step; where the simulation says so, it is chance). None where the model has more than 10 conditions, or
    nearly as many as groups, or where the least number of people was too small to be simulated.

    Args:
        kind: one of `EFFECT_KINDS`.
        people: a class of people.
        groups: a class of groups.
        conditions: the number of conditions in the model.

    Raises:
        Refused: an unknown kind or class, or a model without conditions.
    """
    starts = class_starts()
    if kind not in EFFECT_KINDS or (people, groups) not in starts or conditions < 1:
        refuse(DisclosureFault.MODEL_RESULT_KIND, kind=f"{kind}, {people} people, {groups} groups")
    least_people, least_groups = starts[people, groups]
    most = next((most for most in CONDITIONS_TO if conditions <= most), None)
    if most is None or (kind, least_people, least_groups, most) not in _simulated():
        return None
    next_groups = GROUPS_TRIED[GROUPS_TRIED.index(least_groups) + 1]
    steps = [
        step
        for (tried, p, g, c), step in _simulated().items()
        if tried == kind and p >= least_people and g in (least_groups, next_groups) and c <= most
    ]
    return None if None in steps else max(step for step in steps if step is not None)
