"""A record phrase opens its owner's key alone, shows itself by no accident, and is no key card."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.records import RecordFault
from replenish.sealing.record_key import (
    PHRASE_BYTES,
    WORDS,
    KeyPair,
    RecordSecret,
    new_key_pair,
    public_key,
    unwrapped,
)
from replenish.sealing.secret import Secret
from replenish.sealing.words import word_list

SECRET = RecordSecret(bytes(range(PHRASE_BYTES)))
phrases = st.binary(min_size=PHRASE_BYTES, max_size=PHRASE_BYTES).map(RecordSecret)


@given(phrases)
def test_words_and_text_give_the_phrase_again(secret: RecordSecret) -> None:
    typed = "  ".join(f"{number}. {word.upper()}," for number, word in enumerate(secret.words(), 1))
    assert RecordSecret.of_words(typed) == secret
    assert RecordSecret.of_text(secret.text()) == secret


@given(phrases, st.integers(0, WORDS - 1), st.sampled_from(word_list()))
def test_a_wrong_word_is_noticed(secret: RecordSecret, place: int, word: str) -> None:
    typed = list(secret.words())
    if typed[place] != word:
        typed[place] = word
        with pytest.raises(Refused) as refused:
            RecordSecret.of_words(" ".join(typed))
        assert refused.value.fault is RecordFault.PHRASE_MISMATCH


@given(st.binary(min_size=16, max_size=16), st.sampled_from(word_list()))
def test_a_key_card_is_no_record_phrase(token: bytes, word: str) -> None:
    """Whoever types their card here by mistake is stopped before anything is opened or kept."""
    card = Secret(token).words()
    for typed, fault in ((card, RecordFault.PHRASE_COUNT), ((*card, word), RecordFault.PHRASE_MISMATCH)):
        with pytest.raises(Refused) as refused:
            RecordSecret.of_words(" ".join(typed))
        assert refused.value.fault is fault


def test_a_slip_names_the_nearest_words_and_nothing_of_the_rest() -> None:
    typed = [*SECRET.words()[:-1], "zzzzzz"]
    with pytest.raises(Refused, match="Word 14") as refused:
        RecordSecret.of_words(" ".join(typed))
    assert not any(f" {word} " in str(refused.value) for word in typed)


@pytest.mark.parametrize(
    "text", ["", "a" * 27, SECRET.text()[:-1], SECRET.text() + "A", SECRET.text() + "\n"]
)
def test_a_text_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        RecordSecret.of_text(text)
    assert refused.value.fault is RecordFault.PHRASE_TEXT


@given(phrases)
def test_a_key_pair_opens_with_its_phrase(secret: RecordSecret) -> None:
    pair = new_key_pair(secret, "ana")
    assert unwrapped(secret, "ana", pair).public() == pair.public
    public_key(pair.public)


def test_a_key_pair_opens_with_no_other_phrase_owner_or_half() -> None:
    pair, other = new_key_pair(SECRET, "ana"), new_key_pair(SECRET, "ana")
    for secret, owner, tried in (
        (RecordSecret.new(), "ana", pair),
        (SECRET, "ben", pair),
        (SECRET, "ana", KeyPair(other.public, pair.wrapped)),
        (SECRET, "ana", KeyPair(pair.public, b"")),
        (SECRET, "ana", KeyPair(pair.public, b"\x02" + pair.wrapped[1:])),
    ):
        with pytest.raises(Refused) as refused:
            unwrapped(secret, owner, tried)
        assert refused.value.fault is RecordFault.PHRASE_OTHER


def test_a_change_anywhere_in_the_wrap_is_refused() -> None:
    pair = new_key_pair(SECRET, "ana")
    for place in range(len(pair.wrapped)):
        changed = bytearray(pair.wrapped)
        changed[place] ^= 1
        with pytest.raises(Refused):
            unwrapped(SECRET, "ana", KeyPair(pair.public, bytes(changed)))


def test_a_key_can_move_to_another_phrase() -> None:
    pair, later = new_key_pair(SECRET, "ana"), RecordSecret.new()
    moved = KeyPair(pair.public, unwrapped(SECRET, "ana", pair).wrapped(later, "ana"))
    assert unwrapped(later, "ana", moved).public() == pair.public
    with pytest.raises(Refused):
        unwrapped(SECRET, "ana", moved)


def test_phrase_and_key_show_themselves_by_no_accident() -> None:
    key = unwrapped(SECRET, "ana", new_key_pair(SECRET, "ana"))
    for hidden in (SECRET, key):
        assert repr(hidden) == str(hidden) == f"{type(hidden).__name__}(hidden)"
        for copied in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(Refused) as refused:
                copied(hidden)
            assert refused.value.fault is RecordFault.STAYS


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_public_half_of_another_length_is_none(size: int) -> None:
    with pytest.raises(Refused) as refused:
        public_key(bytes(size))
    assert refused.value.fault is RecordFault.KEY_TEXT


def test_a_phrase_of_another_length_is_none() -> None:
    with pytest.raises(Refused):
        RecordSecret(b"short")
    assert SECRET != b"another"
