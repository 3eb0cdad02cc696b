"""What is read off the tables of scores is what `measures` scores; a box is written and read without loss."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.voices.cards import ROUND, WEEKLY

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.measures.library import load_pack
from replenish.measures.scoring import score
from replenish.sealing.box import BUCKETS, seal_box
from replenish.sealing.secret import Secret
from replenish.voices.asked import possible_answers, require_answers, scale_table, scales_of
from replenish.voices.box_content import BoxContent, CheckIn, Reflection
from replenish.voices.box_rows import BoxRows


@st.composite
def answers_to(draw: st.DrawFn, pack: str) -> dict[str, float]:
    """Some possible answers to a pack; skipped items are absent."""
    given_answers = {}
    for item, possible in possible_answers(pack).items():
        answer = draw(st.none() | st.sampled_from(sorted(possible)))
        if answer is not None:
            given_answers[item] = answer
    return given_answers


@pytest.mark.parametrize("pack_id", [WEEKLY, ROUND])
@given(data=st.data())
def test_scores_are_those_of_measures(pack_id: str, data: st.DataObject) -> None:
    pack = load_pack(pack_id)
    answers = data.draw(answers_to(pack_id))
    require_answers(pack_id, answers)
    row = {item: np.array([answers.get(item, np.nan)]) for item in pack.item_codes}
    expected = score(pack, row)
    for scale in pack.scales:
        ours = scale_table(pack, scale.code).score(answers)
        theirs = float(expected.scales[scale.code][0])
        assert ours == pytest.approx(theirs, abs=1e-9) or (math.isnan(ours) and math.isnan(theirs))


def test_private_scales_are_contributed_to_nobody() -> None:
    names = list(scales_of([WEEKLY, ROUND]))
    assert names == sorted(names)
    assert len(names) == 10
    assert {"selfcompassion", "relational_track"} & set(names) == set()


@pytest.mark.parametrize(
    ("packs", "fault"),
    [([WEEKLY, WEEKLY], VoiceFault.SCALE_TWICE), (["proqol-5"], VoiceFault.PACK_NOT_FOR_ROUNDS)],
)
def test_packs_that_a_round_cannot_ask_are_refused(packs: list[str], fault: VoiceFault) -> None:
    with pytest.raises(Refused) as refused:
        scales_of(packs)
    assert refused.value.fault is fault


weeks = st.integers(1, 52).map(lambda number: f"2026-W{number:02d}")
numbers = st.floats(-5, 5, allow_nan=False).map(lambda number: round(number, 2)) | st.integers(0, 9).map(
    float
)
check_ins = st.builds(
    CheckIn,
    week=weeks,
    pack=st.sampled_from(["a", "b"]),
    pack_hash=st.sampled_from(["1", "2"]),
    answers=st.dictionaries(st.sampled_from("pqrst"), numbers, min_size=1),
)
contents = st.builds(
    BoxContent,
    check_ins=st.lists(check_ins, max_size=6).map(tuple),
    reflections=st.lists(
        st.builds(Reflection, week=weeks, topic=st.text(max_size=20), text=st.text(max_size=200)), max_size=3
    ).map(tuple),
    settings=st.dictionaries(st.text(max_size=8), st.booleans() | st.text(max_size=9), max_size=3),
)


@given(contents)
def test_a_box_is_written_and_read_without_loss(content: BoxContent) -> None:
    assert BoxContent.of_rows(BoxRows.read(content.to_rows().to_bytes())) == content


@given(contents, check_ins)
def test_a_check_in_is_put_as_the_content_would_put_it(content: BoxContent, new: CheckIn) -> None:
    rows = content.to_rows()
    rows.put(new.week, (new.pack, new.pack_hash), new.answers)
    assert BoxContent.of_rows(rows) == content.with_check_ins([new])


def test_a_year_of_check_ins_fits_the_smallest_box() -> None:
    """So the size of a box does not tell who checks in every week."""
    rows = BoxRows()
    for number in range(52):
        for pack in (WEEKLY, ROUND) if number % 4 == 0 else (WEEKLY,):
            answers = dict.fromkeys(load_pack(pack).item_codes, 4.0)
            rows.put(f"2026-W{number + 1:02d}", (pack, load_pack(pack).content_hash), answers)
    assert len(seal_box(Secret.new(), rows.to_bytes())) == BUCKETS[0]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"v":2}', b'{"v":1}', b"\xff", b'{"v":1,"packs":0}']
)
def test_what_is_no_content_of_a_box_is_refused_without_quoting_it(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        BoxRows.read(content)
    assert refused.value.fault is VoiceFault.BOX_UNREADABLE
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("broken", [("2026-W01", 3, "123"), ("2026-W01", 0, "x"), ("2026-W01", 0, "x-")])
def test_rows_that_are_out_of_shape_are_refused(broken: tuple[str, int, str]) -> None:
    rows = BoxRows()
    rows.put("2026-W01", ("a", "1"), {"p": 1.0})
    rows.check_ins = [broken]
    with pytest.raises(Refused) as refused:
        BoxContent.of_rows(rows)
    assert refused.value.fault is VoiceFault.BOX_UNREADABLE
