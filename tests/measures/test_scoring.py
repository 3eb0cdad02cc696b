"""The fast scorer against a plain one, and every way in which answers can be refused."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.test_pack_rules import scale, sound
from tests.strategies.answers import Answer, plain_score, tables

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import AnswerFault, PackFault
from replenish.measures.library import list_packs, load_pack, pack_from_plain
from replenish.measures.pack import Pack
from replenish.measures.score_blocks import MissingScores
from replenish.measures.scoring import AnswerProblems, Scores, check_answers, score

PACKS = list_packs()
PROQOL, STSS, CBI = load_pack("proqol-5"), load_pack("stss"), load_pack("cbi")


def scored(pack: Pack, table: object, **more: object) -> Scores:
    confirmed = [pack.id] if pack.disputed else []
    return score(pack, np.array(table, dtype=float), confirmed=confirmed)


@given(data=st.data(), pack=st.sampled_from(PACKS))
def test_every_pack_scores_as_a_plain_scorer_does(data: st.DataObject, pack: Pack) -> None:
    table = data.draw(tables(pack))
    result = scored(pack, table)
    assert result.n == len(table)
    for scale_ in pack.scales:
        expected = [plain_score(pack, scale_, form) for form in table]
        np.testing.assert_allclose(result.scales[scale_.code], expected, rtol=1e-12, atol=1e-12)
        assert result.missing[scale_.code].total == sum(map(math.isnan, expected))


@given(table=tables(STSS), at=st.integers(0, 5))
def test_a_person_is_scored_alike_alone_and_among_others(table: list[list[Answer]], at: int) -> None:
    at = min(at, len(table) - 1)
    together, alone = scored(STSS, table), scored(STSS, [table[at]])
    for code, scores in together.scales.items():
        np.testing.assert_array_equal(scores[at], alone.scales[code][0])


@given(
    low=st.integers(-5, 5),
    width=st.integers(1, 9),
    items=st.integers(1, 8),
    method=st.sampled_from(["sum", "mean", "mean0-100", "count"]),
    data=st.data(),
)
def test_packs_nobody_has_thought_of_score_as_a_plain_scorer_does(
    low: int, width: int, items: int, method: str, data: st.DataObject
) -> None:
    high = low + width
    ends = {
        "sum": (low * items, high * items),
        "mean": (low, high),
        "mean0-100": (0, 100),
        "count": (0, items),
    }
    allowed = 0 if method == "count" else data.draw(st.integers(0, items - 1))
    pack = pack_from_plain(
        sound(
            items={"count": items, "code": "pulse{number}"},
            reverse=data.draw(st.lists(st.integers(1, items), unique=True)),
            response={"min": low, "max": high},
            scales=[
                scale(
                    items=f"1-{items}",
                    method=method,
                    count_from=data.draw(st.integers(low, high)) if method == "count" else None,
                    missing={"max_missing": allowed},
                    range=dict(zip(("low", "high"), ends[method], strict=True)),
                )
            ],
        )
    )
    table = data.draw(tables(pack))
    expected = [plain_score(pack, pack.scales[0], form) for form in table]
    np.testing.assert_allclose(scored(pack, table).scales["total"], expected, rtol=1e-12, atol=1e-12)


def test_blocks_join_without_a_seam() -> None:
    rng = np.random.default_rng(11)
    table = rng.integers(1, 6, (20_000, 30)).astype(float)
    # Gaps in one block only, so that the quick and the careful way meet.
    table[9_000:9_100][rng.random((100, 30)) < 0.3] = np.nan
    result = score(PROQOL, table)
    for scale_ in PROQOL.scales:
        at = [PROQOL.item_codes.index(code) for code in scale_.items]
        turned = np.where([PROQOL.items[i].reverse for i in at], 6 - table[:, at], table[:, at])
        np.testing.assert_array_equal(result.scales[scale_.code], turned.sum(axis=1))
        assert result.missing[scale_.code].total == np.isnan(turned).any(axis=1).sum()


@pytest.mark.parametrize("kind", ["columns", "fortran", "integers", "float32", "strided"])
def test_answers_may_lie_in_memory_as_they_like(kind: str) -> None:
    table = np.random.default_rng(3).integers(1, 6, (15_000, 17))
    expected = score(STSS, table.astype(float))
    floats = np.zeros((30_000, 17))
    floats[::2] = table
    given_as = {
        "columns": {code: table[:, at].astype(float) for at, code in enumerate(STSS.item_codes)},
        "fortran": np.asfortranarray(table.astype(float)),
        "integers": table,
        "float32": table.astype(np.float32),
        "strided": floats[::2],
    }
    result = score(STSS, given_as[kind])  # type: ignore[arg-type]  # other kinds of numbers are let in
    for code in expected.scales:
        np.testing.assert_array_equal(result.scales[code], expected.scales[code])


def test_answers_are_left_as_they_were() -> None:
    table = np.full((10, 17), 3.0)
    table[2, 3] = np.nan
    before = table.copy()
    score(STSS, table)
    np.testing.assert_array_equal(table, before)


def test_scores_cannot_be_changed_afterwards() -> None:
    result = score(STSS, np.full((2, 17), 3.0))
    with pytest.raises(ValueError, match="read-only"):
        result.scales["total"][0] = 1.0
    assert (result.pack, result.pack_hash, result.n) == ("stss", STSS.content_hash, 2)


def test_memory_beyond_the_answers_is_small() -> None:
    table = np.full((200_000, 30), 3.0)
    table[::7, 4] = np.nan
    score(PROQOL, table[:10])
    tracemalloc.start()
    score(PROQOL, table)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < table.nbytes / 3


def test_a_part_of_the_scales_needs_a_part_of_the_columns() -> None:
    columns = {code: np.full(4, 2.0) for code in PROQOL.scale("cs").items}
    result = score(PROQOL, columns, scales=["cs"])
    assert {code: list(scores) for code, scores in result.scales.items()} == {"cs": [20.0] * 4}
    with pytest.raises(Refused, match="no column for 'proqol1', 'proqol2'") as refused:
        score(PROQOL, columns)
    assert refused.value.fault is AnswerFault.ANSWERS_COLUMN_MISSING
    with pytest.raises(Refused) as refused:
        score(PROQOL, columns, scales=["total"])
    assert refused.value.fault is PackFault.PACK_NO_SUCH_SCALE


def test_columns_of_other_things_are_passed_over() -> None:
    columns = {code: np.full(2, 2.0) for code in STSS.item_codes} | {"team": np.array([7.0, 900.0])}
    assert list(score(STSS, columns).scales) == ["intrusion", "avoidance", "arousal", "total"]


@pytest.mark.parametrize("n", [0, 1])
def test_no_rows_and_one_row(n: int) -> None:
    assert score(STSS, np.full((n, 17), 2.0)).scales["total"].tolist() == [34.0] * n


def place(refused: Refused) -> tuple[Fault, int | None, str | None]:
    first = refused.problems[0]
    return first.fault, first.place.row, first.place.column


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (0.0, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (6.0, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (-1.0, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (99.0, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (math.inf, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (-math.inf, AnswerFault.ANSWERS_OUT_OF_RANGE),
        (2.5, AnswerFault.ANSWERS_NOT_A_STEP),
        (4.999999, AnswerFault.ANSWERS_NOT_A_STEP),
    ],
)
@pytest.mark.parametrize("with_gap", [True, False])
def test_an_impossible_answer_is_refused_by_row_and_column(
    answer: float, fault: Fault, with_gap: bool
) -> None:
    table = np.full((25_000, 17), 3.0)
    table[20_499, 4] = answer
    if with_gap:
        table[20_499, 5] = np.nan
    with pytest.raises(Refused) as refused:
        score(STSS, table, file="answers.csv")
    assert place(refused.value) == (fault, 20_500, "stss5")
    assert refused.value.problems[0].place.file == "answers.csv"
    assert len(refused.value.problems) == 1


def test_an_answer_must_be_one_of_the_options() -> None:
    pack = load_pack("replenish-round")
    columns = {code: np.full(3, np.nan) for code in pack.item_codes}
    columns["supervision.held"] = np.array([3.0, 4.0, 40.0])
    with pytest.raises(Refused, match=r"4 is none of the answers here \(0, 1, 2, 3\)") as refused:
        score(pack, columns)
    assert [p.place.row for p in refused.value.problems] == [2, 3]
    assert place(refused.value) == (AnswerFault.ANSWERS_NOT_AN_OPTION, 2, "supervision.held")


def test_positions_are_no_answers_where_answers_are_entered_as_scored() -> None:
    with pytest.raises(Refused) as refused:
        score(CBI, np.tile([1.0, 2.0, 3.0, 4.0, 5.0], (1, 4))[:, :19])
    assert place(refused.value) == (AnswerFault.ANSWERS_NOT_A_STEP, 1, "cbi1")


def test_twenty_problems_are_listed_and_the_rest_counted() -> None:
    table = np.full((20_000, 17), 3.0)
    table[::100, 0] = 9.0
    with pytest.raises(Refused) as refused:
        score(STSS, table)
    assert [p.place.row for p in refused.value.problems[:-1]] == list(range(1, 2_000, 100))
    assert refused.value.problems[-1].fault is AnswerFault.ANSWERS_MORE
    assert str(refused.value.problems[-1]) == "180 more answers cannot be used; the first 20 are listed"


def test_impossible_answers_can_be_listed_without_scoring() -> None:
    table = np.full((3, 17), 3.0)
    table[0, 1] = 9.0
    table[2, 0], table[2, 1] = 9.0, 2.5
    found = check_answers(STSS, table, file="answers.csv")
    assert found.count == 3
    assert [(p.place.row, p.place.column) for p in found.listed] == [(1, "stss2"), (3, "stss1"), (3, "stss2")]
    assert check_answers(STSS, np.full((3, 17), 3.0)) == AnswerProblems((), 0)


def test_why_scores_are_missing() -> None:
    pack = load_pack("stsi-oa")
    table = np.full((4, 40), 3.0)
    table[0] = np.nan
    table[1, :30] = np.nan
    table[2, :30] = 0.0
    result = score(pack, table)
    reasons = result.missing["total"]
    assert reasons == MissingScores(nothing_answered=1, too_few_answered=1, did_not_apply=1)
    assert reasons.total == 3
    assert np.isnan(result.scales["total"]).tolist() == [True, True, True, False]


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        (np.full((3, 16), 2.0), AnswerFault.ANSWERS_SHAPE),
        (np.full(17, 2.0), AnswerFault.ANSWERS_SHAPE),
        (np.full((3, 17), True), AnswerFault.ANSWERS_NOT_NUMBERS),
        (np.full((3, 17), "2"), AnswerFault.ANSWERS_NOT_NUMBERS),
        (np.full((3, 17), None), AnswerFault.ANSWERS_NOT_NUMBERS),
        (np.full((3, 17), "2026-01-01", dtype="M8[D]"), AnswerFault.ANSWERS_NOT_NUMBERS),
        ({code: np.full(2 + (code == "stss4"), 2.0) for code in STSS.item_codes}, AnswerFault.ANSWERS_SHAPE),
        ({code: np.full((2, 1), 2.0) for code in STSS.item_codes}, AnswerFault.ANSWERS_SHAPE),
        ({code: np.full(2, "2") for code in STSS.item_codes}, AnswerFault.ANSWERS_NOT_NUMBERS),
        ({}, AnswerFault.ANSWERS_COLUMN_MISSING),
    ],
)
def test_what_is_no_table_of_answers_is_refused(answers: np.ndarray, fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        score(STSS, answers)
    assert refused.value.fault is fault


def test_a_disputed_key_is_used_only_by_its_name() -> None:
    pack = load_pack("miss-hp")
    table = np.full((1, 10), 3.0)
    with pytest.raises(
        Refused, match=r"recalled with doubt.*reverses items 5, 6, 7 and 10.*naming 'miss-hp'"
    ) as refused:
        score(pack, table)
    assert refused.value.fault is PackFault.PACK_DISPUTED
    with pytest.raises(Refused) as refused:
        score(pack, table, confirmed=["miss"])
    assert refused.value.fault is PackFault.PACK_CONFIRMED_UNKNOWN
    assert score(pack, table, confirmed=["miss-hp"]).scales["total"].tolist() == [50.0]


def test_one_disputed_scale_stops_itself_and_not_the_others() -> None:
    dispute = {"reason": "two keys are in use", "alternatives": ["the other"], "source": "Ours", "mark": "R?"}
    both = [scale(), scale(code="half", items="1-2", range={"low": 0, "high": 8}, disputed=dispute)]
    pack = pack_from_plain(sound(scales=both))
    table = np.full((1, 3), 1.0)
    with pytest.raises(Refused, match="naming 'our-pulse/half'"):
        score(pack, table)
    assert list(score(pack, table, scales=["total"]).scales) == ["total"]
    assert list(score(pack, table, confirmed=["our-pulse/half"]).scales) == ["total", "half"]


def test_any_number_is_an_answer_where_there_are_no_steps() -> None:
    pack = pack_from_plain(sound(response={"min": 0, "max": 4, "step": None}))
    assert score(pack, np.array([[0.3, 4.0, 1.1]])).scales["total"] == pytest.approx([1.4])
    with pytest.raises(Refused) as refused:
        score(pack, np.array([[0.3, 4.1, np.nan]]))
    assert place(refused.value) == (AnswerFault.ANSWERS_OUT_OF_RANGE, 1, "pulse2")
