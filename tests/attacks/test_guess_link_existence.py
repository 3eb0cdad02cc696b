"""What the existence of a link gives away, against plain rows and against the room that decides about it."""

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.guess import VarianceComponents, link_existence
from replenish.disclosure.attack.guess.link_existence import LEAST_RELIABILITY, _moved_slopes, others_slope
from replenish.statistics.split_voice import LEAST_RELIABILITY as DECIDED
from replenish.statistics.split_voice import others_reliability
from replenish.statistics.unit_moments import UnitMoments

NEAR_THE_LIMIT = VarianceComponents(3.0, 0.0, 0.10, 0.0, 0.0, 0.7, 0.0, 0.0, 0.0)
SIZES = [6, 9, 11, 14, 10]


def test_the_slope_and_its_limit_are_those_by_which_links_are_left_out() -> None:
    rng = np.random.default_rng(3)
    group = np.repeat(np.arange(len(SIZES)), SIZES)
    answers = rng.integers(1, 6, group.size).astype(np.float64)
    moments = UnitMoments.of({"support": answers}, group, per_unit_products=True)
    assert np.isclose(others_slope(answers, group), others_reliability(moments, ["support"])["support"])
    assert LEAST_RELIABILITY == DECIDED


def test_moving_one_answer_is_the_slope_of_the_moved_rows() -> None:
    rng = np.random.default_rng(4)
    group = np.repeat(np.arange(len(SIZES)), SIZES)
    answers = rng.integers(1, 6, group.size).astype(np.float64)
    possible = np.arange(1.0, 6.0)
    found = _moved_slopes(answers, group, possible)
    for person in (0, 5, 6, 49):
        for at, value in enumerate(possible):
            rows = answers.copy()
            rows[person] = value
            assert np.isclose(found[person, at], others_slope(rows, group))


def test_the_bit_tells_nothing_to_somebody_who_does_not_know_all_others() -> None:
    """Fifty people in five groups, where the link exists as often as not: the worst case the rule allows."""
    found = link_existence(SIZES, NEAR_THE_LIMIT, organisations=600, seed=1)
    assert 0.3 < found.exists < 0.7
    assert found.answer_r2 < 0.001
    assert found.extremeness_r2 < 0.002
    assert found.guessed_within_one_with_it - found.guessed_within_one < 0.01
    assert 0 < found.touched_when_all_others_are_known < 0.6
    assert found.exact_when_all_others_are_known < 0.03


def test_a_group_of_one_has_no_others() -> None:
    with pytest.raises(Refused) as refused:
        link_existence([5, 1], NEAR_THE_LIMIT)
    assert refused.value.problems[0].fault is AttackFault.LINK_GROUPS
