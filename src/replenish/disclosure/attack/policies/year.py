"""One question asked every week for a year: everything the policies publish from, and all that is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.components import Floats, VarianceComponents
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance
from replenish.disclosure.partition.groups import UnitPath

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Year:
    """A year of an organisation.

    Attributes:
        units: the teams by their paths, service first.
        team: shape (weeks, people), positions in `units`, -1 while somebody is not there.
        role: shape (people,), whole numbers from 0; 0 is the most frequent one.
        level: shape (weeks, people), where people truly stand on 1-5, before rounding; NaN while absent.
        answers: shape (weeks, people), whole points 1 to 5; NaN where nobody answered.
        components: how answers vary, by week, as the adversary knows it.
    """

    units: tuple[UnitPath, ...]
    team: NDArray[np.int64]
    role: NDArray[np.int64]
    level: Floats
    answers: Floats
    components: VarianceComponents

    @property
    def weeks(self) -> int:
        """How many weeks."""
        return int(self.team.shape[0])

    @property
    def people(self) -> int:
        """How many people were ever there."""
        return int(self.team.shape[1])

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Who answered in which week; shape (weeks, people)."""
        return ~np.isnan(self.answers)

    @property
    def attendance(self) -> Attendance:
        """What everybody knows about who answered when."""
        return Attendance(self.units, self.team, self.answered)

    def headcount(self, week: int) -> dict[UnitPath, int]:
        """People by team in a week."""
        counted = np.bincount(self.team[week][self.team[week] != ABSENT], minlength=len(self.units))
        return dict(zip(self.units, counted.tolist(), strict=True))

    def team_means(self) -> Floats:
        """The true mean of each team in each week, silent people included; shape (weeks, teams)."""
        means = np.full((self.weeks, len(self.units)), np.nan)
        for week in range(self.weeks):
            here = self.team[week] != ABSENT
            team = self.team[week][here]
            counted = np.bincount(team, minlength=len(self.units))
            summed = np.bincount(team, weights=self.level[week][here], minlength=len(self.units))
            means[week] = np.where(counted > 0, summed / np.maximum(counted, 1), np.nan)
        return means
