"""The battery of the release: every position, every cell size, differencing, neighbours, exchangeability."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.organisations import Answered, rounds

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import DisclosureFault
from replenish.basis.identifiers import canonical_json
from replenish.disclosure.bands import FLOOR, SizeClass, bands, colluders, size_class
from replenish.disclosure.partition import Partition, plan_partition
from replenish.disclosure.release import PublishedGroup, Release, make_release, to_plain
from replenish.disclosure.scale import AnswerScale

UnitPath = tuple[str, ...]
OAK: UnitPath = ("Oak",)
ELM: UnitPath = ("Elm",)

LOAD = AnswerScale("load", 0, 100)
VOICE = AnswerScale("voice", 0, 100, 1)
PAIR = plan_partition({("Oak",): 14, ("Elm",): 14})
WARDS = plan_partition({("M", "Ash"): 12, ("M", "Elm"): 12, ("M", "Oak"): 12, ("S", "Fir"): 12})


def released(
    units: Sequence[UnitPath], load: list[float], *, partition: Partition = PAIR, floor: int = FLOOR
) -> Release:
    return make_release(
        round="1",
        partition=partition,
        units=units,
        values={"load": np.array(load, dtype=float)},
        scales=[LOAD],
        floor=floor,
    )


def both(release_of: Answered, partition: Partition, **options: object) -> Release:
    return make_release(
        round="1",
        partition=partition,
        units=release_of.units,
        values=release_of.answers,
        scales=[LOAD, VOICE],
        **options,  # type: ignore[arg-type]
    )


def group(release: Release, label: str) -> PublishedGroup:
    return next(found for found in release.groups if found.label == label)


@pytest.mark.parametrize("n", range(15))
def test_a_leaf_is_shown_from_seven_voices_on(n: int) -> None:
    release = released([OAK] * n + [ELM] * 20, [60.0] * n + [40.0] * 20)
    cell = group(release, "Oak").cells["load"]
    assert (cell.band is not None) == (n >= FLOOR)
    assert (cell.size is not None) == (n >= FLOOR)
    assert group(release, "Elm").cells["load"].band is not None


@pytest.mark.parametrize("n", range(7, 40))
def test_size_and_band_are_those_of_the_class(n: int) -> None:
    release = released([OAK] * n, [55.0] * n)
    cell = group(release, "Oak").cells["load"]
    assert cell.size == size_class(n)
    assert cell.band in bands(size_class(n))


def test_below_the_floor_every_number_of_voices_reads_the_same() -> None:
    contents = {canonical_json(released([OAK] * n, [90.0] * n).content()) for n in range(FLOOR)}
    assert len(contents) == 1


@pytest.mark.parametrize("n", range(7))
def test_suppression_depends_on_the_number_alone(n: int) -> None:
    rng = np.random.default_rng(n)
    contents = {
        canonical_json(released([OAK] * n, rng.uniform(0, 100, n).tolist()).content()) for _ in range(5)
    }
    assert len(contents) == 1


@pytest.mark.parametrize("value", [0.0, 100.0])
@pytest.mark.parametrize("n", [7, 8, 9, 12, 13, 24, 25, 60])
def test_a_unanimous_group_is_shown_in_the_end_band_like_any_other(n: int, value: float) -> None:
    cell = group(released([OAK] * n, [value] * n), "Oak").cells["load"]
    ends = bands(size_class(n))
    assert cell.band == (ends[0] if value == 0 else ends[-1])


@pytest.mark.parametrize("position", range(9))
def test_no_position_in_the_file_is_special(position: int) -> None:
    """One extreme answer, moved through every row of its leaf, gives the same bytes."""
    load = [50.0] * 9
    load[position] = 0.0
    reference = released([OAK] * 9, [0.0, *[50.0] * 8])
    assert to_plain(released([OAK] * 9, load)) == to_plain(reference)


@pytest.mark.parametrize(("n", "step"), list(product(range(7, 27), (1, 25, 50, 100))))
def test_no_answer_of_anybody_is_ruled_out_on_the_grid_of_answers(n: int, step: int) -> None:
    """Neighbours: whatever one person answered and the colluders say, the band could be the same."""
    k = colluders(n)
    share = step == 100
    for band in bands(size_class(n), share=share):
        totals = [t for t in range(0, 100 * n + 1, step) if t / n in band]
        if not totals:
            continue
        for answer, told in product(range(0, 101, step), range(0, 100 * k + 1, 100)):
            free = n - 1 - k
            assert any(0 <= total - answer - told <= 100 * free for total in totals)


def test_missing_answers_count_for_their_question_only() -> None:
    load = np.full(8, 50.0)
    voice = np.full(8, 50.0)
    voice[:2] = np.nan
    release = both(Answered([OAK] * 8, {"load": load, "voice": voice}), PAIR)
    cells = group(release, "Oak").cells
    assert cells["load"].size == SizeClass(7, 12)
    assert cells["voice"].band is None


def test_a_row_without_any_answer_is_no_voice() -> None:
    units = [("M", "Ash")] * 7 + [("M", "Elm")] * 3 + [("M", "Oak")] * 3 + [("S", "Fir")] * 8
    load = [np.nan, *[50.0] * 20]
    release = released(units, load, partition=WARDS)
    assert [(g.label, g.rest) for g in release.groups] == [
        ("The rest of M (Ash, Elm and Oak)", True),
        ("S: Fir", False),
    ]


def test_small_leaves_of_one_parent_become_the_rest_when_they_reach_the_floor() -> None:
    units = [("M", "Ash")] * 8 + [("M", "Elm")] * 4 + [("M", "Oak")] * 3 + [("S", "Fir")] * 6
    release = released(units, [50.0] * len(units), partition=WARDS)
    shown = {g.label: g.cells["load"].band is not None for g in release.groups}
    assert shown == {"M: Ash": True, "The rest of M (Elm and Oak)": True, "S: Fir": False}
    assert group(release, "The rest of M (Elm and Oak)").rest


def test_small_leaves_that_stay_below_the_floor_together_show_nothing() -> None:
    units = [("M", "Ash")] * 8 + [("M", "Elm")] * 3 + [("M", "Oak")] * 3 + [("S", "Fir")] * 6
    release = released(units, [50.0] * len(units), partition=WARDS)
    assert not any(g.rest for g in release.groups)
    assert [g.label for g in release.groups if g.cells["load"].band] == ["M: Ash"]


def test_the_rest_is_the_same_set_of_people_for_every_question() -> None:
    """A leaf that lacks answers to one question only is never moved into the rest for that question."""
    units = [("M", "Ash")] * 7 + [("M", "Elm")] * 4 + [("M", "Oak")] * 4 + [("S", "Fir")] * 9
    load, voice = np.full(24, 50.0), np.full(24, 50.0)
    voice[0] = np.nan
    release = both(Answered(units, {"load": load, "voice": voice}), WARDS)
    assert group(release, "M: Ash").cells["voice"].band is None
    rest = group(release, "The rest of M (Elm and Oak)")
    assert rest.cells["voice"].size == rest.cells["load"].size == SizeClass(7, 12)


@given(rounds())
def test_every_unit_is_in_exactly_one_leaf_and_every_answer_in_at_most_one(
    drawn: tuple[dict[UnitPath, int], Answered],
) -> None:
    headcount, answered = drawn
    partition = plan_partition(headcount)
    release = both(answered, partition)
    listed = [unit for leaf in release.groups for unit in leaf.units]
    assert sorted(listed) == sorted(partition.units)
    for leaf in release.groups:
        for name, cell in leaf.cells.items():
            inside = [unit in leaf.units for unit in answered.units]
            answers = answered.answers[name][inside]
            n = int((~np.isnan(answers)).sum())
            voices = int(sum(inside))
            assert (cell.band is not None) <= (n >= FLOOR)
            if cell.band is not None and cell.size is not None:
                assert n in cell.size
                assert float(np.nanmean(answers)) in cell.band
            elif not leaf.rest and voices >= FLOOR:
                assert n < FLOOR


@given(rounds(), st.integers(0, 2**32 - 1))
def test_permuting_answers_inside_a_leaf_gives_the_same_bytes(
    drawn: tuple[dict[UnitPath, int], Answered], seed: int
) -> None:
    headcount, answered = drawn
    partition = plan_partition(headcount)
    before = both(answered, partition)
    rng = np.random.default_rng(seed)
    leaf_of = {unit: leaf.label for leaf in before.groups for unit in leaf.units}
    shuffled = {name: column.copy() for name, column in answered.answers.items()}
    # Whole rows move between the people of one leaf, across its units too.
    for label in {leaf.label for leaf in before.groups if any(c.band for c in leaf.cells.values())}:
        rows = np.array([i for i, unit in enumerate(answered.units) if leaf_of[unit] == label])
        if rows.size and not group(before, label).rest:
            order = rng.permutation(rows)
            for name in shuffled:
                shuffled[name][rows] = answered.answers[name][order]
    order = rng.permutation(len(answered.units))
    again = Answered(
        [answered.units[i] for i in order], {name: column[order] for name, column in shuffled.items()}
    )
    headcount_again = {unit: headcount[unit] for unit in sorted(headcount, key=str, reverse=True)}
    after = both(again, plan_partition(headcount_again))
    assert canonical_json(to_plain(after)) == canonical_json(to_plain(before))


def test_answers_move_between_the_units_of_a_merged_leaf_unseen() -> None:
    partition = plan_partition({("Oak",): 5, ("Elm",): 6})
    units: list[UnitPath] = [OAK] * 5 + [ELM] * 6
    low_first = released(units, [0.0] * 5 + [100.0] * 6, partition=partition)
    low_last = released(units, [100.0] * 6 + [0.0] * 5, partition=partition)
    assert to_plain(low_first) == to_plain(low_last)


def test_two_leaves_are_never_told_apart_by_what_joins_them() -> None:
    """Differencing: no published set of people contains another one."""
    units = [("M", "Ash")] * 8 + [("M", "Elm")] * 4 + [("M", "Oak")] * 9 + [("S", "Fir")] * 9
    release = released(units, np.linspace(0, 100, 30).tolist(), partition=WARDS)
    sets = [set(g.units) for g in release.groups if g.cells["load"].band]
    assert all(not (a & b) for i, a in enumerate(sets) for b in sets[:i])


def test_the_floor_may_be_raised() -> None:
    release = released([OAK] * 9 + [ELM] * 10, [50.0] * 19, floor=10)
    assert [g.cells["load"].band is not None for g in release.groups] == [True, False]
    assert release.floor == 10


def test_the_floor_is_never_lowered() -> None:
    with pytest.raises(Refused) as refused:
        released([OAK] * 6, [50.0] * 6, floor=6)
    assert refused.value.fault is DisclosureFault.FLOOR_LOWERED


def test_an_organisation_too_small_says_nothing_about_people() -> None:
    partition = plan_partition({("Oak",): 9})
    release = make_release(
        round="1",
        partition=partition,
        units=[OAK] * 9,
        values={"load": np.full(9, 50.0)},
        scales=[LOAD],
        headcount={("Oak",): 9},
    )
    assert (release.groups, release.parents, release.response_quarter) == ((), (), None)


@pytest.mark.parametrize(
    ("answered", "quarter"),
    [
        (0, "less than a quarter"),
        (6, "less than a quarter"),
        (7, "a quarter to a half"),
        (14, "half to three quarters"),
        (21, "three quarters or more"),
        (28, "three quarters or more"),
    ],
)
def test_response_is_told_in_quarters_of_the_whole_organisation(answered: int, quarter: str) -> None:
    units: list[UnitPath] = ([OAK] * 14 + [ELM] * 14)[:answered]
    release = make_release(
        round="1",
        partition=PAIR,
        units=units,
        values={"load": np.full(answered, 50.0)},
        scales=[LOAD],
        headcount={("Oak",): 14, ("Elm",): 14},
    )
    assert release.response_quarter == quarter


def test_without_a_headcount_no_response_is_told() -> None:
    assert released([OAK] * 9, [50.0] * 9).response_quarter is None


def test_a_stuffed_box_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        make_release(
            round="1",
            partition=PAIR,
            units=[OAK] * 15,
            values={"load": np.full(15, 50.0)},
            scales=[LOAD],
            headcount={("Oak",): 14, ("Elm",): 14},
        )
    assert refused.value.fault is DisclosureFault.HEADCOUNT_EXCEEDED


def test_rows_of_an_unknown_unit_are_named() -> None:
    with pytest.raises(Refused) as refused:
        released([("Oak",), ("Fir",), ("Fir",)], [1.0, 2.0, 3.0])
    assert [found.place.row for found in refused.value.problems] == [2, 3]
    assert refused.value.fault is DisclosureFault.UNIT_UNKNOWN


def test_answers_out_of_range_are_named() -> None:
    with pytest.raises(Refused) as refused:
        released([OAK] * 3, [1.0, 200.0, 3.0])
    assert refused.value.fault is DisclosureFault.SCALE_OUTSIDE


@pytest.mark.parametrize(
    ("names", "columns", "fault"),
    [
        ([], ["load"], DisclosureFault.RELEASE_SCALES_EMPTY),
        (["load", "load"], ["load"], DisclosureFault.RELEASE_SCALE_TWICE),
        (["load"], ["load", "voice"], DisclosureFault.RELEASE_SCALE_VALUES),
        (["load", "voice"], ["load"], DisclosureFault.RELEASE_SCALE_VALUES),
    ],
)
def test_questions_and_answers_must_fit(names: list[str], columns: list[str], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        make_release(
            round="1",
            partition=PAIR,
            units=[OAK] * 9,
            values={name: np.full(9, 50.0) for name in columns},
            scales=[AnswerScale(name, 0, 100) for name in names],
        )
    assert refused.value.fault is fault


def test_each_row_needs_a_unit() -> None:
    with pytest.raises(Refused) as refused:
        released([OAK] * 8, [50.0] * 9)
    assert refused.value.fault is DisclosureFault.RELEASE_ROWS
