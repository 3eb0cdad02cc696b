"""One team, one spelling: stray white space is taken away, and names that only look different are refused."""

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition import (
    Partition,
    ReportingGroup,
    UnitPath,
    clean_paths,
    headcount_of_rows,
    plan_partition,
)
from replenish.disclosure.release import Release, make_release, to_plain
from replenish.disclosure.scale import AnswerScale

SPELLINGS: list[UnitPath] = [("Oak",), ("Oak ",), (" Oak",), ("Oak\u00a0",)]


def released(units: list[UnitPath], headcount: dict[UnitPath, int]) -> Release:
    return make_release(
        round="1",
        partition=plan_partition(headcount),
        units=units,
        values={"load": np.full(len(units), 50.0)},
        scales=[AnswerScale("load", 0, 100)],
        headcount=headcount,
    )


def test_white_space_makes_no_second_unit() -> None:
    tidy = released([("Oak",)] * 8, {("Oak",): 12})
    assert to_plain(released(SPELLINGS * 2, {(" Oak ",): 12})) == to_plain(tidy)
    assert headcount_of_rows(SPELLINGS) == {("Oak",): 4}
    assert clean_paths([("Old  Mill\t", "Nights")]) == [("Old Mill", "Nights")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Oak",), ("oak",)),
        (("Oak",), ("Oak ",)),
        (("Stra\u00dfe",), ("STRASSE",)),
        (("North", "Oak"), ("north", "Elm")),
        (("North", "Oak"), ("North", "OAK")),
    ],
)
def test_units_that_only_look_different_are_refused_and_both_named(one: UnitPath, other: UnitPath) -> None:
    with pytest.raises(Refused) as refused:
        plan_partition({one: 12, other: 12})
    assert refused.value.fault is DisclosureFault.UNIT_ALIKE
    shorter = min(level for level in range(1, len(one) + 1) if one[:level] != other[:level])
    for name in (one, other):
        assert f"'{' / '.join(name[:shorter])}'" in str(refused.value)


def test_rows_whose_units_only_look_different_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        plan_partition(headcount_of_rows([("Oak",)] * 12 + [("oak",)] * 12))
    assert refused.value.fault is DisclosureFault.UNIT_ALIKE


def test_a_plan_read_from_a_file_is_held_to_the_same() -> None:
    groups = tuple(ReportingGroup(name, ((name,),), (), alone=True) for name in ("Oak", "oak"))
    with pytest.raises(Refused) as refused:
        Partition(groups)
    assert refused.value.fault is DisclosureFault.UNIT_ALIKE


def test_the_same_name_under_two_parents_is_two_units() -> None:
    assert len(plan_partition({("North", "Oak"): 12, ("South", "oak"): 12}).groups) == 2
