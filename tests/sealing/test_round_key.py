"""Contributions open with their round's key alone; once it is destroyed, nothing opens them."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.round_key import RoundKeys, seal_contribution


@pytest.fixture
def keys(tmp_path: Path) -> RoundKeys:
    return RoundKeys(tmp_path)


def key_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "rounds").iterdir()
    return path


def test_a_contribution_opens_with_the_key_of_its_round(keys: RoundKeys) -> None:
    recipient, other = keys.create("first"), keys.create("second")
    assert recipient != other
    sealed = [seal_contribution(recipient, bytes([n]) * n) for n in range(50)]
    assert keys.opener("first").open_all(sealed) == [bytes([n]) * n for n in range(50)]
    with pytest.raises(Refused) as refused:
        keys.opener("second").open(sealed[3])
    assert refused.value.fault is SealingFault.CONTRIBUTION_CLOSED


def test_making_a_key_twice_keeps_the_first(keys: RoundKeys, tmp_path: Path) -> None:
    recipient = keys.create("r")
    before = key_file(tmp_path).read_bytes()
    assert keys.create("r") == RoundKeys(tmp_path).create("r") == recipient
    assert key_file(tmp_path).read_bytes() == before


@given(payload=st.binary(max_size=300))
def test_the_size_grows_by_a_constant_and_no_two_are_alike(
    tmp_path_factory: pytest.TempPathFactory, payload: bytes
) -> None:
    keys = RoundKeys(tmp_path_factory.mktemp("keys"))
    recipient = keys.create("r")
    one, two = seal_contribution(recipient, payload), seal_contribution(recipient, payload)
    assert one != two
    assert len(one) == len(two) == len(payload) + 49
    assert keys.opener("r").open_all([one, two]) == [payload, payload]


def test_a_change_anywhere_is_refused(keys: RoundKeys) -> None:
    sealed = seal_contribution(keys.create("r"), b"sixteen bytes or")
    opener = keys.opener("r")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Refused) as refused:
            opener.open(bytes(changed))
        assert refused.value.fault is SealingFault.CONTRIBUTION_CLOSED
    for length in range(len(sealed)):
        with pytest.raises(Refused):
            opener.open(sealed[:length])


def test_a_point_of_low_order_is_refused(keys: RoundKeys) -> None:
    """X25519 with such a point gives zeros for every key; RFC 9180, 7.1.4, asks to refuse it."""
    keys.create("r")
    with pytest.raises(Refused) as refused:
        keys.opener("r").open(b"\x01" + bytes(32) + bytes(40))
    assert refused.value.fault is SealingFault.CONTRIBUTION_CLOSED


@pytest.mark.parametrize(
    "recipient", ["", "round1", "round1" + "A" * 42, "round1" + "!" * 43, "age1xyz", "ä"]
)
def test_what_is_no_public_key_is_refused(recipient: str) -> None:
    with pytest.raises(Refused) as refused:
        seal_contribution(recipient, b"")
    assert refused.value.fault is SealingFault.RECIPIENT


def test_a_recipient_of_another_spelling_is_refused(keys: RoundKeys) -> None:
    recipient = keys.create("r")
    for wrong in (recipient[:-1], recipient + "=", recipient.removeprefix("round1"), f" {recipient}"):
        with pytest.raises(Refused):
            seal_contribution(wrong, b"")


def test_a_destroyed_key_opens_nothing_any_more(keys: RoundKeys, tmp_path: Path) -> None:
    sealed = seal_contribution(keys.create("r"), b"payload")
    keys.create("other")
    assert keys.exists("r")
    assert keys.destroy("r")
    assert not keys.exists("r")
    assert not keys.destroy("r")
    assert keys.exists("other")
    with pytest.raises(Refused) as refused:
        keys.opener("r")
    assert refused.value.fault is SealingFault.ROUND_KEY_MISSING
    keys.create("r")
    with pytest.raises(Refused) as refused:
        keys.opener("r").open(sealed)
    assert refused.value.fault is SealingFault.CONTRIBUTION_CLOSED


def test_destroying_what_never_was_says_so(keys: RoundKeys) -> None:
    assert not keys.destroy("never")
    assert not keys.exists("never")


def test_a_file_that_was_overwritten_but_not_removed_is_refused_and_destroyed(
    keys: RoundKeys, tmp_path: Path
) -> None:
    keys.create("r")
    key_file(tmp_path).write_bytes(bytes(range(100, 200)))
    for ask in (keys.opener, keys.create):
        with pytest.raises(Refused) as refused:
            ask("r")
        assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED
    assert keys.destroy("r")
    assert keys.create("r").startswith("round1")


@pytest.mark.parametrize(
    "content", ["{}", "[]", '{"private": "zz"}', '{"private": "00"}', '{"recipient": 3}', "\udcff"]
)
def test_a_damaged_key_file_is_refused(keys: RoundKeys, tmp_path: Path, content: str) -> None:
    keys.create("r")
    key_file(tmp_path).write_text(content, errors="surrogateescape")
    for ask in (keys.opener, keys.create):
        with pytest.raises(Refused) as refused:
            ask("r")
        assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED


def test_a_key_that_was_exchanged_in_its_file_is_noticed(keys: RoundKeys, tmp_path: Path) -> None:
    keys.create("r")
    path = key_file(tmp_path)
    text = path.read_text()
    place = text.index('"private": "') + 20
    path.write_text(text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :])
    with pytest.raises(Refused) as refused:
        keys.opener("r")
    assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED


@pytest.mark.parametrize("round_id", ["", "\n", "a\x00b"])
def test_a_round_without_a_readable_name_is_refused(keys: RoundKeys, round_id: str) -> None:
    with pytest.raises(Refused) as refused:
        keys.create(round_id)
    assert refused.value.fault is SealingFault.NAME_EMPTY


def test_a_round_id_reaches_no_other_file(keys: RoundKeys, tmp_path: Path) -> None:
    keys.create("../../escape")
    assert [path.parent.name for path in tmp_path.rglob("*.key")] == ["rounds"]


def test_an_opener_shows_and_gives_away_nothing(keys: RoundKeys) -> None:
    keys.create("r")
    opener = keys.opener("r")
    assert repr(opener) == "RoundOpener(hidden)"
    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(Refused) as refused:
            take(opener)
        assert refused.value.fault is SealingFault.SECRET_STAYS


def test_a_split_key_opens_with_both_halves_alone(keys: RoundKeys, tmp_path: Path) -> None:
    holders = {name: pyrage.x25519.Identity.generate() for name in ("steward", "representative")}
    split = {name: str(identity.to_public()) for name, identity in holders.items()}
    sealed = seal_contribution(keys.create("r", split=split), b"payload")
    assert keys.create("r", split=split) == keys.create("r")
    assert "private" not in key_file(tmp_path).read_text()
    opened = {
        name: pyrage.decrypt(half.encode(), [holders[name]]).decode()
        for name, half in keys.halves("r").items()
    }
    assert keys.opener("r", shares=opened).open(sealed) == b"payload"
    assert keys.opener("r", shares={name: f" {half}\n" for name, half in opened.items()}).open(sealed)
    for shares in (None, {}, {"steward": opened["steward"]}, {**opened, "third": opened["steward"]}):
        with pytest.raises(Refused) as refused:
            keys.opener("r", shares=shares)
        assert refused.value.fault is SealingFault.ROUND_KEY_SPLIT
    swapped = {"steward": opened["representative"], "representative": opened["steward"]}
    wrong = {**opened, "steward": "half1-" + "00" * 32}
    for shares in (swapped, wrong, {**opened, "steward": "half1-00"}, {**opened, "steward": "words"}):
        with pytest.raises(Refused) as refused:
            keys.opener("r", shares=shares)
        assert refused.value.fault is SealingFault.ROUND_KEY_HALVES
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(keys.halves("r")["steward"].encode(), [holders["representative"]])
    assert keys.destroy("r")


def test_a_whole_key_has_no_halves_and_takes_none(keys: RoundKeys) -> None:
    keys.create("r")
    assert keys.halves("r") == {}
    with pytest.raises(Refused):
        keys.opener("r", shares={"steward": "half1-" + "00" * 32})


def test_a_split_needs_two_different_holders(keys: RoundKeys) -> None:
    one = str(pyrage.x25519.Identity.generate().to_public())
    for split in ({}, {"a": one}, {"a": one, "b": one}, {"a": one, "b": "age1nobody"}):
        with pytest.raises(Refused) as refused:
            keys.create("r", split=split)
        assert refused.value.fault is SealingFault.ROUND_SPLIT_HOLDERS
        assert not keys.exists("r")
