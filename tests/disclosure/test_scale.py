from collections import defaultdict
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import Band, band_of, size_class
from replenish.disclosure.scale import AnswerScale


def test_points_run_from_0_to_100_and_missing_stays_missing() -> None:
    points = AnswerScale("load", 1, 5).to_points(np.array([1, 2, np.nan, 5]))
    assert points[[0, 1, 3]].tolist() == [0, 25, 100]
    assert np.isnan(points[2])


def test_a_falling_range_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", 5, 1)
    assert refused.value.fault is DisclosureFault.SCALE_RANGE


@pytest.mark.parametrize(("low", "high"), [(0, 0), (float("nan"), 1), (0, float("inf")), (-1e308, 1e308)])
def test_a_range_that_is_none_is_refused(low: float, high: float) -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", low, high)
    assert refused.value.fault is DisclosureFault.SCALE_RANGE


@pytest.mark.parametrize("step", [0, -1, 0.3, 2, float("nan"), float("inf")])
def test_a_step_that_does_not_divide_the_range_is_refused(step: float) -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", 0, 1, step)
    assert refused.value.fault is DisclosureFault.SCALE_STEP


def test_a_name_is_needed() -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("  ", 0, 1)
    assert refused.value.fault is DisclosureFault.SCALE_WITHOUT_NAME


def test_answers_outside_the_range_are_named_by_row() -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", 0, 4).checked(np.array([0, 5, np.nan, -1, np.inf]))
    assert [found.place.row for found in refused.value.problems] == [2, 4, 5]
    assert {found.fault for found in refused.value.problems} == {DisclosureFault.SCALE_OUTSIDE}


def test_answers_off_the_grid_are_named_by_row() -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", 0, 4, 1).checked(np.array([0, 1.5, 2]))
    assert [(found.fault, found.place.row) for found in refused.value.problems] == [
        (DisclosureFault.SCALE_OFF_GRID, 2)
    ]


def test_a_table_is_no_column() -> None:
    with pytest.raises(Refused) as refused:
        AnswerScale("load", 0, 4).checked(np.zeros((2, 2)))
    assert refused.value.fault is DisclosureFault.SCALE_SHAPE


def test_only_a_yes_or_no_question_is_a_share() -> None:
    assert AnswerScale("seen", 0, 1, 1).is_share
    assert not AnswerScale("seen", 0, 1).is_share
    assert not AnswerScale("seen", 0, 4, 1).is_share


def test_the_mean_is_exact_and_the_same_in_any_order() -> None:
    scale = AnswerScale("load", 0, 1)
    answers = np.random.default_rng(3).random(1000)
    means = {scale.mean_points(np.random.default_rng(i).permutation(answers)) for i in range(20)}
    assert len(means) == 1
    # Ten times 0.1 is 1 only when the sum is not rounded on the way.
    assert scale.mean_points(np.full(10, 0.1)) == 10


@pytest.mark.patient
@pytest.mark.parametrize(("low", "high", "step"), [(0.0, 1.2, 0.1), (0.0, 4.0, 1 / 3)])
def test_equal_sums_of_steps_always_give_one_band(low: float, high: float, step: float) -> None:
    """All answers of eight people on a grid of thirteen: the band is a function of the exact mean."""
    scale, size, eight = AnswerScale("load", low, high, step), size_class(8), 8
    grid = np.linspace(low, high, 13)
    by_sum: defaultdict[int, set[Fraction]] = defaultdict(set)
    for places in combinations_with_replacement(range(13), eight):
        by_sum[sum(places)].add(scale.mean_points(grid[list(places)]))
    assert by_sum == {total: {Fraction(100 * total, 12 * eight)} for total in range(12 * eight + 1)}
    assert band_of(by_sum[48].pop(), size) == Band(50, 65)
