"""Who belongs to which team on which occasion, and who answered: what the adversary has from the roster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.partition.groups import UnitPath

ABSENT = -1


@dataclass(frozen=True)
class Attendance:
    """Everybody's team on every occasion, and whether they answered.

    Args:
        units: the teams by their paths.
        team: shape (occasions, people), positions in `units`, or -1 while somebody is not there.
        answered: shape (occasions, people); who answered. Never true for somebody absent.

    Raises:
        Refused: shapes that differ, a team that is not there, or somebody absent who answered.
    """

    units: tuple[UnitPath, ...]
    team: NDArray[np.int64]
    answered: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.team.ndim != 2 or self.team.shape != self.answered.shape:
            refuse(AttackFault.GUESS_SHAPES, people=self.team.shape, answers=self.answered.shape)
        if self.team.size and not ABSENT <= int(self.team.min()) <= int(self.team.max()) < len(self.units):
            refuse(AttackFault.GUESS_TEAMS, teams=len(self.units))
        if (self.answered & (self.team == ABSENT)).any():
            refuse(AttackFault.GUESS_TEAMS, teams=len(self.units))

    @property
    def occasions(self) -> int:
        """How many occasions."""
        return int(self.team.shape[0])

    @property
    def people(self) -> int:
        """How many people were ever there."""
        return int(self.team.shape[1])

    @property
    def services(self) -> NDArray[np.int64]:
        """For each unit the number of its parent; shape (units,)."""
        parents = sorted({unit[:-1] for unit in self.units})
        return np.array([parents.index(unit[:-1]) for unit in self.units], dtype=np.int64)

    def everybody_may_have(self) -> Attendance:
        """The same when it is not known who answered: everybody present may have."""
        return Attendance(self.units, self.team, self.team != ABSENT)
