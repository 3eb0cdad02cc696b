import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.organisations import Answered, UnitPath, rounds

from replenish.disclosure.bands import SIZE_CLASSES, Band, SizeClass, bands
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.release.parents import COUNTED_AS, combine, inner_nodes, publish_parents
from replenish.disclosure.scale import AnswerScale

SMALL, MIDDLE, LARGE = SIZE_CLASSES


@st.composite
def published_leaves(draw: st.DrawFn) -> list[tuple[Band, SizeClass]]:
    size = st.sampled_from(SIZE_CLASSES)
    leaf = size.flatmap(lambda s: st.tuples(st.sampled_from(bands(s)), st.just(s)))
    return draw(st.lists(leaf, min_size=1, max_size=6))


def test_one_leaf_is_its_own_parent() -> None:
    cell = combine([(Band(37.5, 50), SMALL)])
    assert cell is not None
    assert (cell.low, cell.middle, cell.high) == (37.5, 43.75, 50)


def test_no_leaf_gives_no_parent() -> None:
    assert combine([]) is None


def test_the_middle_is_weighted_by_the_middle_of_the_classes() -> None:
    cell = combine([(Band(0, 37.5), SMALL), (Band(50, 62.5), MIDDLE), (Band(87.5, 100), LARGE)])
    assert cell is not None
    weights = np.array([9.5, 18.5, 36.5])
    assert cell.middle == pytest.approx(weights @ [18.75, 56.25, 93.75] / weights.sum(), rel=1e-15)


@given(published_leaves(), st.randoms(use_true_random=False))
def test_the_range_holds_the_mean_for_every_size_and_every_place_in_the_bands(
    leaves: list[tuple[Band, SizeClass]], chance: random.Random
) -> None:
    cell = combine(leaves)
    assert cell is not None
    for _ in range(20):
        n = [chance.randint(*COUNTED_AS[size]) for _, size in leaves]
        means = [Fraction(chance.choice([band.low, band.middle, band.high])) for band, _ in leaves]
        mean = sum((m * k for m, k in zip(means, n, strict=True)), start=Fraction(0)) / sum(n)
        assert cell.low - 1e-9 <= float(mean) <= cell.high + 1e-9


@given(published_leaves())
def test_the_range_is_as_narrow_as_it_can_be(leaves: list[tuple[Band, SizeClass]]) -> None:
    """Brute force: a weighted mean is extreme with every weight at one of its ends."""
    leaves = leaves[:5]
    cell = combine(leaves)
    assert cell is not None
    lows, highs = [], []
    for n in product(*[COUNTED_AS[size] for _, size in leaves]):
        lows.append(sum(k * band.low for k, (band, _) in zip(n, leaves, strict=True)) / sum(n))
        highs.append(sum(k * band.high for k, (band, _) in zip(n, leaves, strict=True)) / sum(n))
    assert cell.low == pytest.approx(min(lows), abs=1e-9)
    assert cell.high == pytest.approx(max(highs), abs=1e-9)
    assert cell.low <= cell.middle <= cell.high


@given(published_leaves())
def test_the_order_of_the_leaves_changes_nothing(leaves: list[tuple[Band, SizeClass]]) -> None:
    assert combine(leaves) == combine(reversed(leaves))


def test_every_node_of_the_tree_and_the_organisation_is_a_parent() -> None:
    assert inner_nodes([("N", "M", "Oak"), ("S", "M", "Oak")]) == [(), ("N",), ("S",), ("N", "M"), ("S", "M")]
    assert inner_nodes([("Oak",), ("Elm",)]) == [()]


def released(headcount: dict[UnitPath, int], answered: Answered) -> Release:
    return make_release(
        round="1",
        partition=plan_partition(headcount),
        units=answered.units,
        values=answered.answers,
        scales=[AnswerScale("load", 0, 100), AnswerScale("voice", 0, 100)],
    )


@given(rounds())
def test_parents_can_be_computed_again_from_the_published_leaves(
    drawn: tuple[dict[UnitPath, int], Answered],
) -> None:
    release = released(*drawn)
    assert publish_parents(release.groups, ["load", "voice"]) == release.parents
    for parent in release.parents:
        inside = [g for g in release.groups if g.parent[: len(parent.path)] == parent.path]
        assert parent.members == tuple(g.label for g in inside)
        for name in ("load", "voice"):
            shown = [g.cells[name] for g in inside if g.cells[name].band is not None]
            assert (name in parent.cells) == bool(shown)


def test_a_leaf_across_branches_counts_only_where_all_its_units_are() -> None:
    headcount: dict[UnitPath, int] = {("M", "Oak"): 20, ("M", "Elm"): 11, ("S", "Ash"): 5}
    units = [unit for unit, people in headcount.items() for _ in range(people)]
    release = released(
        headcount,
        Answered(units, {"load": np.full(36, 55.0), "voice": np.linspace(0, 100, 36)}),
    )
    members = {parent.label: parent.members for parent in release.parents}
    assert members == {
        "The organisation": ("M: Elm; S: Ash", "M: Oak"),
        "M": ("M: Oak",),
        "S": (),
    }
