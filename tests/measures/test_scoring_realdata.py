"""Sum scores of 783 real students equal the sums their own file holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.measures.test_pack_rules import scale, sound

from replenish.basis.errors import Refused
from replenish.basis.faults import PackFault
from replenish.measures.answer_key import AnswerKey, Floats, ScaleKey
from replenish.measures.library import pack_from_plain
from replenish.measures.pack import Pack
from replenish.measures.score_blocks import score_blocks
from replenish.measures.scoring import check_answers, score

SCALES = {"phq": 9, "gad": 7, "epworth": 8}
Find = Callable[[str], Path]


def read(find: Find) -> pl.DataFrame:
    return pl.read_csv(find("medstudents_items.csv"), null_values=["NA"])


def summing(name: str, *, highest: int) -> Pack:
    """A pack made for the file: the sum of all items of one scale."""
    count = SCALES[name]
    return pack_from_plain(
        sound(
            items={"count": count, "code": name + "{number}"},
            reverse=[],
            response={"min": 0, "max": highest},
            scales=[scale(items=f"1-{count}", range={"low": 0, "high": highest * count})],
        )
    )


def answers_and_sums(frame: pl.DataFrame, pack: Pack, name: str) -> tuple[dict[str, Floats], Floats]:
    answers = {code: frame[code].cast(pl.Float64).to_numpy() for code in pack.item_codes}
    return answers, frame[f"{name}_score"].cast(pl.Float64).to_numpy()


# The file holds answers of 4 to the third scale, whose answers end at 3, and adds them up all the same.
@pytest.mark.realdata
@pytest.mark.parametrize(("name", "highest"), [("gad", 3), ("epworth", 4)])
def test_sums_equal_those_of_the_file(name: str, highest: int, realdata: Find) -> None:
    pack = summing(name, highest=highest)
    answers, expected = answers_and_sums(read(realdata), pack, name)
    result = score(pack, answers)
    assert result.n == 783
    np.testing.assert_array_equal(result.scales["total"], expected)


@pytest.mark.realdata
def test_the_impossible_answers_of_the_file_are_found(realdata: Find) -> None:
    pack = summing("epworth", highest=3)
    answers, _ = answers_and_sums(read(realdata), pack, "epworth")
    with pytest.raises(Refused, match=r"row 390, column 'epworth2': the answer 4 is outside 0 to 3"):
        score(pack, answers)
    assert check_answers(pack, answers).count == 22


@pytest.mark.realdata
def test_the_scale_with_an_item_on_self_harm_is_added_up_as_numbers_only(realdata: Find) -> None:
    # No pack can hold that item, so its old answers are summed as an array, without an instrument.
    frame = read(realdata)
    columns = tuple(f"phq{n}" for n in range(1, 10))
    table = frame.select(pl.col(columns).cast(pl.Float64)).to_numpy()
    whole = ScaleKey("sum", tuple(range(9)), "sum", needed=9)
    key = AnswerKey(columns, 0.0, 3.0, 1.0, np.zeros(9, dtype=bool), (whole,))
    result = score_blocks(key, lambda rows: table[rows], len(table))
    assert result.problem_count == 0
    np.testing.assert_array_equal(result.scores[0], frame["phq_score"].cast(pl.Float64).to_numpy())


def test_a_pack_of_that_scale_is_refused() -> None:
    whole = scale(items="1-9", range={"low": 0, "high": 27})
    plain = sound(
        id="phq-9", items={"count": 9, "code": "phq{number}"}, response={"min": 0, "max": 3}, scales=[whole]
    )
    with pytest.raises(Refused) as refused:
        pack_from_plain(plain)
    assert refused.value.fault is PackFault.PACK_SELF_HARM
