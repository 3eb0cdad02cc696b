"""How answers are taken to vary: what the guessing adversary knows about people in general."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class VarianceComponents:
    """Variances of one question's answers, in squared units of the answer, by occasion (such as a week).

    An answer is mean + service + team + team on this occasion + person + person on this occasion + rest;
    the parts by occasion are stationary first-order autoregressions.

    Args:
        mean: over everybody.
        service: between services; lasting.
        team: between teams of a service; lasting.
        team_occasion: of a team between occasions.
        team_autocorrelation: of that part from one occasion to the next, 0 to below 1.
        person: between people of a team; lasting.
        person_occasion: of a person between occasions.
        person_autocorrelation: of that part.
        rest: what is left of one answer, rounding to whole points included.

    Raises:
        Refused: a number that is not finite, a variance below zero, an autocorrelation outside 0 to below 1,
            or no variance of people at all.
    """

    mean: float
    service: float
    team: float
    team_occasion: float
    team_autocorrelation: float
    person: float
    person_occasion: float
    person_autocorrelation: float
    rest: float

    def __post_init__(self) -> None:
        for part in fields(self):
            value = float(getattr(self, part.name))
            wrong = not math.isfinite(value) or (part.name != "mean" and value < 0)
            if wrong or (part.name.endswith("autocorrelation") and value >= 1):
                refuse(AttackFault.GUESS_COMPONENTS, name=part.name, value=value)
        if self.person + self.person_occasion + self.rest <= 0:
            refuse(AttackFault.GUESS_COMPONENTS, name="person", value=self.person)

    def kernels(self, occasions: int, *, of_each: int = 1, heard: float = 1.0) -> Kernels:
        """Covariances of what one person contributes on different occasions.

        Args:
            occasions: how many (rounds).
            of_each: how many occasions of these components one of them averages (weeks of a round).
            heard: how many of them a person answered on average, above 0 and at most `of_each`.
        """
        at = np.arange(occasions * of_each)
        apart = np.abs(at[:, None] - at[None, :])
        team = self.team + self.team_occasion * self.team_autocorrelation**apart
        own = self.person + self.person_occasion * self.person_autocorrelation**apart
        return Kernels(
            mean=self.mean,
            service=self.service,
            team=_averaged(team, of_each, heard),
            person=_averaged(own, of_each, heard),
            rest=self.rest / heard,
        )


@dataclass(frozen=True)
class Kernels:
    """The same by pairs of occasions.

    Attributes:
        mean: over everybody.
        service: covariance of any two answers of one service.
        team: shape (occasions, occasions), covariance of two answers of one team beyond that.
        person: shape (occasions, occasions), covariance of two answers of one person beyond that.
        rest: variance that one answer shares with nothing.
    """

    mean: float
    service: float
    team: Floats
    person: Floats
    rest: float

    @property
    def occasions(self) -> int:
        """How many occasions."""
        return len(self.team)

    @property
    def of_person(self) -> Floats:
        """`person` with the rest on its diagonal: the part of an answer that is the person's own."""
        return np.asarray(self.person + self.rest * np.eye(self.occasions), dtype=np.float64)


def _averaged(kernel: Floats, of_each: int, heard: float) -> Floats:
    """The kernel of means over `heard` of every `of_each` occasions, drawn by chance."""
    occasions = len(kernel) // of_each
    blocks = kernel.reshape(occasions, of_each, occasions, of_each)
    averaged = blocks.mean(axis=(1, 3))
    if of_each == 1:
        return np.asarray(averaged, dtype=np.float64)
    same = np.arange(occasions)
    variance = float(kernel[0, 0])
    within = blocks[same, :, same, :]
    pairs = (within.sum(axis=(1, 2)) - of_each * variance) / (of_each * (of_each - 1))
    averaged[same, same] = variance / heard + (1 - 1 / heard) * pairs
    return np.asarray(averaged, dtype=np.float64)
