"""A box opens with its own card alone, as a whole, and tells nothing of its content but a bucket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.sealing import secrets

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.box import BUCKETS, MOST, open_box, seal_box
from replenish.sealing.secret import Secret

SECRET = Secret(bytes(range(16)))
AROUND = 1 + 12 + 4 + 16


@given(secrets, st.binary(max_size=20_000))
def test_what_is_sealed_opens_again(secret: Secret, content: bytes) -> None:
    assert open_box(secret, seal_box(secret, content)) == content


@pytest.mark.parametrize("bucket", BUCKETS)
def test_the_padding_hides_the_length_within_a_bucket(bucket: int) -> None:
    smaller = max((size for size in BUCKETS if size < bucket), default=AROUND)
    shortest, longest = smaller - AROUND + (bucket != BUCKETS[0]), bucket - AROUND
    for length in {shortest, (shortest + longest) // 2, longest}:
        sealed = seal_box(SECRET, b"x" * length)
        assert len(sealed) == bucket
        assert open_box(SECRET, sealed) == b"x" * length


def test_the_same_content_never_looks_the_same() -> None:
    """Bytes of two boxes agree as often as chance has it: nothing of content or padding shines through."""
    one, two = seal_box(SECRET, b""), seal_box(SECRET, b"")
    alike = sum(x == y for x, y in zip(one[1:], two[1:], strict=True))
    assert alike < 50  # 16 expected of 4,095


def test_a_content_too_long_is_refused_with_its_size() -> None:
    assert len(seal_box(SECRET, bytes(MOST))) == BUCKETS[-1]
    with pytest.raises(Refused, match=f"{MOST + 1} bytes, and {MOST} fit") as refused:
        seal_box(SECRET, bytes(MOST + 1))
    assert refused.value.fault is SealingFault.BOX_FULL


def test_a_change_anywhere_is_refused() -> None:
    """Every byte of the version, the nonce and the tag, and bytes all over the padded content."""
    sealed = seal_box(SECRET, b"a quiet week")
    regions = [*range(40), *range(40, len(sealed) - 16, 61), *range(len(sealed) - 16, len(sealed))]
    for place in regions:
        for bit in (1, 128):
            changed = bytearray(sealed)
            changed[place] ^= bit
            with pytest.raises(Refused) as refused:
                open_box(SECRET, bytes(changed))
            assert refused.value.fault in {SealingFault.BOX_CLOSED, SealingFault.BOX_VERSION}


@pytest.mark.parametrize("length", [0, 1, 12, 33, 4095, 4097, 16_384])
def test_a_box_of_another_length_is_refused(length: int) -> None:
    sealed = seal_box(SECRET, b"a quiet week")
    with pytest.raises(Refused) as refused:
        open_box(SECRET, (sealed + bytes(20_000))[:length])
    assert refused.value.fault is SealingFault.BOX_CLOSED


def test_the_box_of_another_card_is_refused() -> None:
    sealed = seal_box(SECRET, b"a quiet week")
    for other in range(20):
        with pytest.raises(Refused) as refused:
            open_box(Secret(bytes([other + 1]) * 16), sealed)
        assert refused.value.fault is SealingFault.BOX_CLOSED


def test_the_name_is_bound_to_the_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with the right key: a box that was put under another name does not open."""
    sealed = seal_box(SECRET, b"a quiet week")
    monkeypatch.setattr("replenish.sealing.box.box_name", lambda _: "0" * 64)
    with pytest.raises(Refused) as refused:
        open_box(SECRET, sealed)
    assert refused.value.fault is SealingFault.BOX_CLOSED


def test_an_unknown_version_says_so() -> None:
    sealed = seal_box(SECRET, b"a quiet week")
    with pytest.raises(Refused) as refused:
        open_box(SECRET, b"\x02" + sealed[1:])
    assert refused.value.fault is SealingFault.BOX_VERSION
