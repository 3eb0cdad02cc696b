"""Figures about sets of people that are known exactly: subtract all pairs, and solve for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]
People = frozenset[str]
TOLERANCE = 1e-6


@dataclass(frozen=True)
class StoredSum:
    """The sum of one question's answers over a set of people lies between two numbers.

    Attributes:
        place: where it is kept.
        question: question and round, in one text: answers of two rounds are two answers.
        people: whose answers they are.
        low, high: equal where the sum is kept exactly.
    """

    place: str
    question: str
    people: People
    low: float
    high: float


@dataclass(frozen=True)
class Narrowed:
    """A person whose answer cannot be just anything any more."""

    person: str
    question: str
    low: float
    high: float


@dataclass(frozen=True)
class Difference:
    """Two kept sums of which one is about a few people more."""

    question: str
    places: tuple[str, str]
    people: People
    low: float
    high: float


@dataclass(frozen=True)
class Solved:
    """What was gained by subtracting and by solving."""

    differences: tuple[Difference, ...]
    narrowed: tuple[Narrowed, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was gained."""
        return not self.differences and not self.narrowed


def solve_for_everybody(stored: Sequence[StoredSum], low: float, high: float, *, floor: int) -> Solved:
    """Subtract every kept set from every other, and find the range left for each person's answer.

    Args:
        stored: every sum that is kept.
        low: the least possible answer.
        high: the greatest.
        floor: differences about fewer people than this are findings.
    """
    differences: list[Difference] = []
    narrowed: list[Narrowed] = []
    for question in sorted({each.question for each in stored}):
        about = [each for each in stored if each.question == question]
        differences += _differences(about, floor)
        narrowed += _ranges(about, question, low, high)
    return Solved(tuple(differences), tuple(narrowed))


def _differences(stored: Sequence[StoredSum], floor: int) -> list[Difference]:
    return [
        Difference(
            larger.question,
            (larger.place, smaller.place),
            larger.people - smaller.people,
            larger.low - smaller.high,
            larger.high - smaller.low,
        )
        for larger, smaller in permutations(stored, 2)
        if smaller.people < larger.people and len(larger.people - smaller.people) < floor
    ]


def _ranges(stored: Sequence[StoredSum], question: str, low: float, high: float) -> list[Narrowed]:
    """The least and the greatest answer each person can have given: two linear programs each (HiGHS)."""
    people = sorted(frozenset().union(*(each.people for each in stored)))
    rows = np.array([[float(person in each.people) for person in people] for each in stored])
    limits = np.array([[each.low, each.high] for each in stored])
    matrix = np.vstack([rows, -rows])
    bounds = np.concatenate([limits[:, 1], -limits[:, 0]]) + TOLERANCE
    out = []
    for at, person in enumerate(people):
        aim = np.zeros(len(people))
        aim[at] = 1.0
        least = linprog(aim, A_ub=matrix, b_ub=bounds, bounds=(low, high), method="highs")
        most = linprog(-aim, A_ub=matrix, b_ub=bounds, bounds=(low, high), method="highs")
        if least.x is None or most.x is None:
            out.append(Narrowed(person, question, float("nan"), float("nan")))
            continue
        ends = float(least.x[at]), float(most.x[at])
        margin = 1e-3 * (high - low)
        if ends[0] > low + margin or ends[1] < high - margin:
            out.append(Narrowed(person, question, *ends))
    return out
