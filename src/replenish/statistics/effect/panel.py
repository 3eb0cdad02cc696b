"""Groups over rounds: what was measured, and from which round each group had the action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import StatisticsFault

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

NEVER = np.iinfo(np.int64).max
"""The start of a group that has not had the action so far."""


@dataclass(frozen=True, eq=False)
class Panel:
    """One measure of G groups in T rounds, in the units of its scale.

    Attributes:
        groups: names, G of them.
        values: (G, T); not a number where a group said nothing, or was not there.
        starts: (G,) the first round with the action, counted from 0; `NEVER` for none.
    """

    groups: tuple[str, ...]
    values: Floats
    starts: Whole

    @classmethod
    def of(cls, values: Mapping[str, Sequence[float | None]], starts: Mapping[str, int]) -> Panel:
        """A panel from the rounds of each group, None where it said nothing.

        Args:
            values: by group, one value a round.
            starts: by group that has the action, its first round with it, from 0.

        Raises:
            Refused: groups differ in their number of rounds, or a start names no group or no round.
        """
        lengths = {len(row) for row in values.values()}
        if len(lengths) != 1:
            refuse(StatisticsFault.EFFECT_ROUNDS_DIFFER, lengths=", ".join(map(str, sorted(lengths))))
        rounds = lengths.pop()
        for group, start in starts.items():
            if group not in values or not 0 <= start < rounds:
                refuse(StatisticsFault.EFFECT_START, group=group, start=start, rounds=rounds)
        names = tuple(values)
        rows = [[np.nan if value is None else value for value in values[name]] for name in names]
        return cls(
            names,
            np.array(rows, dtype=float),
            np.array([starts.get(name, NEVER) for name in names], dtype=np.int64),
        )

    @property
    def treated(self) -> NDArray[np.bool_]:
        """(G, T) whether a group has the action in a round."""
        return np.arange(self.values.shape[1])[None, :] >= self.starts[:, None]
