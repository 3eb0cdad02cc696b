"""Actions: what a plan needs, what stays once it is fixed, how a lot is drawn, and what groups keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.actions_world import CODE, LARGE, plan_for, planned, running
from tests.conditions.instances import Instance, instance, prepared
from tests.conditions.organisations import staffed
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.small_world import small_home
from tests.web.staff_world import quick

from replenish.basis.errors import Refused
from replenish.basis.faults import ActionFault
from replenish.conditions.actions.reading import action_of, actions_for, actions_of, may_write
from replenish.conditions.actions.starts import BETWEEN
from replenish.conditions.actions.told import Acting, Promised
from replenish.conditions.actions.writing import (
    change_plan,
    finish_action,
    fix_plan,
    note_progress,
    plan_action,
    stop_action,
)
from replenish.conditions.models import Action
from replenish.conditions.read_together import newest_season, units_named
from replenish.conditions.rounds import plan_of, plan_season
from replenish.ledger.queries import entries
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind

__all__ = ["instance", "prepared", "quick"]


@pytest.fixture
def world(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch)


@pytest.fixture
def large(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch, "Large House", LARGE)


@contextmanager
def refused(fault: ActionFault) -> Iterator[None]:
    with pytest.raises(Refused) as found:
        yield
    assert found.value.fault is fault


def test_a_plan_from_the_library_has_its_type_and_condition(world: RoundsWorld) -> None:
    made = planned(world, "Fir", condition="workload", kind="training")
    assert (made.kind, made.plan.condition, made.plan.library) == ("redesign", "process", CODE)
    assert dict(made.starts) == {world.staffed.units["Fir"]: made.plan.first_day}
    assert (made.state, made.promised, made.owner) == ("planned", None, "Ada Steward")


def test_a_plan_sent_twice_is_one_and_an_own_one_has_its_words(world: RoundsWorld) -> None:
    own = plan_for(world, library="", words="  Quiet   mornings ", kind="rota", condition="workload")
    first = plan_action(asker=world.staffed.steward, plan=own)
    assert plan_action(asker=world.staffed.steward, plan=own) == first
    (made,) = actions_of(world.organisation)
    assert (made.plan.words, made.kind, made.plan.units) == ("Quiet mornings", "rota", ())


IMPOSSIBLE: tuple[tuple[dict[str, object], ActionFault], ...] = (
    ({"library": "no-such"}, ActionFault.CHOICE),
    ({"library": "", "words": " "}, ActionFault.TITLE),
    ({"library": "", "words": "x" * 141, "kind": "rota"}, ActionFault.TITLE),
    ({"library": "", "words": "a\x07b", "kind": "rota"}, ActionFault.TITLE),
    ({"library": "", "words": "Rest", "kind": "poster"}, ActionFault.CHOICE),
    ({"library": "", "words": "Rest", "kind": "rota", "condition": "morale"}, ActionFault.CHOICE),
    ({"expects": "sideways"}, ActionFault.CHOICE),
    ({"waves": 9}, ActionFault.CHOICE),
    ({"waiting": -1}, ActionFault.WAITING),
    ({"waiting": 4}, ActionFault.WAITING),
    ({"in_days": -1}, ActionFault.DAY),
    ({"in_days": 900}, ActionFault.DAY),
    ({"owner": "0" * 32}, ActionFault.OWNER),
    ({"release": "0" * 32}, ActionFault.RELEASE),
    ({"units": ("0" * 32,)}, ActionFault.UNITS),
)


def test_what_cannot_be_planned(world: RoundsWorld) -> None:
    for changed, fault in IMPOSSIBLE:
        with refused(fault):
            planned(world, **changed)
    assert actions_of(world.organisation) == ()


def test_each_leads_their_own_units_and_nobody_else_writes(world: RoundsWorld) -> None:
    head = Asker(world.organisation, world.head.account)
    plan_action(asker=head, plan=plan_for(world, "Oak"))
    plan_action(asker=head, plan=plan_for(world, "Medicine"))
    for units in (("Fir",), (), ("Oak", "Fir")):
        with refused(ActionFault.NOT_ALLOWED):
            plan_action(asker=head, plan=plan_for(world, *units, in_days=9))
    for kind in (RoleKind.REPRESENTATIVE, RoleKind.FACILITATOR, RoleKind.SUPERVISOR, RoleKind.OPERATOR):
        with refused(ActionFault.NOT_ALLOWED):
            plan_action(asker=world.asker(kind), plan=plan_for(world, "Oak"))
    deputy = world.asker(RoleKind.DEPUTY)
    whole = action_of(world.organisation, plan_action(asker=deputy, plan=plan_for(world)))
    assert may_write(deputy, whole)
    assert not may_write(head, whole)
    with refused(ActionFault.NOT_ALLOWED):
        fix_plan(asker=head, action=whole.action)


def test_two_organisations_know_nothing_of_each_other(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = staffed(name="Other House")
    made = running(world, "Fir")
    assert actions_of(other.id) == ()
    with refused(ActionFault.UNKNOWN):
        action_of(other.id, made.action)
    writes: tuple[Callable[[], object], ...] = (
        lambda: fix_plan(asker=other.steward, action=made.action),
        lambda: note_progress(asker=other.steward, action=made.action, words="Theirs"),
        lambda: stop_action(asker=other.steward, action=made.action, words="Theirs"),
        lambda: finish_action(asker=other.steward, action=made.action),
        lambda: change_plan(asker=other.steward, action=made.action, plan=plan_for(world)),
    )
    for write in writes:
        with refused(ActionFault.UNKNOWN):
            write()
    with refused(ActionFault.UNITS):
        plan_action(asker=other.steward, plan=plan_for(world, "Fir", owner=other.steward.account))


def test_a_fixed_plan_stays_as_it_was(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    steward = world.staffed.steward
    made = planned(world, "Fir")
    change_plan(asker=steward, action=made.action, plan=plan_for(world, "Yew", in_days=14))
    fix_plan(asker=steward, action=made.action)
    fix_plan(asker=steward, action=made.action)
    fixed = action_of(world.organisation, made.action)
    assert dict(fixed.starts) == {world.staffed.units["Yew"]: worlds.BEGINS + timedelta(days=14)}
    with refused(ActionFault.FIXED):
        change_plan(asker=steward, action=made.action, plan=plan_for(world, "Ash"))
    assert action_of(world.organisation, made.action) == fixed
    with refused(ActionFault.NOT_FIXED):
        finish_action(asker=steward, action=made.action)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=30))
    note_progress(asker=steward, action=made.action, words="Cover is named on each shift")
    note_progress(asker=steward, action=made.action, words="Cover is named  on each shift")
    finish_action(asker=steward, action=made.action)
    finish_action(asker=steward, action=made.action)
    ended = action_of(world.organisation, made.action)
    assert (ended.state, ended.ended_on, len(ended.notes)) == ("done", worlds.BEGINS + timedelta(days=30), 1)
    assert (ended.plan, ended.starts, ended.promised) == (fixed.plan, fixed.starts, fixed.promised)
    writes: tuple[Callable[[], object], ...] = (
        lambda: note_progress(asker=steward, action=made.action, words="More"),
        lambda: stop_action(asker=steward, action=made.action, words="No cover"),
        lambda: fix_plan(asker=steward, action=made.action),
    )
    for write in writes:
        with refused(ActionFault.ENDED):
            write()
    told = [one.event for one in entries(world.organisation) if one.event.startswith("action_")]
    assert told == [f"action_{what}" for what in ("planned", "changed", "started", "noted", "ended")]


def test_a_plan_is_fixed_before_its_first_day_is_over(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a start could be chosen after the figures are known."""
    made = planned(world, "Fir", in_days=3)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=4))
    with refused(ActionFault.DAY_OVER):
        fix_plan(asker=world.staffed.steward, action=made.action)
    stop_action(asker=world.staffed.steward, action=made.action, words="It was never begun")
    ended = action_of(world.organisation, made.action)
    assert (ended.state, ended.has_begun, ended.ended_words) == ("stopped", False, "It was never begun")


def test_a_reason_and_a_note_are_words(world: RoundsWorld) -> None:
    made = running(world, "Fir")
    for words in ("", "  ", "x" * 281, "a\x00b"):
        for write in (note_progress, stop_action):
            with refused(ActionFault.NOTE):
                write(asker=world.staffed.steward, action=made.action, words=words)


def test_a_lot_is_drawn_among_groups_and_can_be_drawn_again(large: RoundsWorld) -> None:
    made = running(large, waves=2, waiting=4)
    days = [day for _unit, day in made.starts]
    first = made.plan.first_day
    assert [days.count(one) for one in (first, first + BETWEEN, None)] == [3, 3, 4]
    again = planned(large, waves=2, waiting=4, in_days=8)
    Action.objects.filter(id=again.action).update(seed=made.seed)
    fix_plan(asker=large.staffed.steward, action=again.action)
    told = dict(action_of(large.organisation, again.action).starts)
    assert {unit for unit, day in told.items() if day is None} == {
        unit for unit, day in made.starts if day is None
    }


def test_units_that_are_read_together_begin_together(world: RoundsWorld) -> None:
    made = planned(world, waves=3, waiting=1)
    starts = dict(made.starts)
    assert starts[world.staffed.units["Oak"]] == starts[world.staffed.units["Elm"]]


def test_where_there_are_no_groups_there_is_no_lot(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_home(monkeypatch)
    with refused(ActionFault.NO_GROUPS):
        planned(home, waiting=1)
    assert running(home).promised == Promised(0, 0, 3)


def test_what_could_be_seen_is_said_beforehand_and_kept(large: RoundsWorld) -> None:
    promised = running(large, waiting=5).promised
    assert promised is not None
    assert (promised.treated, promised.untreated, promised.rounds) == (5, 5, 4)
    assert promised.effect == 10
    assert promised.chance is not None
    assert 5 <= promised.chance <= 60
    assert promised.smallest is not None
    assert 10 < promised.smallest < 40
    few = running(large, "Fir", "Yew").promised
    assert few is not None
    assert (few.treated, few.untreated, few.chance, few.smallest) == (2, 8, None, None)


def test_groups_with_a_running_action_keep_their_composition(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Oak and Elm shrink until they would be read with others; the action holds them together."""
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=1))
    steward = world.staffed.steward
    made = running(world, "Oak")
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(weeks=14))
    world.staffed.declare({"Oak": 2, "Elm": 6})
    kept = {group.units for group in plan_of(world.organisation).partition.groups}
    assert (("Medicine", "Elm"), ("Medicine", "Oak")) in kept
    stop_action(asker=steward, action=made.action, words="It is not needed any more")
    without = {group.units for group in plan_of(world.organisation).partition.groups}
    assert (("Medicine", "Elm"), ("Medicine", "Oak")) not in without


def test_the_planned_season_keeps_them_as_well(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    running(world, "Oak")
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(weeks=14))
    world.staffed.declare({"Oak": 2, "Elm": 6})
    season = plan_season(asker=world.staffed.steward)
    units = [group["units"] for group in season.partition["groups"]]
    assert [["Medicine", "Elm"], ["Medicine", "Oak"]] in units


def test_a_part_of_the_tree_reads_the_actions_that_touch_it(world: RoundsWorld) -> None:
    fir = planned(world, "Fir")
    medicine = planned(world, "Medicine", in_days=8)
    whole = planned(world, in_days=9)
    told = {one.action for one in _touching(world, ("Medicine", "Oak"))}
    assert told == {medicine.action, whole.action}
    told = {one.action for one in _touching(world, ("Surgery",))}
    assert told == {fir.action, whole.action}
    assert len(_touching(world)) == 3


def _touching(world: RoundsWorld, *paths: tuple[str, ...]) -> tuple[Acting, ...]:
    """The actions that are told on a report about these units."""
    return actions_for(
        world.organisation, units_named(world.organisation, paths, newest_season(world.organisation))
    )
