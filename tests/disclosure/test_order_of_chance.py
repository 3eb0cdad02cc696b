"""An order is drawn only where chance alone would seldom give one: the limits, and that they hold."""

from __future__ import annotations

import pytest

from replenish.disclosure.model_results import (
    ModelResult,
    Usefulness,
    carries_an_order,
    disclose_effect,
    most_useful_first,
)
from replenish.disclosure.model_results.usefulness import order_from


def ranked(*chances: float | None) -> list[Usefulness]:
    return [Usefulness("strain", f"c{k}", "own reports", 1.0, chance) for k, chance in enumerate(chances)]


@pytest.mark.parametrize(
    ("chances", "carries"),
    [
        ((0.9, 0.1), True),
        ((0.8, 0.2), False),
        ((0.9, 0.1, 0.0), True),
        ((0.7, 0.1, 0.1, 0.1, 0.0, 0.0), True),
        ((0.6, 0.2, 0.1, 0.1, 0.0, 0.0), False),
        ((0.5, *[0.1] * 5, *[0.0] * 4), True),
        ((0.4, *[0.1] * 6, *[0.0] * 3), False),
        ((None, None), False),
        ((), False),
        # Words count as conditions: they could have been the first as well.
        ((0.7, None, None, None, None, None), True),
        ((0.7, None), False),
    ],
)
def test_the_first_must_be_likely_enough(chances: tuple[float | None, ...], carries: bool) -> None:
    assert carries_an_order(ranked(*chances)) is carries


def test_fewer_conditions_ask_for_a_higher_chance() -> None:
    limits = [order_from(conditions) for conditions in range(1, 15)]
    assert limits == sorted(limits, reverse=True)


def effect(condition: str, estimate: float, low: float, high: float) -> ModelResult:
    return disclose_effect(
        outcome="strain",
        condition=condition,
        kind="own reports",
        estimate=estimate,
        low=low,
        high=high,
        people=3_500,
        groups=90,
        conditions=2,
    )


def test_none_has_a_place_where_another_is_known_to_help_in_words_alone() -> None:
    """Rounding outwards hides the side of its interval, so only words are printed; it might be the first."""
    in_words, in_figures = effect("supervision", -3.0, -5.0, -1.2), effect("pace", -2.0, -6.0, 2.0)
    assert (in_words.estimate, in_figures.estimate) == (None, -2.0)
    told = most_useful_first([in_words, in_figures], higher_is_better=["supervision", "pace"])
    assert [entry.probability for entry in told] == [None, None]
    turned = most_useful_first([in_words, in_figures], higher_is_better=["pace"])
    assert turned[0].condition == "pace", "improving the other would harm, so it cannot lead"
