"""How many would be named correctly by a blind guess: the exact distribution, and tests against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import comb, factorial

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

Floats = NDArray[np.float64]


@lru_cache(maxsize=4096)
def _matches(objects: int, candidates: int) -> tuple[float, ...]:
    ways = factorial(candidates) // factorial(candidates - objects)
    shares = []
    for correct in range(objects + 1):
        left = objects - correct
        deranged = sum(
            (-1) ** wrong
            * comb(left, wrong)
            * (factorial(candidates - correct - wrong) // factorial(candidates - objects))
            for wrong in range(left + 1)
        )
        shares.append(comb(objects, correct) * deranged / ways)
    return tuple(shares)


def matches_by_chance(objects: int, candidates: int) -> Floats:
    """Chance of 0, 1, ... correct names when objects are given to candidates blindly, each to another one.

    The problem of coincidences (de Montmort 1713), for fewer objects than candidates as well: every object
    has its true owner among the candidates. The mean is objects / candidates.

    Args:
        objects: how many are named, at most as many as there are candidates.
        candidates: how many there are to choose from.

    Returns:
        Probabilities, shape (objects + 1,).
    """
    return np.array(_matches(objects, candidates))


Blocks = tuple[tuple[int, int], ...]
"""For each group within which names are exchangeable: how many objects, and how many candidates."""


def matches_in_blocks(blocks: Iterable[tuple[int, int]]) -> Floats:
    """The distribution of the number of correct names over several independent groups."""
    return _in_blocks(tuple(sorted(Counter(blocks).items())))


@lru_cache(maxsize=1024)
def _in_blocks(counts: tuple[tuple[tuple[int, int], int], ...]) -> Floats:
    """By multiplying the transforms: a thousand repetitions take no longer than one."""
    size = 1 + sum(objects * times for (objects, _), times in counts)
    whole = np.ones(size // 2 + 1, dtype=np.complex128)
    for (objects, candidates), times in counts:
        whole = whole * np.fft.rfft(matches_by_chance(objects, candidates), size) ** times
    return np.clip(np.fft.irfft(whole, size), 0.0, None)


def as_many_by_chance(distribution: Floats, correct: int) -> float:
    """Probability of at least so many matches by chance."""
    return float(min(1.0, distribution[correct:].sum())) if correct > 0 else 1.0


def share_interval(correct: int, tried: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval for a share (Clopper and Pearson 1934)."""
    if tried == 0:
        return 0.0, 1.0
    tail = (1.0 - level) / 2.0
    low = 0.0 if correct == 0 else float(beta.ppf(tail, correct, tried - correct + 1))
    high = 1.0 if correct == tried else float(beta.ppf(1.0 - tail, correct + 1, tried - correct))
    return low, high


def corrected(chances: Sequence[float]) -> list[float]:
    """Holm's (1979) correction: with hundreds of traces tried, one of them looks telling by chance."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    out = [1.0] * len(chances)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        out[at] = highest
    return out
