"""The wrap of the night: every row new, none opens under another name or key, and keys come and go safely."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.wrap import new_wrap_key, unwrap, wrap, wrapped_under
from replenish.sealing.wrap_keys import WrapKeys

KEY, OTHER = bytes(32), bytes([1]) * 32


@given(st.text(max_size=80), st.binary(max_size=500))
def test_what_is_wrapped_unwraps_again(name: str, sealed: bytes) -> None:
    wrapped = wrap(KEY, "night-1", name, sealed)
    assert unwrap({"night-1": KEY, "night-2": OTHER}, name, wrapped) == sealed
    assert wrapped_under(wrapped) == "night-1"
    assert len(wrapped) == len(sealed) + len(wrap(KEY, "night-1", "", b""))


def test_an_untouched_row_looks_new_each_night() -> None:
    wrapped = [wrap(new_wrap_key(), "n" * 16, "a", bytes(4096)) for _ in range(2)]
    alike = sum(x == y for x, y in zip(wrapped[0][18:], wrapped[1][18:], strict=True))
    assert alike < 50  # 16 expected


def test_a_change_anywhere_is_refused() -> None:
    wrapped = wrap(KEY, "night", "a name", b"what is sealed")
    for place in range(len(wrapped)):
        for bit in (1, 2, 128):
            changed = bytearray(wrapped)
            changed[place] ^= bit
            with pytest.raises(Refused) as refused:
                unwrap({"night": KEY}, "a name", bytes(changed))
            assert refused.value.fault in {SealingFault.WRAP_DAMAGED, SealingFault.WRAP_KEY_UNKNOWN}
    for length in range(len(wrapped)):
        with pytest.raises(Refused):
            unwrap({"night": KEY}, "a name", wrapped[:length])


def test_another_name_or_key_is_refused() -> None:
    wrapped = wrap(KEY, "night", "a name", b"what is sealed")
    for keys, name, fault in [
        ({"night": KEY}, "another name", SealingFault.WRAP_DAMAGED),
        ({"night": OTHER}, "a name", SealingFault.WRAP_DAMAGED),
        ({}, "a name", SealingFault.WRAP_KEY_UNKNOWN),
    ]:
        with pytest.raises(Refused) as refused:
            unwrap(keys, name, wrapped)
        assert refused.value.fault is fault


def test_the_id_of_the_key_is_bound_too() -> None:
    wrapped = wrap(KEY, "night-1", "a name", b"what is sealed")
    renamed = wrapped.replace(b"night-1", b"night-2")
    with pytest.raises(Refused) as refused:
        unwrap({"night-2": KEY}, "a name", renamed)
    assert refused.value.fault is SealingFault.WRAP_DAMAGED


@pytest.mark.parametrize("key_id", ["", "a b", "ä", "x" * 65, "a/b", "n\n"])
def test_an_id_that_does_not_fit_the_header_is_refused(key_id: str) -> None:
    with pytest.raises(Refused) as refused:
        wrap(KEY, key_id, "a name", b"")
    assert refused.value.fault is SealingFault.WRAP_KEY_ID


def test_keys_are_made_once_kept_and_forgotten(tmp_path: Path) -> None:
    keys = WrapKeys(tmp_path)
    first, key = keys.current()
    assert keys.current() == WrapKeys(tmp_path).current() == (first, key)
    second, other = keys.new()
    assert keys.current() == (second, other)
    assert keys.held() == {first: key, second: other}
    assert keys.forget(first)
    assert not keys.forget(first)
    assert keys.held() == {second: other}
    keys.put_back(first, key)
    keys.put_back(second, key)
    assert keys.held() == {first: key, second: other}


def test_only_named_keys_and_the_current_one_are_kept(tmp_path: Path) -> None:
    keys = WrapKeys(tmp_path)
    made = [keys.new()[0] for _ in range(4)]
    assert set(keys.keep([made[1]])) == {made[0], made[2]}
    assert set(keys.ids()) == {made[1], made[3]}


def test_the_key_in_use_is_not_forgotten(tmp_path: Path) -> None:
    keys = WrapKeys(tmp_path)
    current, _ = keys.current()
    with pytest.raises(Refused) as refused:
        keys.forget(current)
    assert refused.value.fault is SealingFault.KEY_IN_USE
    assert keys.ids() == (current,)


@pytest.mark.parametrize("key_id", ["../signing/instance", "", "a/b", "current.json"])
def test_an_id_reaches_no_other_file(tmp_path: Path, key_id: str) -> None:
    with pytest.raises(Refused) as refused:
        WrapKeys(tmp_path).forget(key_id)
    assert refused.value.fault is SealingFault.WRAP_KEY_ID


def test_a_key_that_was_lost_is_named(tmp_path: Path) -> None:
    keys = WrapKeys(tmp_path)
    current, _ = keys.current()
    (tmp_path / "wraps" / f"{current}.key").unlink()
    with pytest.raises(Refused, match=current) as refused:
        keys.current()
    assert refused.value.fault is SealingFault.KEY_MISSING
    (tmp_path / "wraps" / "current.json").write_text("{}")
    with pytest.raises(Refused) as refused:
        keys.current()
    assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED


def test_a_stop_between_the_key_and_its_naming_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = WrapKeys(tmp_path)
    before = keys.current()
    with monkeypatch.context() as stop:
        stop.setattr("replenish.sealing.key_files.write_over", _stop)
        with pytest.raises(KeyboardInterrupt):
            keys.new()
    assert keys.current() == before
    assert len(keys.keep([])) == 1


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
