"""The unit tree on pages: seen by all, changed by those who answer for it, and read before it is done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import begin_rounds_world
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.ledger.queries import entries
from replenish.people.actions import add_unit, confirm, propose_headcount, rename_unit
from replenish.people.models import Unit, UnitPlace
from replenish.people.queries import organisation_summary, unit_tree
from replenish.people.roles import RoleKind

__all__ = ["instance", "ours", "prepared", "quick", "theirs"]

TREE, ONE = reverse("staff-units"), reverse("staff-unit")
ADD, RENAME, MOVE = reverse("staff-unit-add"), reverse("staff-unit-rename"), reverse("staff-unit-move")
DISSOLVE, OFF = reverse("staff-unit-dissolve"), reverse("staff-unit-call-off")
CHANGING = (ADD, RENAME, MOVE, DISSOLVE, OFF)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(ours: StaffWorld) -> Browser:
    return signed_in(ours.people[RoleKind.OPERATOR])


@pytest.fixture
def steward(ours: StaffWorld) -> Browser:
    return signed_in(ours.people[RoleKind.STEWARD])


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def names(world: StaffWorld, days: int = 0) -> list[str]:
    on = clock.today() + timedelta(days=days)
    return [" / ".join(unit.path) for unit in unit_tree(world.organisation, on)]


def done(client: Browser, address: str, **form: str) -> str:
    """Look first, then do it; where it leads."""
    looked = client.post(address, form)
    assert (looked.status_code, "What it means" in looked.text) == (200, True)
    said = client.post(address, {**form, "step": "do"})
    assert said.status_code == 302
    return str(said["Location"])


def test_everybody_sees_the_tree_and_only_some_may_change_it(ours: StaffWorld, theirs: StaffWorld) -> None:
    add_unit(asker=theirs.operator, name="Hidden")
    propose = propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    confirm(asker=ours.asker(RoleKind.REPRESENTATIVE), proposal=propose)
    for role in RoleKind:
        client = signed_in(ours.people[role])
        said = client.get(TREE)
        assert "Oak" in said.text
        assert "9 people" in said.text
        assert "Hidden" not in said.text
        may = role in (RoleKind.OPERATOR, RoleKind.STEWARD)
        assert ("Add a unit" in said.text) == may
        assert ("Rename it" in client.get(ONE, {"unit": ours.unit}).text) == may
        for address in CHANGING:
            assert client.get(address).status_code == (200 if may else 404)


def test_looking_changes_nothing_and_doing_does(ours: StaffWorld, operator: Browser) -> None:
    before = entries(ours.organisation)
    form = {"name": "Elm", "above": ours.unit, "day": in_days(0)}
    assert "Elm begins, as part of Oak" in operator.post(ADD, form).text
    assert (entries(ours.organisation), names(ours)) == (before, ["Oak"])
    assert done(operator, ADD, **form) == TREE
    assert names(ours) == ["Oak", "Oak / Elm"]
    again = operator.post(ADD, {**form, "step": "do"})
    assert (again.status_code, "already a unit" in again.text) == (400, True)


def test_each_change_from_its_day(ours: StaffWorld, operator: Browser) -> None:
    elm = add_unit(asker=ours.operator, name="Elm", parent=ours.unit)
    assert done(operator, RENAME, unit=elm, name="Yew", day="") == f"{ONE}?unit={elm}"
    done(operator, MOVE, unit=elm, above="top", day=in_days(3))
    assert names(ours, 2) == ["Oak", "Oak / Yew"]
    assert names(ours, 3) == ["Oak", "Yew"]
    done(operator, DISSOLVE, unit=ours.unit, day=in_days(5))
    assert names(ours, 5) == ["Yew"]
    told = operator.get(ONE, {"unit": elm}).text
    for words in (
        "Elm begins, as part of Oak",
        "Yew moves, and is part of the organisation itself then",
        "Call it off",
    ):
        assert words in told or words.replace("Elm", "Yew") in told
    for form in ({"unit": elm, "above": "top", "day": in_days(3)},):
        assert operator.post(MOVE, {**form, "step": "do"}).status_code == 302
    assert len([one for one in entries(ours.organisation) if one.event == "unit_moved"]) == 1


def test_a_unit_that_ended_today_is_not_ended_twice(ours: StaffWorld, operator: Browser) -> None:
    done(operator, DISSOLVE, unit=ours.unit, day="")
    before = entries(ours.organisation)
    again = operator.post(DISSOLVE, {"unit": ours.unit, "day": "", "step": "do"})
    assert (again.status_code, again["Location"]) == (302, TREE)
    assert entries(ours.organisation) == before
    assert "does not stand today" in operator.get(ONE, {"unit": ours.unit}).text


def test_what_is_announced_is_listed_and_can_be_called_off(
    ours: StaffWorld, operator: Browser, steward: Browser
) -> None:
    rename_unit(asker=ours.operator, unit=ours.unit, name="Rowan", on=clock.today() + timedelta(days=4))
    for client in (operator, steward):
        assert "Oak is called Rowan" in client.get(TREE).text
        assert "Call it off" in client.get(TREE).text
    reader = signed_in(ours.people[RoleKind.FACILITATOR]).get(TREE).text
    assert ("is called Rowan" in reader, "Call it off" in reader) == (True, False)
    page = steward.get(OFF, {"unit": ours.unit})
    assert "The ledger keeps both" in page.text
    assert names(ours, 4) == ["Rowan"]
    assert steward.post(OFF, {"unit": ours.unit, "day": in_days(4)})["Location"] == TREE
    assert names(ours, 4) == ["Oak"]
    again = steward.post(OFF, {"unit": ours.unit, "day": in_days(4)})
    assert (again.status_code, "Nothing has changed" in again.text) == (409, True)
    assert "No change of a unit waits" in operator.get(OFF).text


def test_a_steward_reaches_their_own_part_of_the_tree(
    ours: StaffWorld, theirs: StaffWorld, steward: Browser
) -> None:
    school = add_unit(asker=ours.operator, name="School")
    for unit in (school, theirs.unit, "0" * 32):
        for address in (RENAME, MOVE, DISSOLVE, ADD):
            assert steward.get(address, {"unit": unit}).status_code == 404
            form = {"unit": unit, "name": "New", "above": ours.unit, "day": "", "step": "do"}
            assert steward.post(address, form).status_code == 404
    for form in ({"name": "New", "above": "top"}, {"name": "New", "above": school}):
        assert steward.post(ADD, {**form, "step": "do"}).status_code == 404
    page = steward.get(ADD)
    assert "at the top" not in page.text
    assert school not in page.text
    assert names(ours) == ["Oak", "School"]
    done(steward, ADD, name="Elm", above=ours.unit, day="")
    assert names(ours) == ["Oak", "Oak / Elm", "School"]


def test_a_unit_of_another_organisation_is_as_unknown_as_none(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser
) -> None:
    rename_unit(asker=theirs.operator, unit=theirs.unit, name="Yew", on=clock.today() + timedelta(days=4))
    for unit in (theirs.unit, "0" * 32):
        assert operator.get(ONE, {"unit": unit}).status_code == 404
        assert operator.get(OFF, {"unit": unit}).status_code == 404
        assert operator.post(OFF, {"unit": unit, "day": in_days(4)}).status_code == 404
        assert operator.post(ADD, {"name": "New", "above": unit, "step": "do"}).status_code == 404


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": ""}, "Give it a name"),
        ({"name": "oak"}, "already a unit"),
        ({"name": "Elm", "day": "2001-01-01"}, "is over"),
        ({"name": "Elm", "day": "tomorrow"}, "This is no day"),
        ({"name": "x" * 121}, "1 to 120 letters"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    ours: StaffWorld, operator: Browser, form: dict[str, str], said: str
) -> None:
    answer = operator.post(ADD, {"above": "top", **form})
    assert (answer.status_code, said in answer.text) == (400, True)
    assert names(ours) == ["Oak"]


def test_a_unit_with_units_below_it_says_what_to_do_first(ours: StaffWorld, operator: Browser) -> None:
    add_unit(asker=ours.operator, name="Elm", parent=ours.unit)
    assert "Move or dissolve those first" in operator.get(DISSOLVE, {"unit": ours.unit}).text
    answer = operator.post(DISSOLVE, {"unit": ours.unit, "day": "", "step": "do"})
    assert (answer.status_code, "still has units below it (Elm)" in answer.text) == (400, True)
    assert "Steward of Ours" not in operator.post(MOVE, {"unit": ours.unit, "above": "top"}).text


def test_dissolving_says_who_then_answers_for_nothing(ours: StaffWorld, operator: Browser) -> None:
    said = operator.post(DISSOLVE, {"unit": ours.unit, "day": ""}).text
    for words in ("Steward of Ours", "Deputy of Ours", "What was reported about it stays"):
        assert words in said
    assert "Representative of Ours" not in said


def test_what_waits_for_a_key_is_named_before_it_ends(ours: StaffWorld, operator: Browser) -> None:
    propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    form = {"unit": ours.unit, "name": "Yew"}
    assert "ends with this change" in operator.post(RENAME, {**form, "day": ""}).text
    assert "on that day ends then" in operator.post(RENAME, {**form, "day": in_days(2)}).text


def test_in_mid_season_the_groups_stay(
    monkeypatch: pytest.MonkeyPatch, instance: Instance, quick: None
) -> None:
    world = begin_rounds_world(monkeypatch)
    client = signed_in(world.people[RoleKind.OPERATOR])
    ash = next(unit.unit for unit in unit_tree(world.organisation) if unit.name == "Ash")
    said = client.post(DISSOLVE, {"unit": ash, "day": ""}).text
    assert re.search(r"A season runs until .* Its groups stay as they are until then", said)
    assert "People keep their seat" in said


def test_five_hundred_units_are_found_and_drawn_quickly(ours: StaffWorld, operator: Browser) -> None:
    today = clock.today()
    units = [Unit(id=f"{number:032x}", organisation_id=ours.organisation) for number in range(500)]
    Unit.objects.bulk_create(units)
    UnitPlace.objects.bulk_create(
        UnitPlace(
            id=one.id,
            unit=one,
            parent=units[number // 25 * 25] if number % 25 else None,
            name=f"Team {number}",
            from_date=today,
        )
        for number, one in enumerate(units)
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said = operator.get(TREE)
    assert len(asked) < 30
    assert "<details open>" not in said.text
    assert said.text.count("<li>") > 500
    found = operator.get(TREE, {"find": "team 49"}).text
    assert "11 units found" in found
    assert "Team 48<" not in found
    assert "No unit has this" in operator.get(TREE, {"find": "zzz"}).text


def test_the_organisation_shows_what_its_kind_of_place_brings(ours: StaffWorld, theirs: StaffWorld) -> None:
    address = reverse("staff-organisation")
    for role in RoleKind:
        said = signed_in(ours.people[role]).get(address).text
        for words in ("Theirs", "our assumption"):
            assert (words in said) == (words != "Theirs")
        assert "No figure is made from fewer than 7 voices" in said
        assert ("Choose another kind" in said) == (role is RoleKind.OPERATOR)


def test_the_operator_chooses_another_kind_of_place(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser, steward: Browser
) -> None:
    address = reverse("staff-organisation-setting")
    assert operator.post(address, {"setting": "palace"}).status_code == 400
    assert operator.post(address, {"setting": "hospice"}).status_code == 302
    assert organisation_summary(ours.organisation).setting == "hospice"
    assert organisation_summary(theirs.organisation).setting == "charity"
    assert "A hospice" in operator.get(reverse("staff-organisation")).text
    assert steward.post(address, {"setting": "school"}).status_code == 404


def test_the_floor_rises_after_a_warning_and_never_falls(
    ours: StaffWorld, theirs: StaffWorld, operator: Browser, steward: Browser
) -> None:
    address = reverse("staff-organisation-floor")
    assert "never be lowered again" in operator.post(address, {"floor": "9"}).text
    assert organisation_summary(ours.organisation).floor == 7
    for _time in range(2):
        assert operator.post(address, {"floor": "9", "step": "do"}).status_code == 302
    assert organisation_summary(ours.organisation).floor == 9
    assert organisation_summary(theirs.organisation).floor == 7
    for typed in ("8", "7", "6", "0", "-9", "9.5", "nine", "", "1e9", "99999", "\u0669"):
        assert operator.post(address, {"floor": typed, "step": "do"}).status_code == 400, typed
    assert steward.post(address, {"floor": "12", "step": "do"}).status_code == 404
    assert organisation_summary(ours.organisation).floor == 9
