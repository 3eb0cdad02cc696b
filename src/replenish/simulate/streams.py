"""One stream of random numbers for each purpose, so that no option shifts the draws of another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class QuestionStreams:
    """The generators of one purpose in one round, when it draws for one question after the other.

    A question added to a set later has a generator of its own, so that the draws of the others stay as they
    were before anybody asked it.

    Attributes:
        common: for all questions that were there from the beginning.
        own: question -> its generator, for those added later.
    """

    common: np.random.Generator
    own: Mapping[str, np.random.Generator]

    def of(self, question: str) -> np.random.Generator:
        """The generator from which to draw for a question."""
        return self.own.get(question, self.common)


def question_streams(seed: int, purpose: str, turn: int, later: Collection[str]) -> QuestionStreams:
    """The generators of a purpose in a round, with one more for each question added `later`."""
    return QuestionStreams(
        stream(seed, purpose, turn),
        {question: stream(seed, purpose, question, turn) for question in later},
    )
