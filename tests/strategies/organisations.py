"""Organisations to draw from: trees of units, who answered, and what; shared by property tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

UnitPath = tuple[str, ...]
Columns = dict[str, NDArray[np.float64]]


@st.composite
def headcounts(draw: st.DrawFn, *, max_units: int = 14, max_people: int = 30) -> dict[UnitPath, int]:
    """Units in a tree of one to three levels with their headcount, in any order, small units included."""
    depth = draw(st.integers(1, 3))
    names = st.sampled_from(["Ash", "Elm", "Oak", "Days", "Nights", "A and B", "A", "B"])
    path = st.tuples(*[names] * depth)
    units = draw(st.lists(path, min_size=1, max_size=max_units, unique=True))
    return {unit: draw(st.integers(0, max_people)) for unit in units}


@dataclass(frozen=True)
class Answered:
    """One round: the unit of each row and the answers by question (0-100; NaN is missing)."""

    units: Sequence[UnitPath]
    answers: Columns


def answers_of(
    headcount: Mapping[UnitPath, int],
    rng: np.random.Generator,
    *,
    response: float = 0.8,
    missing: float = 0.1,
) -> Answered:
    """Whole-number answers to two questions by about this share of every unit."""
    units = [unit for unit, people in headcount.items() for _ in range(rng.binomial(people, response))]
    columns = {name: rng.integers(0, 101, len(units)).astype(np.float64) for name in ("load", "voice")}
    for column in columns.values():
        column[rng.random(len(units)) < missing] = np.nan
    return Answered(units, columns)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[dict[UnitPath, int], Answered]:
    """An organisation and one round of its answers."""
    headcount = draw(headcounts())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    response = draw(st.sampled_from([0.0, 0.3, 0.6, 0.8, 1.0]))
    return headcount, answers_of(headcount, rng, response=response, missing=draw(st.sampled_from([0.0, 0.2])))
