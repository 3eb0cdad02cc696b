"""Payloads: all of one length, canonical, and only for the scales and the range they were made for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.contribution import DIGEST_BYTES, decode_scores, encode_scores

NAMES = ("satisfaction", "exhaustion", "voice")
scores = st.dictionaries(
    st.sampled_from(NAMES), st.none() | st.just(math.nan) | st.floats(0, 100), max_size=3
)


@given(st.lists(scores, max_size=30))
def test_scores_come_back_exactly_in_their_order(people: list[dict[str, float | None]]) -> None:
    payloads = [encode_scores(NAMES, person) for person in people]
    decoded = decode_scores(NAMES, payloads)
    assert tuple(decoded) == NAMES
    for name, column in decoded.items():
        expected = [math.nan if person.get(name) is None else person[name] for person in people]
        assert column.dtype == np.float64
        np.testing.assert_array_equal(column, np.array(expected, dtype=np.float64))
    assert {len(payload) for payload in payloads} <= {DIGEST_BYTES + 8 * len(NAMES)}


def test_equal_scores_have_equal_bytes() -> None:
    odd_nan = float(np.array([0x7FF8DEADBEEF0000], dtype=np.uint64).view(np.float64)[0])
    assert encode_scores(NAMES, {"voice": -0.0}) == encode_scores(
        NAMES, {"voice": 0.0, "exhaustion": odd_nan}
    )


def test_decoded_columns_may_be_written_to() -> None:
    column = decode_scores(NAMES, [encode_scores(NAMES, {})])["voice"]
    column[0] = 1.0
    assert column.flags.c_contiguous


@pytest.mark.parametrize(
    "others", [NAMES[::-1], NAMES[:2], (*NAMES, "more"), ("satisfaction", "exhaustion", "Voice")]
)
def test_payloads_of_other_scales_are_refused(others: tuple[str, ...]) -> None:
    payloads = [encode_scores(NAMES, {}), encode_scores(others, {})]
    with pytest.raises(Refused, match="Contribution 2 ") as refused:
        decode_scores(NAMES, payloads)
    assert refused.value.fault is SealingFault.SCALES_OTHER


def test_a_payload_of_another_length_is_refused() -> None:
    payload = encode_scores(NAMES, {})
    for wrong in (b"", payload[:-1], payload + b"\0", payload + payload):
        with pytest.raises(Refused) as refused:
            decode_scores(NAMES, [wrong])
        assert refused.value.fault is SealingFault.SCALES_OTHER


@pytest.mark.parametrize("score", [-0.001, 100.001, math.inf, -math.inf, 1e300])
def test_a_score_outside_the_range_is_refused_both_ways(score: float) -> None:
    with pytest.raises(Refused, match="'voice'") as refused:
        encode_scores(NAMES, {"voice": score})
    assert refused.value.fault is SealingFault.SCORE_RANGE
    forged = encode_scores(NAMES, {})[:-8] + np.array([score], dtype="<f8").tobytes()
    with pytest.raises(Refused) as refused:
        decode_scores(NAMES, [encode_scores(NAMES, {}), forged])
    assert refused.value.fault is SealingFault.SCORE_RANGE


def test_a_scale_that_is_not_named_is_refused() -> None:
    with pytest.raises(Refused, match="'hope'") as refused:
        encode_scores(NAMES, {"hope": 3.0})
    assert refused.value.fault is SealingFault.SCALE_UNKNOWN


@pytest.mark.parametrize("names", [(), ("a", "a"), ("a", "")])
def test_scales_need_names_of_their_own(names: tuple[str, ...]) -> None:
    for ask in (lambda: encode_scores(names, {}), lambda: decode_scores(names, [])):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.fault is SealingFault.SCALES_NAMED


def test_names_do_not_run_into_each_other() -> None:
    assert encode_scores(("a,b",), {})[:32] != encode_scores(("a", "b"), {})[:32]
    assert encode_scores(('a","b',), {})[:32] != encode_scores(("a", "b"), {})[:32]
