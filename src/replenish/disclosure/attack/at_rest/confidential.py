"""Looking for the forgotten figure: every number that must not be kept, sought in everything that is.

The adversary of a test knows the truth of a simulated round, computes every figure that would betray people
(answers, sums, means, products, numbers of voices) and looks for it in tables, in the bytes of files, in
texts. A figure is sought only when its digits are too many to be met by accident.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.at_rest.snapshot import Snapshot

Floats = NDArray[np.float64]
DIGITS = 9
"""Significant digits that are compared; figures with fewer digits than TELLING_DIGITS are not sought."""

TELLING_DIGITS = 6


@dataclass(frozen=True)
class Answers:
    """The truth of one round.

    Attributes:
        round: its name.
        people: who contributed, one name a row.
        group: their groups.
        scores: question -> one score a row, NaN is missing.
    """

    round: str
    people: tuple[str, ...]
    group: tuple[str, ...]
    scores: Mapping[str, Floats]


@dataclass(frozen=True)
class Figure:
    """A figure that must not be kept: what it is, about whom, and its value."""

    what: str
    round: str
    question: str
    people: frozenset[str]
    value: float


@dataclass(frozen=True)
class Kept:
    """A figure that was found, and where."""

    figure: Figure
    place: str


def figures_of(answers: Answers) -> Iterator[Figure]:
    """Answers, and sums, means and products over every group and every group without one of its people."""
    names = np.array(answers.people)
    group = np.array(answers.group)
    for question, scores in answers.scores.items():
        known = ~np.isnan(scores)
        for person, score in zip(names[known], scores[known], strict=True):
            yield Figure("answer", answers.round, question, frozenset([str(person)]), float(score))
        for each in np.unique(group):
            everybody = np.flatnonzero(known & (group == each))
            for without in (None, *everybody.tolist()):
                some = everybody[everybody != without] if without is not None else everybody
                if some.size < 2:
                    continue
                people = frozenset(names[some].tolist())
                total = float(scores[some].sum())
                yield Figure("sum", answers.round, question, people, total)
                yield Figure("mean", answers.round, question, people, total / some.size)
    yield from _products(answers, names, group)


def _products(answers: Answers, names: NDArray[np.str_], group: NDArray[np.str_]) -> Iterator[Figure]:
    for one, other in combinations_with_replacement(answers.scores, 2):
        both = answers.scores[one] * answers.scores[other]
        for each in np.unique(group):
            rows = np.flatnonzero(~np.isnan(both) & (group == each))
            if rows.size > 1:
                people = frozenset(names[rows].tolist())
                total = float(both[rows].sum())
                yield Figure("product", answers.round, f"{one} * {other}", people, total)
                yield Figure("mean product", answers.round, f"{one} * {other}", people, total / rows.size)


def kept_figures(snapshots: Sequence[Snapshot], figures: Sequence[Figure]) -> list[Kept]:
    """Every figure that lies anywhere in the copies, as a number, as text or as eight bytes."""
    telling = [figure for figure in figures if is_telling(figure.value)]
    shortened = {figure: f"{figure.value:.{DIGITS}g}".encode() for figure in telling}
    out: dict[tuple[Figure, str], Kept] = {}
    for number, snapshot in enumerate(snapshots):
        for place, content in _places(snapshot):
            for figure, text in shortened.items():
                if text[:-1] in content or any(
                    struct.pack(order, figure.value) in content for order in ("<d", ">d")
                ):
                    out.setdefault((figure, place), Kept(figure, f"{place}, copy {number + 1}"))
    return list(out.values())


def is_telling(value: float) -> bool:
    """Whether a number has so many digits that meeting it is no accident."""
    return (
        np.isfinite(value) and len(f"{abs(value):.{DIGITS}g}".replace(".", "").strip("0")) >= TELLING_DIGITS
    )


def _places(snapshot: Snapshot) -> Iterator[tuple[str, bytes]]:
    for table in snapshot.tables:
        for column in table.columns:
            cells = [
                cell if isinstance(cell, bytes) else repr(cell).encode()
                for cell in table.column(column)
                if cell is not None
            ]
            if cells:
                yield f"{table.name}.{column}", b"\n".join(cells)
    if snapshot.raw:
        yield "the bytes of the database", snapshot.raw
    for name, text in snapshot.texts.items():
        yield name, text.encode()
