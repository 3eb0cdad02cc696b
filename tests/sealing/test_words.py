"""The word list keeps the rules it promises, which makes one slip of the pen an unknown word."""

from __future__ import annotations

import re

import pytest

from replenish.basis.errors import Refused
from replenish.sealing.secret import WORDS, Secret
from replenish.sealing.words import nearest_words, slips_between, split_words, word_list


def test_the_words_are_few_letters_and_differ_in_the_first_four() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert [word for word in words if not re.fullmatch("[a-z]{4,8}", word)] == []
    assert len({word[:4] for word in words}) == 2048


def test_no_word_becomes_another_by_one_slip() -> None:
    """Every word with each letter left out, changed, added or swapped: none of it is a word of the list."""
    words, letters = set(word_list()), "abcdefghijklmnopqrstuvwxyz"
    close = []
    for word in words:
        for at in range(len(word) + 1):
            before, after = word[:at], word[at:]
            slips = {before + after[1:], *(before + letter + after for letter in letters)}
            slips |= {before + letter + after[1:] for letter in letters}
            slips.add(before + after[1:2] + after[:1] + after[2:])
            close += sorted((slips - {word}) & words)
    assert close == []


@pytest.mark.parametrize(
    ("left", "right", "slips"),
    [
        ("apple", "apple", 0),
        ("aple", "apple", 1),
        ("appel", "apple", 1),
        ("axple", "apple", 1),
        ("apples", "apple", 1),
        ("", "apple", 5),
        ("garden", "gander", 2),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted_as_damerau_counts_them(left: str, right: str, slips: int) -> None:
    assert slips_between(left, right) == slips_between(right, left) == slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("umbr", "umbrella"), ("tomatoe", "tomato"), ("gardne", "garden"), ("rainbw", "rainbow")],
)
def test_the_word_meant_is_offered_first(typed: str, meant: str) -> None:
    assert nearest_words(typed)[0] == meant


def test_few_words_are_offered_even_for_nonsense() -> None:
    for nonsense in ("q", "qqqqqqqqqqqqqqqqqqqqqqqq", "xö", "ä"):
        assert len(nearest_words(nonsense)) == 3


def test_a_page_of_nonsense_costs_little_time() -> None:
    """Whoever sends thirteen unknown words may not keep the server busy: few of all words are compared."""
    compared = []

    def count(typed: str, word: str) -> int:
        compared.append(word)
        return slips_between(typed, word)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("replenish.sealing.words.slips_between", count)
        nearest_words("xyzqwt")
        assert len(compared) < 400


def test_words_are_found_between_numbers_and_marks() -> None:
    assert split_words("1) Apple,\n2) gar-den 3)Rain_bow") == ["apple", "gar", "den", "rain", "bow"]


def test_of_many_unknown_words_the_first_three_are_told() -> None:
    """Looking for what was meant takes time, and a page of nonsense means nothing."""
    with pytest.raises(Refused) as refused:
        Secret.of_words("qqqq " * WORDS)
    positions = [dict(found.details)["position"] for found in refused.value.problems]
    assert positions == [1, 2, 3]
