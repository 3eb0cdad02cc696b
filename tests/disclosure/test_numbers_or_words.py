"""When an effect is printed in numbers, and that a fine printed interval never claims too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.disclosure.model_results.disclosing import numbers_or_words


@pytest.mark.parametrize(
    ("interval", "step", "printed", "words"),
    [
        ((-3.1, -3.7, -2.5), 1, (-3.0, -4.0, -2.0), None),
        ((2.0, 1.6, 2.4), 1, (2.0, 1.0, 3.0), None),
        ((1.0, 0.6, 1.4), 1, None, "goes with more"),
        ((0.1, -0.2, 0.4), 1, (0.0, -1.0, 1.0), None),
        ((-4.2, -5.6, -2.7), 5, None, "goes with less"),
        ((4.0, -2.4, 10.4), 5, (5.0, 0.0, 10.0), None),
        ((0.0, -5.0, 3.0), 20, None, "cannot tell"),
    ],
)
def test_numbers_where_the_step_allows_them_and_words_where_not(
    interval: tuple[float, float, float],
    step: int,
    printed: tuple[float, float, float] | None,
    words: str | None,
) -> None:
    assert numbers_or_words(*interval, step) == (printed, words)


@given(
    estimate=st.floats(-60, 60, allow_subnormal=False),
    below=st.floats(0, 30, allow_subnormal=False),
    above=st.floats(0, 30, allow_subnormal=False),
    step=st.sampled_from([1, 2]),
)
def test_a_fine_printed_interval_holds_the_true_one(
    estimate: float, below: float, above: float, step: int
) -> None:
    low, high = estimate - below, estimate + above
    printed, words = numbers_or_words(estimate, low, high, step)
    assert (printed is None) != (words is None)
    if printed is not None:
        assert printed[1] <= low
        assert high <= printed[2]
        assert printed[1] <= printed[0] <= printed[2]
