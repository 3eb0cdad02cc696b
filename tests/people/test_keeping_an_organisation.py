"""Two sides are two people; what is announced can be called off; the kind of place is the operator's."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.cast import Cast, later, set_day

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import PeopleFault
from replenish.ledger.queries import entries, newest, verify
from replenish.people.actions import (
    add_unit,
    appoint,
    call_off,
    change_setting,
    dissolve_unit,
    end_account,
    end_role,
    move_unit,
    rename_unit,
    try_out,
)
from replenish.people.askers import Asker
from replenish.people.changes import ChangeKind, changes, coming
from replenish.people.queries import accounts, names_of_accounts, organisation_summary, places_of, unit_tree
from replenish.people.rules import units_to_change


def refused(fault: Fault, action: object, **arguments: object) -> None:
    assert callable(action)
    with pytest.raises(Refused) as refusal:
        action(**arguments)
    assert refusal.value.fault is fault


def test_nobody_speaks_for_the_staff_and_stands_in_for_a_leader(ours: Cast) -> None:
    """Also where one of the two is still to come, in whichever order; one after the other is fine."""
    for first, second in (("deputy", "representative"), ("representative", "deputy")):
        account = appoint(asker=ours.operator, name=f"Jo {first}", role=first, on=later(5)).account
        refused(PeopleFault.LEADS_AND_REPRESENTS, appoint, asker=ours.operator, account=account, role=second)
        end_role(asker=ours.operator, account=account, role=first)
        appoint(asker=ours.operator, account=account, role=second)


def test_a_deputy_may_be_anything_but_that(ours: Cast) -> None:
    account = appoint(asker=ours.operator, name="Jo", role="deputy", unit=ours.oak).account
    others = ("steward", "facilitator", "supervisor", "operator")
    for role in others:
        appoint(asker=ours.operator, account=account, role=role)
    held = next(one for one in accounts(ours.organisation) if one.account == account)
    assert {role.kind for role in held.roles} == {"deputy", *others}


def test_trying_leaves_nothing_behind(ours: Cast) -> None:
    before, tree = entries(ours.organisation), unit_tree(ours.organisation)
    try_out(lambda: add_unit(asker=ours.operator, name="Ash"))
    refused(
        PeopleFault.NAME_TAKEN,
        try_out,
        change=lambda: add_unit(asker=ours.operator, name="Oak", parent=ours.care),
    )
    assert (entries(ours.organisation), unit_tree(ours.organisation)) == (before, tree)
    assert verify().unbroken


@pytest.mark.parametrize("kind", ["begins", "renamed", "moved", "ends"])
def test_what_is_announced_is_called_off_as_if_it_had_not_been(ours: Cast, kind: str) -> None:
    school = add_unit(asker=ours.operator, name="School")
    before = {days: unit_tree(ours.organisation, later(days)) for days in (0, 9, 10, 40)}
    unit = ours.oak
    if kind == "begins":
        unit = add_unit(asker=ours.operator, name="Ash", parent=ours.care, on=later(10))
    elif kind == "renamed":
        rename_unit(asker=ours.operator, unit=unit, name="Yew", on=later(10))
    elif kind == "moved":
        move_unit(asker=ours.operator, unit=unit, parent=school, on=later(10))
    else:
        dissolve_unit(asker=ours.operator, unit=unit, on=later(10))
    (announced,) = coming(places_of(ours.organisation), later(0))
    assert (announced.kind, announced.on, announced.is_last) == (ChangeKind(kind), later(10), True)
    call_off(asker=ours.operator, unit=unit, on=later(10))
    assert {days: unit_tree(ours.organisation, later(days)) for days in before} == before
    assert coming(places_of(ours.organisation), later(0)) == ()
    assert entries(ours.organisation)[-1].event == "unit_change_called_off"
    refused(PeopleFault.CHANGE_UNKNOWN, call_off, asker=ours.operator, unit=unit, on=later(10))


def test_the_last_of_several_goes_first(ours: Cast) -> None:
    rename_unit(asker=ours.operator, unit=ours.oak, name="Yew", on=later(5))
    dissolve_unit(asker=ours.operator, unit=ours.oak, on=later(10))
    refused(PeopleFault.CHANGE_UNKNOWN, call_off, asker=ours.operator, unit=ours.oak, on=later(5))
    call_off(asker=ours.operator, unit=ours.oak, on=later(10))
    call_off(asker=ours.operator, unit=ours.oak, on=later(5))
    assert {one.name for one in unit_tree(ours.organisation, later(40))} == {"Care", "Oak", "Elm"}


def test_a_change_that_has_begun_stays(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    rename_unit(asker=ours.operator, unit=ours.oak, name="Yew", on=later(5))
    set_day(monkeypatch, later(5))
    refused(PeopleFault.CHANGE_UNKNOWN, call_off, asker=ours.operator, unit=ours.oak, on=later(5))


def test_what_rests_on_an_announced_change_keeps_it(ours: Cast) -> None:
    ash = add_unit(asker=ours.operator, name="Ash", on=later(10))
    add_unit(asker=ours.operator, name="Yew", parent=ash, on=later(10))
    refused(PeopleFault.UNIT_HAS_UNITS, call_off, asker=ours.operator, unit=ash, on=later(10))
    rename_unit(asker=ours.operator, unit=ours.elm, name="Fir", on=later(10))
    add_unit(asker=ours.operator, name="Elm", parent=ours.care, on=later(11))
    refused(PeopleFault.NAME_TAKEN, call_off, asker=ours.operator, unit=ours.elm, on=later(10))


def test_whoever_may_change_it_calls_it_off_and_nobody_else(ours: Cast, theirs: Cast) -> None:
    school = add_unit(asker=ours.operator, name="School")
    move_unit(asker=ours.operator, unit=ours.oak, parent=school, on=later(10))
    for asker in (ours.steward, ours.representative):
        refused(PeopleFault.NOT_ALLOWED, call_off, asker=asker, unit=ours.oak, on=later(10))
    refused(PeopleFault.UNIT_UNKNOWN, call_off, asker=theirs.operator, unit=ours.oak, on=later(10))
    rename_unit(asker=ours.steward, unit=ours.elm, name="Fir", on=later(10))
    call_off(asker=ours.steward, unit=ours.elm, on=later(10))
    ash = add_unit(asker=ours.steward, name="Ash", parent=ours.care, on=later(10))
    call_off(asker=ours.steward, unit=ash, on=later(10))


WISHES = st.lists(
    st.tuples(st.sampled_from(["rename", "move", "dissolve", "off"]), st.integers(1, 20)), max_size=12
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(wishes=WISHES)
def test_calling_everything_off_leads_back_to_the_beginning(
    ours: Cast, wishes: list[tuple[str, int]]
) -> None:
    """Whatever is announced, in whatever order: once all is called off, every day is as it was."""
    start = unit_tree(ours.organisation, later(60))
    for number, (kind, days) in enumerate(wishes):
        try:
            if kind == "rename":
                rename_unit(asker=ours.operator, unit=ours.oak, name=f"Oak {number}", on=later(days))
            elif kind == "move":
                move_unit(asker=ours.operator, unit=ours.oak, parent=None, on=later(days))
            elif kind == "dissolve":
                dissolve_unit(asker=ours.operator, unit=ours.oak, on=later(days))
            else:
                call_off(asker=ours.operator, unit=ours.oak, on=later(days))
        except Refused:
            continue
    while announced := coming(places_of(ours.organisation), later(0)):
        (last,) = [one for one in announced if one.is_last]
        call_off(asker=ours.operator, unit=last.unit, on=last.on)
    assert unit_tree(ours.organisation, later(60)) == start


def test_the_history_of_a_unit_tells_each_change_once(ours: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, later(3))
    rename_unit(asker=ours.operator, unit=ours.oak, name="Yew")
    move_unit(asker=ours.operator, unit=ours.oak, parent=None)
    dissolve_unit(asker=ours.operator, unit=ours.oak, on=later(9))
    told = [one for one in changes(places_of(ours.organisation)) if one.unit == ours.oak]
    assert [(one.kind, one.on) for one in told] == [
        (ChangeKind.BEGINS, later(0)),
        (ChangeKind.RENAMED_AND_MOVED, later(3)),
        (ChangeKind.ENDS, later(9)),
    ]
    assert [one.is_last for one in told] == [False, False, True]


def test_the_kind_of_place_is_the_operators_and_said_twice_is_said_once(ours: Cast, theirs: Cast) -> None:
    change_setting(asker=ours.operator, setting="hospice")
    change_setting(asker=ours.operator, setting="hospice")
    assert organisation_summary(ours.organisation).setting == "hospice"
    assert organisation_summary(theirs.organisation).setting == "social-work"
    assert [one.event for one in entries(ours.organisation)].count("setting_changed") == 1
    refused(PeopleFault.NOT_ALLOWED, change_setting, asker=ours.steward, setting="school")
    refused(PeopleFault.SETTING_UNKNOWN, change_setting, asker=ours.operator, setting="palace")


def test_units_to_change_are_the_own_part_of_the_tree(ours: Cast) -> None:
    school = add_unit(asker=ours.operator, name="School")
    tree = unit_tree(ours.organisation)
    assert units_to_change(ours.operator, tree) == {ours.care, ours.oak, ours.elm, school}
    assert units_to_change(ours.steward, tree) == {ours.care, ours.oak, ours.elm}
    assert units_to_change(ours.representative, tree) == frozenset()
    whole = appoint(asker=ours.operator, name="Head", role="steward").account
    assert school in units_to_change(Asker(ours.organisation, whole), tree)


def test_the_ledger_is_read_from_its_end_and_names_those_who_left(ours: Cast, theirs: Cast) -> None:
    account = ours.steward.account
    assert account
    end_account(asker=ours.operator, account=account)
    every = entries(ours.organisation)
    assert newest(ours.organisation, limit=3) == tuple(reversed(every))[:3]
    assert newest(ours.organisation, passed_over=2, limit=100) == tuple(reversed(every))[2:]
    assert names_of_accounts(ours.organisation)[account] == "Sam Steward"
    assert not set(names_of_accounts(ours.organisation)) & set(names_of_accounts(theirs.organisation))
