"""What a chain of releases says, as observations on weighted sums of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance
from replenish.disclosure.attack.guess.posterior import Observed
from replenish.disclosure.attack.published import ReadCell, ReadLeaf, ReadRelease

Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class PrintedResult:
    """A printed figure of a model, as an observation through its influence function.

    Near what was printed, a fitted effect is a weighted sum of the answers behind it: each person's weight
    is their influence on it. Who knows the other columns of the model can work the weights out.

    Args:
        occasion: in which round.
        influence: shape (people,), by how much the figure moves when this person's answer rises by one
            point; 0 for those not in the model.
        low: the printed figure, less half its step, less what it would be if all answers were 0.
        high: the same with half its step more.
    """

    occasion: int
    influence: Floats
    low: float
    high: float


def observed_in(releases: Sequence[ReadRelease], question: str, attendance: Attendance) -> list[Observed]:
    """Every band (or printed mean) of a question as an observation on the mean of its people.

    Parents, arrows and sizes that follow the rule are functions of bands and add nothing.

    Raises:
        Refused: there are not as many releases as occasions, or none shows this question.
    """
    if len(releases) != attendance.occasions:
        refuse(AttackFault.GUESS_OCCASIONS, releases=len(releases), occasions=attendance.occasions)
    found: list[Observed] = []
    for occasion, release in enumerate(releases):
        ends = release.ranges.get(question)
        if ends is None:
            continue
        for leaf in release.leaves:
            found += _of_leaf(leaf, question, ends, occasion, attendance)
    if not found:
        refuse(AttackFault.GUESS_NOTHING_SHOWN, question=question)
    return found


def _of_leaf(
    leaf: ReadLeaf, question: str, ends: Ends, occasion: int, attendance: Attendance
) -> Iterator[Observed]:
    cell = leaf.cells.get(question)
    span = None if cell is None else _span(cell, ends)
    if span is None:
        return
    units = [at for at, unit in enumerate(attendance.units) if _inside(unit, leaf)]
    people = np.flatnonzero(attendance.answered[occasion] & np.isin(attendance.team[occasion], units))
    if people.size:
        yield mean_of(people, occasion, *span)


def _inside(unit: tuple[str, ...], leaf: ReadLeaf) -> bool:
    return any(unit[: len(path)] == path for path in leaf.units)


def _span(cell: ReadCell, ends: Ends) -> tuple[float, float] | None:
    """Where the mean lies, in units of the answer; an exact mean is a span without width."""
    published = cell.extras.mean or cell.band
    if published is None:
        return None
    low, high = ends
    return float(low + published.low * (high - low)), float(low + published.high * (high - low))


def mean_of(
    people: NDArray[np.int64], occasion: int, low: float, high: float, noise: float = 0.0
) -> Observed:
    """The mean over these people on one occasion lies between two ends."""
    weights = np.full(people.size, 1.0 / people.size)
    return Observed(people, np.full(people.size, occasion), weights, low, high, noise)


def of_result(result: PrintedResult) -> Observed:
    """A printed figure of a model."""
    people = np.flatnonzero(result.influence)
    occasions = np.full(people.size, result.occasion)
    return Observed(people, occasions, result.influence[people], result.low, result.high)


def choose_colluders(attendance: Attendance, k: int) -> NDArray[np.int64]:
    """For every team the k members who answered most often: the most helpful friends an adversary has."""
    if k < 0:
        refuse(AttackFault.ATTACK_COLLUDERS, given=k)
    last = attendance.team.max(axis=0)
    chosen: list[int] = []
    voices = attendance.answered.sum(axis=0)
    for team in range(len(attendance.units)):
        members = np.flatnonzero((attendance.team == team).any(axis=0) & (last != ABSENT) & (voices > 0))
        ranked = members[np.argsort(-voices[members], kind="stable")]
        chosen += [int(person) for person in ranked if person not in chosen][:k]
    return np.array(sorted(chosen), dtype=np.int64)


def told_by(colluders: NDArray[np.int64], answers: Floats) -> list[Observed]:
    """What colluders tell: each of their own answers."""
    one = np.ones(1)
    return [
        Observed(np.array([person]), np.array([occasion]), one, value, value)
        for person in colluders.tolist()
        for occasion in np.flatnonzero(~np.isnan(answers[:, person])).tolist()
        for value in [float(answers[occasion, person])]
    ]
