"""P4: items or their scale, a mean or a share; never two figures from the same answers."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import make_release
from replenish.disclosure.release.overlap import refuse_overlapping_questions
from replenish.disclosure.release.relations import is_function_of, is_monotone_in
from replenish.disclosure.scale import AnswerScale
from replenish.measures.library import load_pack
from replenish.measures.scoring import score
from replenish.simulate import simulate_organisation

pytestmark = pytest.mark.patient

RNG = np.random.default_rng(7)
PEOPLE = 60
ITEMS = {name: RNG.integers(0, 5, PEOPLE).astype(float) for name in ("first", "second", "third")}
FIRST = ITEMS["first"]


def with_missing(column: NDArray[np.float64]) -> NDArray[np.float64]:
    holes = column.copy()
    holes[::7] = np.nan
    return holes


@pytest.mark.parametrize(
    ("extra", "others"),
    [
        (sum(ITEMS.values()) / 3, "'first' and 'second' and 'third'"),
        (FIRST, "'first'"),
        (4 - FIRST, "'first'"),
        (FIRST * 25 + 1, "'first'"),
        ((FIRST >= 3).astype(float), "'first'"),
        ((FIRST <= 1).astype(float), "'first'"),
        (FIRST**2, "'first'"),
        (with_missing(FIRST), "'first'"),
        (FIRST - ITEMS["second"], "'first' and 'second'"),
    ],
    ids=["scale", "twice", "reversed", "rescaled", "share", "low share", "squared", "holes", "difference"],
)
def test_a_question_that_follows_from_others_is_refused(extra: NDArray[np.float64], others: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_overlapping_questions({**ITEMS, "extra": extra})
    assert refused.value.fault is DisclosureFault.RELEASE_SAME_ANSWERS
    # Which of the related questions is named first does not matter; all of them are named.
    named = str(refused.value)
    for name in [*others.replace("'", "").split(" and "), "extra"]:
        assert f"'{name}'" in named


def is_refused(questions: Mapping[str, NDArray[np.float64]]) -> bool:
    try:
        refuse_overlapping_questions(questions)
    except Refused:
        return True
    return False


def test_related_but_different_questions_are_accepted() -> None:
    noisy = FIRST + RNG.normal(0, 0.6, PEOPLE)
    assert not is_refused({**ITEMS, "noisy": noisy})
    assert is_refused({**ITEMS, "the same": FIRST})


def test_a_nearly_constant_question_is_accepted() -> None:
    rare = np.zeros(PEOPLE)
    rare[FIRST.argmax()] = 1
    assert not is_refused({**ITEMS, "rare": rare, "constant": np.full(PEOPLE, 3.0)})


def test_few_rows_prove_no_relation() -> None:
    assert not is_refused({"a": np.array([0.0, 1, 2, 3]), "b": np.array([0.0, 1, 2, 3])})


def two_answers_changed(column: NDArray[np.float64]) -> NDArray[np.float64]:
    changed = column.copy()
    changed[[10, 40]] = [0.0, column.max()]
    return changed


def one_answer_changed(column: NDArray[np.float64]) -> NDArray[np.float64]:
    changed = column.copy()
    changed[10] = column.max() - column[10]
    return changed


MEAN = sum(ITEMS.values(), start=np.zeros(PEOPLE)) / 3
NEARLY_EMPTY = np.where(np.arange(PEOPLE) < 3, 1.0, np.nan)


@pytest.mark.parametrize(
    ("extra", "beside"),
    [
        (np.round(MEAN, 2), {}),
        (np.round(MEAN, 1), {}),
        (MEAN, {"rarely": NEARLY_EMPTY}),
        (FIRST, {"rarely": NEARLY_EMPTY}),
        (two_answers_changed(MEAN), {}),
        (two_answers_changed(4 - FIRST), {}),
        (np.abs(FIRST - 2), {}),
        ((FIRST == 2).astype(float), {}),
        (one_answer_changed(np.abs(FIRST - 2)), {"rarely": NEARLY_EMPTY}),
    ],
    ids=[
        "rounded to 2",
        "rounded to 1",
        "scale beside a nearly empty question",
        "twice beside a nearly empty question",
        "scale, two rows changed",
        "reversed, two rows changed",
        "distance from the middle",
        "share of the middle",
        "distance, one row changed",
    ],
)
def test_a_relation_is_found_in_disguise(
    extra: NDArray[np.float64], beside: dict[str, NDArray[np.float64]]
) -> None:
    with pytest.raises(Refused) as refused:
        refuse_overlapping_questions({**ITEMS, **beside, "extra": extra})
    assert refused.value.fault is DisclosureFault.RELEASE_SAME_ANSWERS
    assert "'extra'" in str(refused.value)


def test_fifteen_rows_and_four_questions_are_enough_for_a_scale_beside_its_items() -> None:
    items = {name: column[:15] for name, column in ITEMS.items()}
    with pytest.raises(Refused):
        refuse_overlapping_questions({**items, "total": sum(items.values(), start=np.zeros(15))})


def test_a_scale_beside_its_items_is_found_among_many_questions_with_gaps() -> None:
    rng = np.random.default_rng(3)
    many = {f"q{number}": rng.integers(0, 5, 400).astype(float) for number in range(27)}
    total = (many["q3"] + many["q8"] - many["q20"]) / 3
    for column in many.values():
        column[rng.random(400) < 0.15] = np.nan
    refuse_overlapping_questions(many)
    with pytest.raises(Refused) as refused:
        refuse_overlapping_questions({**many, "total": total})
    assert all(f"'{name}'" in str(refused.value) for name in ("q3", "q8", "q20", "total"))


@pytest.mark.parametrize("people", [9, 15, 30, 80, 400])
@pytest.mark.parametrize("answers", [2, 5, 7, 0])
def test_honest_questions_are_accepted_however_closely_they_go_together(people: int, answers: int) -> None:
    """Latent correlations of 0.5 and 0.75 between fourteen questions, some answered mostly one way."""
    for seed, shared in enumerate((0.5, 0.75)):
        rng = np.random.default_rng([people, answers, seed])
        common = rng.normal(size=(people, 1)) * np.sqrt(shared)
        felt = common + rng.normal(size=(people, 14)) * np.sqrt(1 - shared) - np.linspace(0, 1, 14)
        told = np.clip(np.floor((felt + 2.5) / 5 * answers), 0, answers - 1) if answers else felt
        told[rng.random(told.shape) < 0.1] = np.nan
        assert not is_refused({f"q{number}": told[:, number] for number in range(14)})


@pytest.mark.parametrize("teams", [3, 12, 36])
def test_the_own_scales_are_accepted_together(teams: int) -> None:
    organisation = simulate_organisation(teams=teams, rounds=1, seed=teams)
    answers = organisation.rounds[0].answers
    scales: dict[str, NDArray[np.float64]] = {}
    for name in ("replenish-weekly", "replenish-round"):
        pack = load_pack(name)
        asked = [s.code for s in pack.scales if set(s.items) <= set(answers)]
        scales |= score(pack, answers, scales=asked).scales
    assert len(scales) >= 9
    refuse_overlapping_questions(scales)


def test_a_function_needs_equal_results_for_equal_arguments() -> None:
    argument = np.repeat([0.0, 1, 2, 3], 10)
    assert is_function_of(np.repeat([1.0, 0, 1, 0], 10), argument)
    assert not is_function_of(np.tile([1.0, 0], 20), argument)
    # Arguments that never repeat determine everything and prove nothing.
    assert not is_function_of(np.tile([1.0, 0], 20), np.arange(40.0))


def test_a_rising_chain_may_not_hide_in_equal_arguments() -> None:
    argument = np.arange(40.0)
    assert is_monotone_in(np.sqrt(argument), argument)
    assert is_monotone_in((argument < 20).astype(float), argument)
    assert not is_monotone_in(np.sin(argument), argument)
    assert not is_monotone_in(argument, np.zeros(40))


def test_a_release_refuses_a_scale_beside_its_items() -> None:
    with pytest.raises(Refused) as refused:
        make_release(
            round="1",
            partition=plan_partition({("Oak",): PEOPLE}),
            units=[("Oak",)] * PEOPLE,
            values={**ITEMS, "total": sum(ITEMS.values(), start=np.zeros(PEOPLE))},
            scales=[*(AnswerScale(name, 0, 4) for name in ITEMS), AnswerScale("total", 0, 12)],
        )
    assert refused.value.fault is DisclosureFault.RELEASE_SAME_ANSWERS
