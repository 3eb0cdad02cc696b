"""The page says how often an arrow means nothing; this is where the figure comes from."""

import pytest
from tests.references.disclosure_arrows import share_of_arrows

from replenish.report.wording import about


@pytest.mark.parametrize(("people", "low", "high"), [(10, 0.13, 0.22), (20, 0.07, 0.17), (60, 0.02, 0.12)])
def test_arrows_without_any_change_are_as_frequent_as_the_page_says(
    people: int, low: float, high: float
) -> None:
    assert low < share_of_arrows(people, 400, seed=2) < high


def test_the_page_says_so() -> None:
    assert "about one group in seven" in about.METHOD_CHANGE
