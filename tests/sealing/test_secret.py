"""A secret survives being typed, notices slips of the pen, and shows itself nowhere else."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.sealing import secrets, tokens

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.secret import WORDS, Secret
from replenish.sealing.words import word_list

pytestmark = pytest.mark.patient

TOKEN = bytes.fromhex("d0c1b2a3948576675849a0b1c2d3e4f5")
SECRET = Secret(TOKEN)
FORMS = (repr(TOKEN), TOKEN.hex(), SECRET.code(), *(word for word in SECRET.words() if len(word) > 4))


@given(secrets)
def test_words_code_and_cookie_give_the_secret_back(secret: Secret) -> None:
    assert len(secret.words()) == WORDS
    assert Secret.of_words(" ".join(secret.words())) == secret
    assert Secret.of_code(secret.code()) == secret
    assert Secret.of_cookie(f" {secret.cookie()}\n") == secret


@given(tokens, tokens)
def test_two_secrets_are_equal_only_as_they_are_the_same(left: bytes, right: bytes) -> None:
    assert (Secret(left) == Secret(right)) == (left == right)
    assert Secret(left) != left


def test_a_new_secret_is_another_one_each_time() -> None:
    assert len({Secret.new().code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["{}", "1. {}", "{},", "“{}”", "  {}\n", "{};\t"])
def test_typing_is_read_forgivingly(typed: str) -> None:
    assert Secret.of_words(" ".join(typed.format(word.upper()) for word in SECRET.words())) == SECRET


@given(secrets, st.integers(0, WORDS - 1), st.randoms(use_true_random=False))
def test_a_letter_that_slipped_is_noticed_with_its_place_and_the_word_meant(
    secret: Secret, place: int, chance: random.Random
) -> None:
    words = list(secret.words())
    meant = words[place]
    at = chance.randrange(len(meant))
    words[place] = (
        meant[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz".replace(meant[at], "")) + meant[at + 1 :]
    )
    with pytest.raises(Refused) as refused:
        Secret.of_words(" ".join(words))
    assert [problem.fault for problem in refused.value.problems] == [SealingFault.CARD_WORD_UNKNOWN]
    details = dict(refused.value.problems[0].details)
    assert details["position"] == place + 1
    assert meant in str(details["nearest"]).split(", ")


def test_other_words_and_swapped_words_are_caught_as_often_as_promised() -> None:
    """15 bits of check miss one in 32,768: in 24,000 tries, more than 5 once in ten thousand runs."""
    chance = random.Random(20)  # noqa: S311 - chooses slips of the pen
    missed = 0
    for _ in range(1200):
        words = list(Secret(chance.randbytes(16)).words())
        for _ in range(10):
            other, swapped = list(words), list(words)
            place = chance.randrange(WORDS)
            other[place] = chance.choice([word for word in word_list()[:400] if word != words[place]])
            place = chance.randrange(WORDS - 1)
            swapped[place : place + 2] = reversed(swapped[place : place + 2])
            missed += sum(_accepted(tried) for tried in (other, swapped) if tried != words)
    assert missed <= 5


def _accepted(words: list[str]) -> bool:
    try:
        Secret.of_words(" ".join(words))
    except Refused as refused:
        return refused.fault is not SealingFault.CARD_WORDS_MISMATCH
    return True


@pytest.mark.parametrize("wrong", [SECRET.words()[:-1], (*SECRET.words(), "apple"), ()])
def test_too_few_or_too_many_words_are_counted(wrong: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match=f"has 13 words, and {len(wrong)} were given"):
        Secret.of_words(" ".join(wrong))


def test_every_wrong_character_of_a_code_is_noticed() -> None:
    code = SECRET.code()
    for place, letter in enumerate(code):
        wrong = code[:place] + ("A" if letter != "A" else "B") + code[place + 1 :]
        with pytest.raises(Refused) as refused:
            Secret.of_code(wrong)
        assert refused.value.fault is SealingFault.CARD_CODE
    for wrong in ("", code[:-1], code + "A", "ä" * 24, "=" * 24, code[:-1] + "+"):
        with pytest.raises(Refused):
            Secret.of_code(wrong)


@dataclass
class Holder:
    """What might hold a secret."""

    secret: Secret


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        "{}".format,
        lambda secret: f"{secret!r:>20}",
        lambda secret: repr(Holder(secret)),
        lambda secret: repr([secret, {"card": secret}]),
        lambda secret: json.dumps({"card": secret}, default=str),
        lambda secret: "%s %r" % (secret, secret),  # noqa: UP031 - the old way of logging
    ],
)
def test_a_secret_is_hidden_wherever_it_is_printed(show: Callable[[Secret], str]) -> None:
    shown = show(SECRET)
    assert "Secret(hidden)" in shown
    assert not any(form in shown for form in FORMS)


@pytest.mark.parametrize(
    "take", [pickle.dumps, copy.copy, copy.deepcopy, lambda secret: secret.__getstate__()]
)
def test_a_secret_is_never_pickled_or_copied(take: Callable[[Secret], object]) -> None:
    with pytest.raises(Refused) as refused:
        take(SECRET)
    assert refused.value.fault is SealingFault.SECRET_STAYS


def test_a_secret_is_no_json_no_key_and_has_no_attributes() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps(SECRET)
    with pytest.raises(TypeError, match="unhashable"):
        hash(SECRET)
    with pytest.raises(TypeError):
        vars(SECRET)
    with pytest.raises(AttributeError):
        SECRET.token  # type: ignore[attr-defined]  # noqa: B018


def test_a_log_line_does_not_tell_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("replenish").debug("card %s %r", SECRET, SECRET)
    assert "hidden" in caplog.text
    assert not any(form in caplog.text for form in FORMS)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Secret.of_words(" ".join(["apple", *SECRET.words()[1:]])),
        lambda: Secret.of_words(" ".join(["qqqqq", *SECRET.words()[1:]])),
        lambda: Secret.of_words(" ".join(SECRET.words()[1:])),
        lambda: Secret.of_code(SECRET.code()[:-1] + "?"),
        lambda: Secret.of_cookie(SECRET.code()[:-1]),
        lambda: Secret(TOKEN[:-1]),
        lambda: SECRET.derive(b"info", 10**6),
        lambda: pickle.dumps(SECRET),
    ],
)
def test_a_traceback_with_all_local_values_does_not_tell_it(refused: Callable[[], object]) -> None:
    """As the error pages of a web framework print them; what the caller holds is the caller's matter."""
    with pytest.raises((Refused, ValueError)) as raised:
        refused()
    inner = raised.value.__traceback__
    while inner and inner.tb_frame.f_code.co_filename == __file__:
        inner = inner.tb_next
    told = traceback.TracebackException(type(raised.value), raised.value, inner, capture_locals=True)
    text = "".join(told.format())
    offered = {word for problem in getattr(raised.value, "problems", ()) for word in str(problem).split()}
    assert [form for form in (*FORMS, repr(TOKEN[:-1])) if form in text and form not in offered] == []
