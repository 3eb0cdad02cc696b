from itertools import product

import pytest

from replenish.disclosure.bands import SIZE_CLASSES, Band, bands
from replenish.disclosure.change import change_between

LOW, LOWER_MIDDLE, UPPER_MIDDLE, HIGH = bands(SIZE_CLASSES[0])


@pytest.mark.parametrize(
    ("band", "earlier", "change"),
    [
        (HIGH, [LOW, LOW], "higher"),
        (UPPER_MIDDLE, [LOW, LOWER_MIDDLE], "higher"),
        (LOW, [HIGH, UPPER_MIDDLE], "lower"),
        (UPPER_MIDDLE, [LOW, UPPER_MIDDLE], None),
        (UPPER_MIDDLE, [LOW, HIGH], None),
        (UPPER_MIDDLE, [UPPER_MIDDLE, UPPER_MIDDLE], None),
    ],
)
def test_an_arrow_needs_both_earlier_bands_on_one_side(
    band: Band, earlier: list[Band], change: str | None
) -> None:
    assert change_between(band, earlier) == change


@pytest.mark.parametrize("earlier", [[], [LOW], [None, LOW], [LOW, None], [None, None], [LOW, LOW, None]])
def test_without_two_published_bands_there_is_no_arrow(earlier: list[Band | None]) -> None:
    assert change_between(HIGH, earlier) is None


def test_without_enough_voices_there_is_no_arrow() -> None:
    assert change_between(None, [LOW, LOW]) is None


def test_only_the_two_rounds_before_are_compared() -> None:
    assert change_between(HIGH, [HIGH, LOW, LOW]) == "higher"
    assert change_between(HIGH, [LOW, LOW, HIGH]) is None


def test_bands_of_different_size_classes_that_overlap_are_no_change() -> None:
    wide, narrow = Band(0, 37.5), Band(25, 37.5)
    assert change_between(narrow, [wide, wide]) is None
    assert change_between(wide, [narrow, narrow]) is None


def test_an_arrow_never_contradicts_the_bands() -> None:
    every = [band for size in SIZE_CLASSES for band in bands(size)]
    for band, first, second in product(every, repeat=3):
        change = change_between(band, [first, second])
        assert (change == "higher") == (band.low >= max(first.high, second.high))
        assert (change == "lower") == (band.high <= min(first.low, second.low))
