"""What remains possible in a block of connected observations, by linear or integer programming."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from replenish.disclosure.attack.blocks import Block
from replenish.disclosure.attack.closed_form import Interval, Possible
from replenish.disclosure.attack.observations import Observation
from replenish.disclosure.attack.programs import Row, TotalsProgram

ENDS = (0, 1)
"""Without a grid only the two ends are asked about; everything between follows (argument.md, section 4)."""

Held = tuple[tuple[int, int], ...]
"""For each atom: how many of its people's answers are fixed, and their total in grid steps."""


def possible_in_block(block: Block, counts: Sequence[int], *, colluders: int) -> list[Possible | None] | None:
    """What remains possible for one person of each atom, the worst case over what colluders answered.

    Args:
        block: connected observations.
        counts: how many people each atom has.
        colluders: how many other people of the block pool their own answers with the adversary.

    Returns:
        One entry for each atom (None where it has nobody), or None when no answers agree with everything.
    """
    rows = [_row(observation, block, counts) for observation in block.observations]
    if any(row is None for row in rows):
        return None
    program = TotalsProgram([row for row in rows if row], atoms=len(counts), grid=block.grid)
    question = _Question(program, tuple(counts), block.grid)
    nobody: Held = tuple((0, 0) for _ in counts)
    if not question.feasible(nobody):
        return None
    pools = question.pools(nobody, colluders)
    return [question.possible(atom, pools) if count else None for atom, count in enumerate(counts)]


def _row(observation: Observation, block: Block, counts: Sequence[int]) -> Row | None:
    """The observation in totals of atoms; None when one of its sets has nobody in it."""
    sizes = [sum(counts[at] for at in block.sets[people]) for _, people in observation.terms]
    if 0 in sizes:
        return None
    factor = math.lcm(*sizes)
    weights: dict[int, Fraction] = {}
    for (weight, people), size in zip(observation.terms, sizes, strict=True):
        for at in block.sets[people]:
            weights[at] = weights.get(at, Fraction(0)) + weight * factor / size
    scale = factor * (block.grid or 1)
    interval = observation.interval
    return Row(
        weights, Interval(interval.low * scale, interval.high * scale, interval.low_open, interval.high_open)
    )


@dataclass
class _Question:
    """One program, asked about people who hold fixed answers; remembers what it has answered."""

    program: TotalsProgram
    counts: tuple[int, ...]
    grid: int | None

    def __post_init__(self) -> None:
        self._known: dict[Held, bool] = {}

    @property
    def top(self) -> int:
        return self.grid or 1

    def bounds(self, held: Held) -> list[tuple[int, int]]:
        """Where the total of each atom lies when these answers are fixed and all others are free."""
        return [
            (total, total + (count - fixed) * self.top) if fixed <= count else (1, 0)
            for count, (fixed, total) in zip(self.counts, held, strict=True)
        ]

    def feasible(self, held: Held) -> bool:
        if held not in self._known:
            self._known[held] = self.program.feasible(self.bounds(held))
        return self._known[held]

    def pools(self, nobody: Held, colluders: int) -> list[Held]:
        """What up to so many colluders may hold: each at an end, or as near to it as is consistent."""
        found = {nobody}
        edge = [nobody]
        for _ in range(colluders):
            edge = [more for held in edge for more in self._one_more(held) if more not in found]
            found.update(edge)
        return sorted(found)

    def _one_more(self, held: Held) -> Iterable[Held]:
        for atom, count in enumerate(self.counts):
            if held[atom][0] >= count:
                continue
            upward = tuple(range(self.top + 1)) if self.grid else ENDS
            for values in (upward, upward[::-1]):
                for value in values:
                    more = _holding(held, atom, value)
                    if self.feasible(more):
                        yield more
                        break

    def possible(self, atom: int, pools: Sequence[Held]) -> Possible:
        """Union of what is ruled out, and the narrowest range, over all that colluders may hold."""
        values = tuple(range(self.top + 1)) if self.grid else ENDS
        ruled_out: set[int] = set()
        narrowest = (Fraction(0), Fraction(1))
        for held in pools:
            if held[atom][0] >= self.counts[atom]:
                continue
            left = [value for value in values if self.feasible(_holding(held, atom, value))]
            ruled_out.update(set(values) - set(left))
            low, high = self._range(atom, held, left)
            if high - low < narrowest[1] - narrowest[0]:
                narrowest = (low, high)
        return Possible(len(values), len(ruled_out), *narrowest)

    def _range(self, atom: int, held: Held, left: Sequence[int]) -> tuple[Fraction, Fraction]:
        """Smallest and largest answer (as shares of the range) of one more person of the atom."""
        if left and (self.grid or len(left) == len(ENDS)):
            return Fraction(left[0], self.top), Fraction(left[-1], self.top)
        reach = self.program.reach(atom, self.bounds(held))
        if reach is None:
            return Fraction(0), Fraction(1)
        fixed, total = held[atom]
        others = (self.counts[atom] - fixed - 1) * self.top
        low = max(Fraction(0), _near(reach[0]) - total - others)
        high = min(Fraction(self.top), _near(reach[1]) - total)
        return low / self.top, high / self.top


def _holding(held: Held, atom: int, value: int) -> Held:
    fixed, total = held[atom]
    return (*held[:atom], (fixed + 1, total + value), *held[atom + 1 :])


def _near(number: float) -> Fraction:
    """The simple fraction a solver's floating result stands for."""
    return Fraction(number).limit_denominator(100_000)
