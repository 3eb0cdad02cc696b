"""The words of cards and phrases: 2,048 short, gentle ones; where they come from stands in words.md."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from replenish.basis.errors import Fault, Problem, problem

BITS_PER_WORD = 11

_OFFERED = 3
_TELLING = 3  # so many letters say something of how a word begins
_LONGEST_LOOKED_AT = 24
# Who copies words slips in one or two; a page of nonsense must not keep the server busy.
_MOST_LOOKED_AT = 3


@cache
def word_list() -> tuple[str, ...]:
    """All words of key cards, in order: the place of a word is its value."""
    return tuple(files(__package__).joinpath("words.txt").read_text(encoding="ascii").split())


@cache
def word_values() -> dict[str, int]:
    """The value of each word, 0 to 2,047."""
    return {word: value for value, word in enumerate(word_list())}


def split_words(text: str) -> list[str]:
    """The words in what somebody typed: small letters, without numbers, spaces and punctuation."""
    return re.findall(r"[^\W\d_]+", text.lower())


def number_of(typed: list[str], expected: int, *, count: Fault, unknown: Fault) -> int | list[Problem]:
    """The number that words stand for, the first of them highest; or what is wrong with them.

    A problem is returned and not raised, so that no frame with the words lies below a refusal.

    Args:
        typed: from `split_words`.
        expected: how many there should be.
        count: said where there are more or fewer.
        unknown: said of the first few words that are none of the list, with the nearest ones.
    """
    if len(typed) != expected:
        return [problem(count, expected=expected, found=len(typed))]
    values = word_values()
    strange = [(position, word) for position, word in enumerate(typed, 1) if word not in values]
    if strange:
        return [
            problem(unknown, position=position, nearest=", ".join(nearest_words(word[:_LONGEST_LOOKED_AT])))
            for position, word in strange[:_MOST_LOOKED_AT]
        ]
    whole = 0
    for word in typed:
        whole = whole << BITS_PER_WORD | values[word]
    return whole


def nearest_words(typed: str) -> tuple[str, ...]:
    """The few words most like a mistyped one: those one slip away, those it begins, then the next nearest.

    Beyond one slip only words with the same first or last letter are looked at, so that a page of nonsense
    costs little time.

    Args:
        typed: a word that is none of the list.
    """
    begun = [word for word in word_list() if len(typed) >= _TELLING and word.startswith(typed)]
    like = [word for word in word_list() if word[0] == typed[0] or word[-1] == typed[-1]]
    ranked = sorted(like or word_list()[:_OFFERED], key=lambda word: slips_between(typed, word))
    return tuple(dict.fromkeys([*sorted(_one_slip_away(typed)), *begun, *ranked]))[:_OFFERED]


@cache
def _words_by_gap() -> dict[str, frozenset[str]]:
    """Words by what is left of them without one letter, and with a star in the place of one."""
    found: dict[str, set[str]] = {}
    for word in word_list():
        for gap in _gaps(word):
            found.setdefault(gap, set()).add(word)
    return {gap: frozenset(words) for gap, words in found.items()}


def _gaps(word: str) -> set[str]:
    places = range(len(word))
    return {word[:at] + star + word[at + 1 :] for at in places for star in ("", "*")}


def _one_slip_away(typed: str) -> set[str]:
    by_gap, words = _words_by_gap(), word_values()
    starred = {typed[:at] + "*" + typed[at + 1 :] for at in range(len(typed))}
    found = {word for gap in (typed, *starred) for word in by_gap.get(gap, ())}
    pairs = range(len(typed) - 1)
    tried = {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in pairs} | _gaps(typed)
    return found | {word for word in tried if word in words}


def slips_between(left: str, right: str) -> int:
    """How many slips lead from one word to another: a letter wrong, missing or added, or two swapped.

    The optimal string alignment distance (F. J. Damerau, Communications of the ACM 7, 1964, 171-176).
    """
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        here = [i]
        for j, other in enumerate(right, 1):
            slips = min(above[j] + 1, here[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                slips = min(slips, before[j - 2] + 1)
            here.append(slips)
        before, above = above, here
    return above[-1]
