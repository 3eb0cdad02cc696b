"""Slip codes: read forgivingly, every wrong letter and every swap noticed, only a hash to keep."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.slips import ALPHABET, LETTERS, normalise, shown, slip_code, slip_hash


def fault_of(code: str) -> object:
    with pytest.raises(Refused) as refused:
        normalise(code)
    return refused.value.fault


def test_codes_have_five_groups_of_five_letters_and_108_bits() -> None:
    for _ in range(100):
        assert re.fullmatch(rf"([{ALPHABET}]{{5}}-){{4}}[{ALPHABET}]{{5}}", slip_code())
    assert len({slip_code() for _ in range(500)}) == 500
    assert math.log2(len(ALPHABET)) * (LETTERS - 1) > 108
    assert not set("IOV0123456789") & set(ALPHABET)


def test_every_letter_of_the_alphabet_is_drawn() -> None:
    drawn = "".join(normalise(slip_code()) for _ in range(400))
    counts = [drawn.count(letter) for letter in ALPHABET]
    assert min(counts) > 300  # 435 expected, standard deviation 20


@pytest.mark.parametrize(
    "change", [str.lower, lambda c: c.replace("-", ""), lambda c: f"  {c.replace('-', ' – ')}\n"]
)
def test_codes_are_read_forgivingly(change: object) -> None:
    code = slip_code()
    assert callable(change)
    assert shown(normalise(change(code))) == code
    assert slip_hash(change(code)) == slip_hash(code)


def test_every_wrong_letter_and_every_swap_of_neighbours_is_noticed() -> None:
    for _ in range(5):
        letters = normalise(slip_code())
        for place in range(LETTERS):
            for other in ALPHABET.replace(letters[place], ""):
                assert fault_of(letters[:place] + other + letters[place + 1 :]) is SealingFault.SLIP_CHECK
        for place, (one, two) in enumerate(pairwise(letters)):
            if one != two:
                assert fault_of(letters[:place] + two + one + letters[place + 2 :]) is SealingFault.SLIP_CHECK


@pytest.mark.parametrize("letter", [*"IOV019", "É"])
def test_a_letter_that_is_on_no_slip_is_named(letter: str) -> None:
    with pytest.raises(Refused, match=f"'{letter}' is never printed") as refused:
        normalise(letter + slip_code()[1:])
    assert refused.value.fault is SealingFault.SLIP_LETTER


@pytest.mark.parametrize("code", ["", "A", "A" * 24, "A" * 26])
def test_too_few_and_too_many_letters_are_counted(code: str) -> None:
    assert fault_of(code) is SealingFault.SLIP_LENGTH


def test_the_hash_is_64_digits_and_another_for_each_code() -> None:
    hashes = {slip_hash(slip_code()) for _ in range(200)}
    assert len(hashes) == 200
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)
    with pytest.raises(Refused):
        slip_hash("not a slip")
