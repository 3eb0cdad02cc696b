"""The reconstruction attack on plain data: what sums, products and forgotten figures give away."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults import AtRestFault
from replenish.disclosure.attack.at_rest.confidential import Answers, figures_of, is_telling, kept_figures
from replenish.disclosure.attack.at_rest.counts import final_counts, live_counts
from replenish.disclosure.attack.at_rest.moments import rebuild_rows
from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, Table
from replenish.disclosure.attack.at_rest.stored_sets import StoredSum, solve_for_everybody

FIVE = (1, 2, 3, 4, 5)


@pytest.mark.parametrize("seed", range(4))
def test_sums_and_products_of_seven_people_give_back_every_row(seed: int) -> None:
    """The design's own measurement: n, sums and products of six questions are the answer sheets."""
    rows = np.random.default_rng(seed).integers(1, 6, (7, 6))
    found = rebuild_rows(7, rows.sum(axis=0), rows.T @ rows, FIVE)
    assert found.known_exactly
    assert np.array_equal(found.sheets[0], rows[np.lexsort(rows.T[::-1])])


def test_a_sum_alone_leaves_many_sheets() -> None:
    found = rebuild_rows(7, np.array([21]), np.array([[71]]), FIVE)
    assert found.complete
    assert len(found.sheets) > 1


def test_too_many_people_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        rebuild_rows(12, np.array([36]), np.array([[120]]), FIVE)
    assert refused.value.fault is AtRestFault.TOO_MANY_ROWS


@settings(max_examples=8)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=9), st.integers(0, 8))
def test_a_second_sum_that_differs_by_one_gives_that_answer(answers: list[int], who: int) -> None:
    people = [f"person {at}" for at in range(len(answers))]
    out = people[who % len(people)]
    value = dict(zip(people, answers, strict=True))
    whole, rest = frozenset(people), frozenset(people) - {out}
    sums = [
        StoredSum("kept", "tired", group, float(sum(value[each] for each in group)), float(total))
        for group in (whole, rest)
        for total in [sum(value[each] for each in group)]
    ]
    solved = solve_for_everybody(sums, 0.0, 100.0, floor=7)
    own = next(found for found in solved.narrowed if found.person == out)
    assert own.low == pytest.approx(value[out], abs=1e-4)
    assert own.high == pytest.approx(value[out], abs=1e-4)
    assert [difference.people for difference in solved.differences] == [frozenset({out})]


def test_a_band_of_seven_narrows_nobody() -> None:
    people = frozenset(f"person {at}" for at in range(7))
    band = StoredSum("release", "tired", people, 0.0, 7 * 37.5)
    assert solve_for_everybody([band], 0.0, 100.0, floor=7).holds


def answers_of(seed: int) -> Answers:
    draw = np.random.default_rng(seed)
    people = tuple(f"person {at}" for at in range(8))
    scores = {name: draw.random(8) * 100 for name in ("tired", "heard")}
    scores["tired"][3] = np.nan
    return Answers("1", people, ("group",) * 8, scores)


def copy(*cells: Cell, raw: bytes = b"", text: str = "") -> Snapshot:
    rows = tuple((cell,) for cell in cells)
    return Snapshot(0.0, (Table("kept", ("what",), rows),) if cells else (), raw, {"log": text})


def test_nothing_is_found_where_nothing_is_kept() -> None:
    figures = list(figures_of(answers_of(1)))
    noise = np.random.default_rng(2).bytes(200_000)
    assert kept_figures([copy(noise, 37.5, "between 37.5 and 50", raw=noise, text="8 slips")], figures) == []


@pytest.mark.parametrize("what", ["answer", "sum", "mean", "product"])
def test_a_forgotten_figure_is_found_as_number_text_and_bytes(what: str) -> None:
    figures = list(figures_of(answers_of(1)))
    figure = next(figure for figure in figures if figure.what == what and is_telling(figure.value))
    as_bytes = b"sealed?" + struct.pack("<d", figure.value)
    for kept in (
        copy(figure.value),
        copy(json.dumps({"total": figure.value})),
        copy(as_bytes),
        copy(raw=as_bytes),
        copy(text=f"closing: {figure.value}"),
    ):
        assert figure in [found.figure for found in kept_figures([kept], figures)]


def test_a_live_count_is_found_in_a_column_in_a_text_and_in_the_number_of_rows() -> None:
    truth = [{"group": count} for count in (1, 3, 4, 6, 7, 7, 9)]
    by_column = [copy(*[each["group"]]) for each in truth]
    by_rows = [copy(*["ab" * 32] * each["group"]) for each in truth]
    by_text = [copy(text=f"so far {each['group']} people") for each in truth]
    for copies in (by_column, by_rows, by_text):
        assert live_counts(copies, truth)
    assert live_counts([copy(7) for _ in truth], truth) == []


def test_exact_numbers_of_voices_are_found_in_the_order_of_rounds() -> None:
    truth = {"group": [9, 11, 10, 12, 8, 11]}
    body = [json.dumps({"round": at, "n": n}) for at, n in enumerate(truth["group"])]
    assert final_counts(copy(*body), truth)
    assert final_counts(copy(*[json.dumps({"size": "7-12"})] * 6), truth) == []
