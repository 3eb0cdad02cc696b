from fractions import Fraction

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import (
    FLOOR,
    RULE,
    RULES,
    SIZE_CLASSES,
    Band,
    Rule,
    SizeClass,
    band_of,
    bands,
    colluders,
    cut_is_safe,
    cuts,
    effective_floor,
    goes_back,
    size_class,
)

LARGEST = 400
NEXT_OUT = (32.5, 22.5, 12.0)
"""Where the outermost cuts of the classes could not be."""
SHARE_LADDER = (0.0, 15.0, 25.0, 40.0, 50.0, 60.0, 75.0, 85.0, 100.0)


def sizes(size: SizeClass) -> range:
    return range(size.low, (size.high or LARGEST) + 1)


def test_the_floor_is_seven_and_only_ever_raised() -> None:
    assert FLOOR == 7
    assert effective_floor(7) == 7
    assert effective_floor(10) == 10
    assert type(effective_floor(np.int64(9))) is int
    assert effective_floor(np.int64(9)) == 9
    for lower in (6, 0, -1):
        with pytest.raises(Refused) as refused:
            effective_floor(lower)
        assert refused.value.fault is DisclosureFault.FLOOR_LOWERED


def test_one_colluder_up_to_eight_voices_and_two_from_nine() -> None:
    assert [colluders(n) for n in (7, 8, 9, 25, 1000)] == [1, 1, 2, 2, 2]


@pytest.mark.parametrize("n", range(FLOOR))
def test_there_is_no_size_class_below_the_floor(n: int) -> None:
    with pytest.raises(Refused) as refused:
        size_class(n)
    assert refused.value.fault is DisclosureFault.BELOW_FLOOR


def test_every_number_of_voices_has_exactly_one_class() -> None:
    for n in range(FLOOR, LARGEST):
        assert [size for size in SIZE_CLASSES if n in size] == [size_class(n)]
    assert [size.label for size in SIZE_CLASSES] == ["7-12", "13-24", "25+"]


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("size", SIZE_CLASSES, ids=str)
def test_every_cut_is_safe_for_every_number_of_its_class(size: SizeClass, share: bool) -> None:
    for cut in cuts(size, share=share):
        for n in sizes(size):
            assert cut_is_safe(cut, n, colluders(n))


@pytest.mark.parametrize(("size", "cut"), list(zip(SIZE_CLASSES, NEXT_OUT, strict=True)))
def test_a_little_further_out_is_not_safe_for_some_number_of_the_class(size: SizeClass, cut: float) -> None:
    assert cut < cuts(size)[0]
    for end in (cut, 100 - cut):
        assert not all(cut_is_safe(end, n, colluders(n)) for n in sizes(size))


def test_cuts_of_a_larger_class_contain_those_of_a_smaller_one() -> None:
    """A group that grows is told more finely, and never in other words."""
    for share in (False, True):
        small, middle, large = (set(cuts(size, share=share)) for size in SIZE_CLASSES)
        assert small < middle < large


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_that_was_ever_in_force_keeps_the_promise(rule: Rule) -> None:
    """What was published under a rule is read by it for ever, so it must have been safe."""
    assert rule.floor >= 7
    for size in SIZE_CLASSES:
        for share in (False, True):
            for cut in cuts(size, share=share, rule=rule.name):
                assert all(cut_is_safe(cut, n, colluders(n)) for n in sizes(size))


def test_rules_are_known_by_name_and_in_their_order() -> None:
    assert [rule.name for rule in RULES] == ["replenish-rule-1", "replenish-rule-2"]
    assert RULES[-1].name == RULE
    assert RULES[-1].floor == FLOOR
    assert [rule.floor for rule in RULES] == sorted(rule.floor for rule in RULES)
    assert cuts(SIZE_CLASSES[0], rule=RULES[0].name) == (37.5, 50.0, 62.5)
    assert band_of(36.0, SIZE_CLASSES[0], rule=RULES[0].name).high == 37.5
    assert goes_back(RULES[1].name, RULES[0].name)
    assert not goes_back(RULES[0].name, RULES[1].name)
    assert not goes_back(RULE, RULE)
    with pytest.raises(Refused) as refused:
        cuts(SIZE_CLASSES[0], rule="replenish-rule-99")
    assert refused.value.fault is DisclosureFault.RULE_UNKNOWN


@pytest.mark.parametrize("size", SIZE_CLASSES, ids=str)
def test_the_next_share_out_is_not_safe_for_the_smallest_number(size: SizeClass) -> None:
    first = SHARE_LADDER.index(cuts(size, share=True)[0])
    last = SHARE_LADDER.index(cuts(size, share=True)[-1])
    for cut in (SHARE_LADDER[first - 1], SHARE_LADDER[last + 1]):
        assert not cut_is_safe(cut, size.low, colluders(size.low))


def test_the_bound_is_strict() -> None:
    assert not cut_is_safe(25, 8, 1)
    assert not cut_is_safe(75, 8, 1)
    assert cut_is_safe(25.5, 8, 1)


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("size", SIZE_CLASSES, ids=str)
def test_no_answer_is_ruled_out_whatever_the_colluders_say(size: SizeClass, share: bool) -> None:
    """Brute force over the extremes: one answer and the colluders' answers at either end."""
    for n in list(sizes(size))[:40]:
        k = colluders(n)
        for band in bands(size, share=share):
            low, high = Fraction(band.low) * n, Fraction(band.high) * n
            high = high + 1 if band.high == 100 else high
            for answer in (0, 100):
                for told in range(k + 1):
                    fixed = answer + 100 * told
                    assert fixed < high
                    assert fixed + 100 * (n - 1 - k) >= low


def test_the_cuts_depend_on_the_published_class_alone() -> None:
    for size in SIZE_CLASSES:
        assert len({cuts(size_class(n)) for n in sizes(size)}) == 1


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("size", SIZE_CLASSES, ids=str)
def test_bands_leave_no_gap_and_do_not_overlap(size: SizeClass, share: bool) -> None:
    for mean in np.linspace(0, 100, 2001).tolist():
        assert [band for band in bands(size, share=share) if mean in band] == [
            band_of(mean, size, share=share)
        ]


def test_a_cut_belongs_to_the_band_above_it() -> None:
    size = SizeClass(7, 12)
    assert band_of(35, size) == Band(35, 50)
    assert band_of(35 - Fraction(1, 10**30), size) == Band(0, 35)
    assert band_of(0, size) == Band(0, 35)
    assert band_of(100, size) == Band(65, 100)


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("size", SIZE_CLASSES, ids=str)
def test_every_cut_is_a_multiple_of_a_half_and_decides_exactly(size: SizeClass, share: bool) -> None:
    tiny = Fraction(1, 10**40)
    for below, cut, above in zip(
        bands(size, share=share), cuts(size, share=share), bands(size, share=share)[1:], strict=False
    ):
        assert (2 * cut).is_integer()
        assert band_of(Fraction(cut) - tiny, size, share=share) == below
        assert band_of(Fraction(cut), size, share=share) == above


def test_a_mean_outside_0_to_100_has_no_band() -> None:
    for mean in (-0.1, 100.1, float("nan")):
        with pytest.raises(Refused) as refused:
            band_of(mean, SizeClass(7, 12))
        assert refused.value.fault is DisclosureFault.MEAN_RANGE


def test_an_invented_size_class_has_no_cuts() -> None:
    with pytest.raises(Refused) as refused:
        cuts(SizeClass(9, 9))
    assert refused.value.fault is DisclosureFault.SIZE_CLASS_UNKNOWN


@pytest.mark.parametrize(("low", "high"), [(50, 50), (60, 50), (-1, 50), (50, 101), (float("nan"), 50)])
def test_a_band_lies_between_0_and_100(low: float, high: float) -> None:
    with pytest.raises(Refused) as refused:
        Band(low, high)
    assert refused.value.fault is DisclosureFault.BAND_RANGE
