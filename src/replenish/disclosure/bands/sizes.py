"""How many voices a figure needs, and the classes in which their number is published."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault

FLOOR = 7
"""The least number of voices behind any figure. Settings may raise it; nothing lowers it."""

LARGE = 9
"""From so many voices on, two colluding members are assumed instead of one."""


@dataclass(frozen=True, slots=True, order=True)
class SizeClass:
    """A published class of the number of voices, both ends included; `high` is None for "or more"."""

    low: int
    high: int | None

    @property
    def label(self) -> str:
        """As printed: 7-12, 13-24, 25+."""
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high}"

    def __str__(self) -> str:
        return self.label

    def __contains__(self, n: int) -> bool:
        return self.low <= n and (self.high is None or n <= self.high)


SIZE_CLASSES = (SizeClass(7, 12), SizeClass(13, 24), SizeClass(25, None))


def colluders(n: int) -> int:
    """How many of `n` members are assumed to put their answers together against one of the others."""
    return 1 if n < LARGE else 2


def size_class(n: int) -> SizeClass:
    """The published class of `n` voices.

    Raises:
        Refused: fewer voices than the floor; such a number is never published.
    """
    if n < FLOOR:
        refuse(DisclosureFault.BELOW_FLOOR, floor=FLOOR)
    return next(candidate for candidate in SIZE_CLASSES if n in candidate)


def effective_floor(floor: object) -> int:
    """The floor in force: the one asked for, when it raises `FLOOR`.

    Raises:
        Refused: it would lower the floor, or is not a whole number.
    """
    if isinstance(floor, bool) or not isinstance(floor, int | np.integer) or floor < FLOOR:
        refuse(DisclosureFault.FLOOR_LOWERED, asked=floor, floor=FLOOR)
    return int(floor)
