"""The unit tree through time: no change reaches a day before its own."""

from __future__ import annotations

from datetime import date

import pytest
from tests.people.cast import FIRST_DAY, Cast, later, set_day

from replenish.basis.errors import Refused
from replenish.basis.faults import LedgerFault, PeopleFault
from replenish.ledger.queries import entries
from replenish.people.actions import add_unit, appoint, dissolve_unit, move_unit, rename_unit
from replenish.people.askers import Asker
from replenish.people.queries import path_of, unit_tree


def paths(cast: Cast, on: date | None = None) -> list[str]:
    return [" / ".join(unit.path) for unit in unit_tree(cast.organisation, on)]


def refused(fault: PeopleFault | LedgerFault, action: object, **arguments: object) -> None:
    assert callable(action)
    with pytest.raises(Refused) as refusal:
        action(**arguments)
    assert refusal.value.fault is fault


def test_a_move_holds_from_its_day_and_not_before(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    school = add_unit(asker=ours.operator, name="School")
    before = unit_tree(ours.organisation, later(4))
    set_day(monkeypatch, later(5))
    move_unit(asker=ours.operator, unit=ours.oak, parent=school)
    rename_unit(asker=ours.operator, unit=ours.elm, name="Rowan")
    assert paths(ours) == ["Care", "Care / Rowan", "School", "School / Oak"]
    assert unit_tree(ours.organisation, later(4)) == before
    assert paths(ours, later(4)) == ["Care", "Care / Elm", "Care / Oak", "School"]
    assert path_of(ours.oak, later(4), organisation=ours.organisation) == ("Care", "Oak")
    assert paths(ours, later(-1)) == []


def test_leaves_are_the_units_without_units_below(ours: Cast) -> None:
    assert {unit.name: unit.is_leaf for unit in unit_tree(ours.organisation)} == {
        "Care": False,
        "Elm": True,
        "Oak": True,
    }


def test_a_dissolved_unit_stands_until_its_day_and_its_name_is_free(
    ours: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_day(monkeypatch, later(3))
    dissolve_unit(asker=ours.operator, unit=ours.oak)
    again = add_unit(asker=ours.operator, name="Oak", parent=ours.care)
    assert again != ours.oak
    assert {unit.unit for unit in unit_tree(ours.organisation, later(2))} == {ours.care, ours.elm, ours.oak}
    assert {unit.unit for unit in unit_tree(ours.organisation)} == {ours.care, ours.elm, again}
    refused(PeopleFault.UNIT_UNKNOWN, rename_unit, asker=ours.operator, unit=ours.oak, name="Ash")


def test_a_planned_change_waits_for_its_day(ours: Cast) -> None:
    rename_unit(asker=ours.operator, unit=ours.oak, name="Ash", on=later(10))
    assert paths(ours, later(9)) == ["Care", "Care / Elm", "Care / Oak"]
    assert paths(ours, later(10)) == ["Care", "Care / Ash", "Care / Elm"]


def test_two_changes_of_one_day_are_one(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, later(5))
    rename_unit(asker=ours.operator, unit=ours.oak, name="Ash")
    rename_unit(asker=ours.operator, unit=ours.oak, name="Yew")
    assert paths(ours, later(4)) == ["Care", "Care / Elm", "Care / Oak"]
    assert paths(ours) == ["Care", "Care / Elm", "Care / Yew"]
    assert [entry.event for entry in entries(ours.organisation)[-2:]] == ["unit_renamed"] * 2


def test_saying_it_twice_changes_and_tells_nothing(ours: Cast) -> None:
    before = entries(ours.organisation)
    move_unit(asker=ours.operator, unit=ours.oak, parent=ours.care)
    rename_unit(asker=ours.operator, unit=ours.oak, name=" Oak ")
    assert entries(ours.organisation) == before


def test_a_unit_never_stands_below_itself(ours: Cast) -> None:
    refused(PeopleFault.UNIT_CYCLE, move_unit, asker=ours.operator, unit=ours.care, parent=ours.care)
    refused(PeopleFault.UNIT_CYCLE, move_unit, asker=ours.operator, unit=ours.care, parent=ours.oak)
    deep = add_unit(asker=ours.operator, name="Deep", parent=ours.oak)
    refused(PeopleFault.UNIT_CYCLE, move_unit, asker=ours.operator, unit=ours.care, parent=deep)
    assert path_of(deep, organisation=ours.organisation) == ("Care", "Oak", "Deep")


def test_two_planned_moves_never_meet_in_a_circle(ours: Cast) -> None:
    """Each is sound on its own day; together they would be none."""
    move_unit(asker=ours.operator, unit=ours.oak, parent=ours.elm, on=later(10))
    refused(
        PeopleFault.UNIT_CYCLE, move_unit, asker=ours.operator, unit=ours.elm, parent=ours.oak, on=later(5)
    )
    assert path_of(ours.oak, later(10), organisation=ours.organisation) == ("Care", "Elm", "Oak")


def test_the_past_is_never_changed(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, later(5))
    yesterday = later(4)
    operator = ours.operator
    refused(PeopleFault.DAY_PAST, add_unit, asker=operator, name="Ash", on=yesterday)
    refused(PeopleFault.DAY_PAST, move_unit, asker=operator, unit=ours.oak, parent=None, on=yesterday)
    refused(PeopleFault.DAY_PAST, rename_unit, asker=operator, unit=ours.oak, name="Ash", on=yesterday)
    refused(PeopleFault.DAY_PAST, dissolve_unit, asker=operator, unit=ours.oak, on=yesterday)


def test_a_change_never_comes_before_one_that_is_known(ours: Cast) -> None:
    move_unit(asker=ours.operator, unit=ours.oak, parent=None, on=later(10))
    refused(
        PeopleFault.DAY_BEFORE_CHANGE,
        rename_unit,
        asker=ours.operator,
        unit=ours.oak,
        name="Ash",
        on=later(9),
    )
    dissolve_unit(asker=ours.operator, unit=ours.elm, on=later(10))
    refused(PeopleFault.DAY_BEFORE_CHANGE, dissolve_unit, asker=ours.operator, unit=ours.elm, on=later(9))


def test_a_unit_with_units_below_is_not_dissolved(ours: Cast) -> None:
    refused(PeopleFault.UNIT_HAS_UNITS, dissolve_unit, asker=ours.operator, unit=ours.care)
    for unit in (ours.oak, ours.elm):
        dissolve_unit(asker=ours.operator, unit=unit, on=later(5))
    refused(PeopleFault.UNIT_HAS_UNITS, dissolve_unit, asker=ours.operator, unit=ours.care, on=later(4))
    dissolve_unit(asker=ours.operator, unit=ours.care, on=later(5))
    assert paths(ours, later(5)) == []


def test_nothing_is_placed_below_a_unit_that_will_be_gone(ours: Cast) -> None:
    dissolve_unit(asker=ours.operator, unit=ours.elm, on=later(10))
    refused(PeopleFault.UNIT_HAS_UNITS, add_unit, asker=ours.operator, name="Ash", parent=ours.elm)


@pytest.mark.parametrize("name", ["Oak", "oak", "  OAK ", "Ｏak"])
def test_siblings_do_not_look_alike(ours: Cast, name: str) -> None:
    refused(PeopleFault.NAME_TAKEN, add_unit, asker=ours.operator, name=name, parent=ours.care)
    refused(PeopleFault.NAME_TAKEN, rename_unit, asker=ours.operator, unit=ours.elm, name=name)
    elsewhere = add_unit(asker=ours.operator, name=name)
    refused(PeopleFault.NAME_TAKEN, move_unit, asker=ours.operator, unit=elsewhere, parent=ours.care)


def test_a_name_that_will_be_taken_is_taken(ours: Cast) -> None:
    rename_unit(asker=ours.operator, unit=ours.elm, name="Ash", on=later(10))
    refused(PeopleFault.NAME_TAKEN, add_unit, asker=ours.operator, name="Ash", parent=ours.care)


@pytest.mark.parametrize(
    "name", ["", "   ", "a\nb", "a\x00", "a\tb", "a\u202eb", "a\u200bb", "a\u2028b", "\ud800", "x" * 121]
)
def test_a_name_is_one_line_of_visible_signs(ours: Cast, name: str) -> None:
    refused(PeopleFault.NAME, add_unit, asker=ours.operator, name=name)
    refused(PeopleFault.NAME, rename_unit, asker=ours.operator, unit=ours.oak, name=name)


def test_a_name_that_is_an_address_changes_nothing(ours: Cast) -> None:
    before = paths(ours)
    refused(LedgerFault.ADDRESS, add_unit, asker=ours.operator, name="oak@example.org")
    assert paths(ours) == before


def test_a_steward_changes_their_own_units_only(ours: Cast) -> None:
    school = add_unit(asker=ours.operator, name="School")
    ash = add_unit(asker=ours.steward, name="Ash", parent=ours.oak)
    rename_unit(asker=ours.steward, unit=ash, name="Yew")
    for action, arguments in (
        (add_unit, {"name": "New"}),
        (add_unit, {"name": "New", "parent": school}),
        (move_unit, {"unit": ours.oak, "parent": school}),
        (move_unit, {"unit": school, "parent": ours.care}),
        (move_unit, {"unit": ours.oak, "parent": None}),
        (rename_unit, {"unit": school, "name": "New"}),
        (dissolve_unit, {"unit": school}),
    ):
        refused(PeopleFault.NOT_ALLOWED, action, asker=ours.steward, **arguments)
        refused(PeopleFault.NOT_ALLOWED, action, asker=ours.representative, **arguments)
    whole = appoint(asker=ours.operator, name="Head", role="steward").account
    move_unit(asker=Asker(ours.organisation, whole), unit=ours.oak, parent=school)
    assert entries(ours.organisation)[-1].actor == whole


def test_a_steward_whose_unit_is_gone_has_no_units(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for unit in (ours.oak, ours.elm, ours.care):
        dissolve_unit(asker=ours.operator, unit=unit, on=later(1))
    school = add_unit(asker=ours.operator, name="School", on=later(1))
    set_day(monkeypatch, later(1))
    refused(PeopleFault.NOT_ALLOWED, rename_unit, asker=ours.steward, unit=school, name="New")


def test_a_tree_is_read_with_one_question(
    ours: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for units in (3, 13):
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert len(unit_tree(ours.organisation, FIRST_DAY)) == units
        for number in range(10):
            add_unit(asker=ours.operator, name=f"Team {number}-{units}", parent=ours.oak)
