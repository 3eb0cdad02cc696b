"""P4: items or their scale, a mean or a share; never two figures from the same answers."""

import numpy as np
import pytest
from numpy.typing import NDArray

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import make_release
from replenish.disclosure.release.overlap import is_monotone_function, refuse_overlapping_questions
from replenish.disclosure.scale import AnswerScale

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


def test_related_but_different_questions_are_accepted() -> None:
    noisy = FIRST + RNG.normal(0, 0.6, PEOPLE)
    refuse_overlapping_questions({**ITEMS, "noisy": noisy})


def test_a_nearly_constant_question_is_accepted() -> None:
    rare = np.zeros(PEOPLE)
    rare[FIRST.argmax()] = 1
    refuse_overlapping_questions({**ITEMS, "rare": rare, "constant": np.full(PEOPLE, 3.0)})


def test_few_rows_prove_no_relation() -> None:
    refuse_overlapping_questions({"a": np.array([0.0, 1, 2, 3]), "b": np.array([0.0, 1, 2, 3])})


def test_a_rising_function_is_told_from_a_relation_with_exceptions() -> None:
    argument = np.array([1.0, 2, 2, 3, 4])
    assert is_monotone_function(np.array([0.0, 0, 0, 1, 1]), argument)
    assert is_monotone_function(np.array([9.0, 5, 5, 5, 1]), argument)
    assert not is_monotone_function(np.array([0.0, 0, 1, 1, 1]), argument)
    assert not is_monotone_function(np.array([0.0, 1, 1, 0, 1]), argument)


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
