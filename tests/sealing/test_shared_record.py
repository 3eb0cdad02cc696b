"""A shared record opens for its parties under its own name, as a whole, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.records import RecordFault
from replenish.sealing import shared_record
from replenish.sealing.record_key import RecordKey, RecordSecret, new_key_pair, unwrapped
from replenish.sealing.shared_record import (
    BUCKETS,
    MOST,
    RecordName,
    SealedRecord,
    open_record,
    seal_for_more,
    seal_record,
)

NAME = RecordName("record-1", 1, "shared note")


@cache
def key_of(owner: str) -> RecordKey:
    secret = RecordSecret.new()
    return unwrapped(secret, owner, new_key_pair(secret, owner))


def sealed_to(*owners: str, content: bytes = b"what we agreed") -> SealedRecord:
    return seal_record(NAME, content, {owner: key_of(owner).public() for owner in owners})


def is_closed(name: RecordName, sealed: SealedRecord, party: str, key: RecordKey) -> bool:
    with pytest.raises(Refused) as refused:
        open_record(name, sealed, party, key)
    return refused.value.fault is RecordFault.CLOSED


@given(st.binary(max_size=20_000))
def test_each_party_reads_what_was_sealed(content: bytes) -> None:
    sealed = sealed_to("ana", "ben", content=content)
    assert open_record(NAME, sealed, "ana", key_of("ana")) == content
    assert open_record(NAME, sealed, "ben", key_of("ben")) == content


def test_nobody_else_reads_it() -> None:
    sealed = sealed_to("ana", "ben")
    assert is_closed(NAME, sealed, "cleo", key_of("cleo"))
    assert is_closed(NAME, sealed, "ana", key_of("cleo"))
    assert is_closed(NAME, sealed, "ana", key_of("ben"))
    moved = replace(sealed, keys={**sealed.keys, "cleo": sealed.keys["ana"]})
    assert is_closed(NAME, moved, "cleo", key_of("cleo"))
    assert is_closed(NAME, moved, "cleo", key_of("ana"))


@pytest.mark.parametrize(
    "name",
    [
        RecordName("record-2", 1, "shared note"),
        RecordName("record-1", 2, "shared note"),
        RecordName("record-1", 1, "agenda"),
    ],
)
def test_it_opens_under_its_own_name_alone(name: RecordName) -> None:
    assert is_closed(name, sealed_to("ana"), "ana", key_of("ana"))


def test_the_content_is_bound_to_its_name_by_itself() -> None:
    """Even where the key of the record could be opened, its content stands under no other name."""
    key = bytes(32)
    content = shared_record._sealed_content(NAME, b"words", key)
    assert shared_record._opened(NAME, content, key) == b"words"
    for other in (replace(NAME, record="other"), replace(NAME, version=2), replace(NAME, kind="other")):
        with pytest.raises(Refused):
            shared_record._opened(other, content, key)


def test_one_content_opens_under_one_key() -> None:
    """A content that carries the mark of another key is refused before it is opened."""
    one, two = bytes(32), bytes([1]) * 32
    honest = shared_record._sealed_content(NAME, b"words", one)
    marked = honest[:1] + shared_record._mark(two) + honest[33:]
    for key in (one, two):
        with pytest.raises(Refused):
            shared_record._opened(NAME, marked, key)


def test_contents_of_two_versions_do_not_mix() -> None:
    one, two = sealed_to("ana", content=b"one"), sealed_to("ana", content=b"two")
    assert is_closed(NAME, SealedRecord(one.content, two.keys), "ana", key_of("ana"))


def test_a_change_anywhere_is_refused() -> None:
    sealed = sealed_to("ana")
    size = len(sealed.content)
    for place in [*range(70), *range(70, size - 16, 97), *range(size - 16, size)]:
        changed = bytearray(sealed.content)
        changed[place] ^= 1
        assert is_closed(NAME, replace(sealed, content=bytes(changed)), "ana", key_of("ana"))
    for place in range(len(sealed.keys["ana"])):
        cut = bytearray(sealed.keys["ana"])
        cut[place] ^= 1
        assert is_closed(NAME, replace(sealed, keys={"ana": bytes(cut)}), "ana", key_of("ana"))


@pytest.mark.parametrize("length", [0, 1, 64, 4_095, 4_097, 16_384])
def test_a_content_of_another_length_is_refused(length: int) -> None:
    sealed = sealed_to("ana")
    assert is_closed(
        NAME, replace(sealed, content=(sealed.content + bytes(20_000))[:length]), "ana", key_of("ana")
    )


@pytest.mark.parametrize("bucket", BUCKETS)
def test_the_length_within_a_bucket_is_hidden(bucket: int) -> None:
    around = len(shared_record._sealed_content(NAME, b"", bytes(32))) - (BUCKETS[0] - shared_record._AROUND)
    for length in {bucket - around, bucket // 3 + 1}:
        sealed = sealed_to("ana", content=b"x" * length)
        assert len(sealed.content) == bucket
        assert len(sealed.keys["ana"]) == len(sealed_to("ana").keys["ana"])


def test_a_content_too_long_is_refused_with_its_size() -> None:
    with pytest.raises(Refused, match=f"{MOST + 1} bytes, and {MOST} fit") as refused:
        sealed_to("ana", content=bytes(MOST + 1))
    assert refused.value.fault is RecordFault.TOO_LONG


def test_it_is_sealed_to_somebody_by_a_name_that_can_be_read() -> None:
    with pytest.raises(Refused) as refused:
        seal_record(NAME, b"", {})
    assert refused.value.fault is RecordFault.PARTIES
    ana = key_of("ana").public()
    for name, party in (
        (RecordName("", 1, "note"), "ana"),
        (RecordName("one\ntwo", 1, "note"), "ana"),
        (RecordName("one", 0, "note"), "ana"),
        (RecordName("one", 1, ""), "ana"),
        (NAME, "a\nb"),
        (NAME, ""),
    ):
        with pytest.raises(Refused) as refused:
            seal_record(name, b"", {party: ana})
        assert refused.value.fault is RecordFault.NAME


def test_a_party_can_let_others_read_it_and_nobody_else_can() -> None:
    sealed = sealed_to("ana", "ben")
    more = seal_for_more(NAME, sealed, "ana", key_of("ana"), {"cleo": key_of("cleo").public()})
    shared = replace(sealed, keys={**sealed.keys, **more})
    assert open_record(NAME, shared, "cleo", key_of("cleo")) == b"what we agreed"
    assert open_record(NAME, shared, "ben", key_of("ben")) == b"what we agreed"
    with pytest.raises(Refused):
        seal_for_more(NAME, sealed, "dan", key_of("dan"), {"dan": key_of("dan").public()})


def test_a_damaged_record_is_not_given_on() -> None:
    sealed = sealed_to("ana")
    damaged = replace(sealed, content=sealed.content[:-1] + bytes([sealed.content[-1] ^ 1]))
    with pytest.raises(Refused):
        seal_for_more(NAME, damaged, "ana", key_of("ana"), {"cleo": key_of("cleo").public()})


def test_two_sealings_have_nothing_in_common() -> None:
    one, two = sealed_to("ana"), sealed_to("ana")
    alike = sum(x == y for x, y in zip(one.content[1:], two.content[1:], strict=True))
    assert alike < 50  # 16 expected of 4,095
