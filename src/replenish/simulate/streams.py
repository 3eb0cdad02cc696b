"""One stream of random numbers for each purpose, so that no option shifts the draws of another."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, *purpose: str | int) -> np.random.Generator:
    """The generator of one purpose, such as `stream(7, "leavers", week)`.

    Streams are spawned from the seed by name: switching an option on, or asking for more rounds, leaves
    every other stream as it was. Source: `numpy.random.SeedSequence` (O'Neill 2015, hashed seeding).

    Args:
        seed: a whole number from 0.
        purpose: what the numbers are for; words, and whole numbers from 0 such as a week.
    """
    key = tuple(crc32(part.encode()) if isinstance(part, str) else part for part in purpose)
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
