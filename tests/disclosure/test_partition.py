import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.organisations import headcounts

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition import Partition, ReportingGroup, headcount_of_rows, plan_partition

ONE = "one"


def groups_of(partition: Partition) -> list[tuple[str, bool]]:
    return [(group.label, group.alone) for group in partition.groups]


def people_in(group: ReportingGroup, headcount: dict[tuple[str, ...], int]) -> int:
    return sum(headcount[unit] for unit in group.units)


def test_ten_people_expect_eight_voices_and_stand_alone() -> None:
    partition = plan_partition({("Oak",): 10, ("Elm",): 10})
    assert groups_of(partition) == [("Elm", True), ("Oak", True)]


def test_nine_people_merge() -> None:
    partition = plan_partition({("Oak",): 9, ("Elm",): 10})
    assert groups_of(partition) == [("Elm and Oak", False)]


def test_small_units_merge_smallest_first_until_they_expect_eight() -> None:
    partition = plan_partition({("A",): 2, ("B",): 3, ("C",): 5, ("D",): 6, ("E",): 9, ("F",): 30})
    assert groups_of(partition) == [("A, B and C", False), ("D and E", False), ("F", True)]


@pytest.mark.parametrize("turn", range(6))
def test_which_units_merge_does_not_depend_on_how_they_are_listed(turn: int) -> None:
    people = [("A", 2), ("B", 3), ("C", 5), ("D", 6), ("E", 9), ("F", 30)]
    listed = people[turn:][::-1] + people[:turn]
    partition = plan_partition({(name,): count for name, count in listed})
    assert groups_of(partition) == [("A, B and C", False), ("D and E", False), ("F", True)]


def test_a_leftover_joins_the_smallest_group() -> None:
    partition = plan_partition({("A",): 4, ("B",): 12, ("C",): 11})
    assert groups_of(partition) == [("A and C", False), ("B", True)]


def test_units_merge_with_siblings_only_when_these_reach_eight() -> None:
    partition = plan_partition(
        {("Medicine", "Oak"): 5, ("Medicine", "Elm"): 6, ("Surgery", "Ash"): 5, ("Surgery", "Fir"): 7}
    )
    assert groups_of(partition) == [("Medicine: Elm and Oak", False), ("Surgery: Ash and Fir", False)]
    assert [group.parent for group in partition.groups] == [("Medicine",), ("Surgery",)]


def test_a_branch_that_cannot_reach_eight_joins_its_sister() -> None:
    partition = plan_partition({("Medicine", "Oak"): 20, ("Medicine", "Elm"): 11, ("Surgery", "Ash"): 5})
    assert groups_of(partition) == [("Medicine: Elm; Surgery: Ash", False), ("Medicine: Oak", True)]
    assert partition.groups[0].parent == ()


def test_a_weak_branch_joins_the_nearest_sister_not_a_far_one() -> None:
    partition = plan_partition(
        {("North", "Medicine", "Oak"): 3, ("North", "Surgery", "Elm"): 15, ("South", "Medicine", "Ash"): 11}
    )
    assert partition.group_of(("North", "Medicine", "Oak")) == partition.group_of(("North", "Surgery", "Elm"))
    assert partition.groups[0].parent == ("North",)


def test_an_organisation_too_small_has_no_groups_and_a_reason() -> None:
    partition = plan_partition({("Oak",): 4, ("Elm",): 5})
    assert partition.groups == ()
    assert partition.reason
    with pytest.raises(Refused) as refused:
        partition.group_of(("Oak",))
    assert refused.value.fault is DisclosureFault.UNIT_UNKNOWN


def test_ten_people_in_all_are_one_group() -> None:
    assert groups_of(plan_partition({("Oak",): 4, ("Elm",): 6})) == [("Elm and Oak", False)]


def test_a_unit_without_people_is_still_in_a_group() -> None:
    assert groups_of(plan_partition({("Oak",): 0, ("Elm",): 12})) == [("Elm and Oak", False)]


def test_a_unit_that_stood_alone_stays_alone_with_nine_people_and_not_with_eight() -> None:
    before = plan_partition({("Oak",): 12, ("Elm",): 12})
    assert groups_of(plan_partition({("Oak",): 9, ("Elm",): 12}, earlier=before)) == groups_of(before)
    assert groups_of(plan_partition({("Oak",): 8, ("Elm",): 12}, earlier=before)) == [("Elm and Oak", False)]


def test_a_merged_group_keeps_its_composition_while_it_expects_seven() -> None:
    before = plan_partition({("Ash",): 5, ("Elm",): 6, ("Oak",): 20})
    after = plan_partition({("Ash",): 12, ("Elm",): 6, ("Oak",): 20}, earlier=before)
    assert groups_of(after) == groups_of(before)


def test_a_running_action_keeps_a_group_that_could_still_reach_the_floor() -> None:
    before = plan_partition({("Ash",): 12, ("Elm",): 12, ("Oak",): 20})
    now: dict[tuple[str, ...], int] = {("Ash",): 7, ("Elm",): 12, ("Oak",): 20}
    assert "Ash" not in [label for label, _ in groups_of(plan_partition(now, earlier=before))]
    kept = plan_partition(now, earlier=before, continuing=["Ash"])
    assert groups_of(kept) == groups_of(before)
    gone = plan_partition({**now, ("Ash",): 6}, earlier=before, continuing=["Ash"])
    assert "Ash" not in [label for label, _ in groups_of(gone)]


def test_a_leftover_spares_groups_that_keep_their_composition() -> None:
    before = plan_partition({("Ash",): 10})
    partition = plan_partition({("Ash",): 10, ("Elm",): 30, ("Oak",): 3}, earlier=before)
    assert groups_of(partition) == [("Ash", True), ("Elm and Oak", False)]


def test_a_reorganisation_ends_old_groups_and_starts_new_ones() -> None:
    before = plan_partition({("Medicine", "Oak"): 12, ("Medicine", "Elm"): 12})
    after = plan_partition({("Surgery", "Oak"): 9, ("Medicine", "Elm"): 12}, earlier=before)
    assert groups_of(after) == [("Medicine: Elm; Surgery: Oak", False)]
    assert after.id != before.id


def test_a_continuing_group_must_have_existed() -> None:
    with pytest.raises(Refused) as refused:
        plan_partition({("Oak",): 12}, continuing=["Elm"])
    assert refused.value.fault is DisclosureFault.PARTITION_CONTINUING


def test_labels_of_two_groups_never_read_alike() -> None:
    partition = plan_partition({("A and B",): 10, ("A",): 5, ("B",): 5})
    labels = [group.label for group in partition.groups]
    assert len(set(labels)) == 2
    assert all("A" in label and "B" in label for label in labels)


@pytest.mark.parametrize(
    ("headcount", "fault"),
    [
        ({}, DisclosureFault.HEADCOUNT_EMPTY),
        ({("Oak",): -1}, DisclosureFault.HEADCOUNT_NUMBER),
        ({("Oak",): 1.5}, DisclosureFault.HEADCOUNT_NUMBER),
        ({("",): 12}, DisclosureFault.UNIT_NAME),
        ({(): 12}, DisclosureFault.UNIT_NAME),
        ({("Oak",): 12, ("Medicine", "Elm"): 12}, DisclosureFault.UNIT_DEPTH),
    ],
)
def test_a_broken_headcount_is_refused(headcount: dict[tuple[str, ...], int], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        plan_partition(headcount)
    assert refused.value.fault is fault


def test_without_a_headcount_the_rows_are_counted() -> None:
    assert headcount_of_rows([("Oak",), ("Elm",), ("Oak",)]) == {("Oak",): 2, ("Elm",): 1}


@given(headcounts())
def test_every_unit_is_in_exactly_one_group_and_every_group_expects_eight(
    headcount: dict[tuple[str, ...], int],
) -> None:
    partition = plan_partition(headcount)
    if not partition.groups:
        assert 8 * sum(headcount.values()) < 80
        assert partition.reason
        return
    listed = [unit for group in partition.groups for unit in group.units]
    assert sorted(listed) == sorted(headcount)
    for group in partition.groups:
        assert 8 * people_in(group, headcount) >= 80
        assert all(partition.group_of(unit) == group.label for unit in group.units)
        assert all(unit[: len(group.parent)] == group.parent for unit in group.units)


@given(headcounts(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(
    headcount: dict[tuple[str, ...], int], shuffler: random.Random
) -> None:
    units = list(headcount)
    shuffler.shuffle(units)
    assert plan_partition({unit: headcount[unit] for unit in units}) == plan_partition(headcount)


@given(headcounts(), headcounts())
def test_next_season_keeps_what_still_expects_seven_and_every_unit_in_one_group(
    before: dict[tuple[str, ...], int], after: dict[tuple[str, ...], int]
) -> None:
    if len(next(iter(before))) != len(next(iter(after))):
        return
    old = plan_partition(before)
    new = plan_partition(after, earlier=old)
    for group in new.groups:
        # A group of the season before that still expects seven may take in a leftover and still expect seven.
        holds_an_old_group = any(set(earlier.units) <= set(group.units) for earlier in old.groups)
        assert 8 * people_in(group, after) >= (70 if holds_an_old_group else 80)
    if new.groups:
        assert sorted(unit for group in new.groups for unit in group.units) == sorted(after)
    kept = {
        group.units
        for group in old.groups
        if set(group.units) <= set(after) and 8 * people_in(group, after) >= 70
    }
    for units in kept:
        assert any(set(units) <= set(group.units) for group in new.groups)


@pytest.mark.parametrize(
    ("groups", "fault"),
    [
        (
            (
                ReportingGroup("Oak", (("Oak",),), (), alone=True),
                ReportingGroup("Oak again", (("Oak",),), (), alone=True),
            ),
            DisclosureFault.PARTITION_OVERLAP,
        ),
        (
            (
                ReportingGroup(ONE, (("Oak",),), (), alone=True),
                ReportingGroup(ONE, (("Elm",),), (), alone=True),
            ),
            DisclosureFault.PARTITION_LABELS,
        ),
        ((ReportingGroup(ONE, (("Oak",),), (), alone=False),), DisclosureFault.PARTITION_GROUP),
        ((ReportingGroup(ONE, (("M", "Oak"),), ("S",), alone=True),), DisclosureFault.PARTITION_GROUP),
        ((ReportingGroup(ONE, (), (), alone=False),), DisclosureFault.PARTITION_GROUP),
        ((), DisclosureFault.PARTITION_EMPTY),
    ],
)
def test_a_partition_put_together_wrongly_is_refused(
    groups: tuple[ReportingGroup, ...], fault: Fault
) -> None:
    with pytest.raises(Refused) as refused:
        Partition(groups=groups)
    assert refused.value.fault is fault
