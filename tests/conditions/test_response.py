"""The response gate: a leader reads once their parts are covered; members never wait for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import quick

from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault, PeopleFault
from replenish.conditions.covering import Given, UnitsThroughTime, covers
from replenish.conditions.models import Round, Season
from replenish.conditions.queries import releases_for_members
from replenish.conditions.response import Promise, Standing, answers_for, readable_to, respond
from replenish.conditions.unanswered import groups_to_pause, units_by_group
from replenish.ledger.events import Event
from replenish.ledger.models import Entry
from replenish.people.actions import appoint, end_role, move_unit
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.roles import READERS, RoleKind
from replenish.people.tree import Place, subtree, tree_on

__all__ = ["instance", "prepared", "quick"]

FIRST, LATER = date(2026, 1, 5), date(2026, 3, 2)
WORDS = (Promise("I will keep an hour for supervision each week.", "supervision"),)
UNITS = ("Medicine", "Ash", "Elm", "Oak", "Surgery", "Fir", "Yew")


@st.composite
def trees(draw: st.DrawFn) -> list[Place]:
    """A tree of up to nine units, some of which stand elsewhere from a later day on."""
    count = draw(st.integers(1, 9))
    places = []
    for number in range(count):
        above = [None, *(f"u{one}" for one in range(number))]
        before, after = draw(st.sampled_from(above)), draw(st.sampled_from(above))
        moved = LATER if after != before else None
        places.append(Place(f"u{number}", before, f"n{number}", FIRST, moved))
        if moved:
            places.append(Place(f"u{number}", after, f"n{number}", LATER, None))
    return places


@given(trees(), st.data())
@settings(deadline=None, max_examples=60)
def test_an_answer_covers_its_unit_and_all_below_on_either_day_and_nothing_else(
    places: list[Place], data: st.DataObject
) -> None:
    units = UnitsThroughTime(places)
    named = st.sampled_from([None, *units.known()])
    scope, unit = data.draw(named), data.draw(named)
    said = Given(scope, (FIRST, data.draw(st.sampled_from([FIRST, LATER]))))
    below = {one for day in said.days for one in (subtree(tree_on(places, day), scope) if scope else ())}
    assert covers(said, unit, units) == (scope is None or (unit is not None and unit in below))


def test_a_path_is_found_as_releases_write_it() -> None:
    units = UnitsThroughTime(
        [
            Place("a", None, "Medicine", FIRST, None),
            Place("b", "a", "Ash ", FIRST, None),
            Place("c", None, "Chaplaincy", FIRST, LATER),
        ]
    )
    assert units.unit_at(("Medicine", "Ash"), FIRST) == "b"
    assert units.unit_at(("Medicine", "Medicine"), FIRST) == "a"
    assert units.unit_at(("Chaplaincy", "Chaplaincy"), FIRST) == "c"
    assert units.unit_at(("Chaplaincy", "Chaplaincy"), LATER) is None
    assert units.unit_at(("Medicine", "Oak"), FIRST) is None
    assert units.unit_at(("Oak", "Oak"), FIRST) is None


@pytest.fixture
def world(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch)


def read_by(asker: Asker) -> list[int]:
    return [one.round for one in readable_to(asker).published]


@pytest.mark.patient
def test_gate_and_pause_follow_from_answers_alone(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One world, every mixture of answers: who reads what, and who pauses."""
    rows = [live_round(monkeypatch, world, voices={"Fir": 18}) for _ in range(2)]
    worlds.set_day(monkeypatch, rows[-1].closes_on + timedelta(days=2))
    steward, staffed = world.staffed.steward, world.staffed
    led: Mapping[str, str | None] = {one: staffed.units[one] for one in ("Medicine", "Ash", "Fir")} | {
        "": None
    }
    leaders = {
        name: Asker(world.organisation, appoint(asker=staffed.operator, role=kind, name=f"{kind} of {name}",
                                                unit=unit).account)
        for (name, unit), kind in zip(led.items(), ["steward", "deputy", "steward", "deputy"], strict=True)
    }  # fmt: skip
    tree = unit_tree(world.organisation)
    answers = st.lists(st.tuples(st.sampled_from([0, 1]), st.sampled_from([None, *UNITS])), max_size=4)
    season = Season.objects.get(organisation=world.organisation)

    def is_covered(unit: str | None, number: int, given_: list[tuple[int, str | None]]) -> bool:
        scopes = [scope and staffed.units[scope] for place, scope in given_ if rows[place].number == number]
        return any(scope is None or (unit is not None and unit in subtree(tree, scope)) for scope in scopes)

    @given(answers)
    @settings(deadline=None, max_examples=25)
    def holds(given_: list[tuple[int, str | None]]) -> None:
        with transaction.atomic():
            for place, scope in given_:
                unit = staffed.units[scope] if scope else None
                respond(asker=steward, round_id=rows[place].id, unit=unit, promises=WORDS)
            for name, asker in leaders.items():
                expected = [row.number for row in rows if is_covered(led[name], row.number, given_)]
                assert read_by(asker) == expected
                waits = {one.number for one in readable_to(asker).waiting}
                assert waits == {row.number for row in rows} - set(expected)
            for kind in set(READERS) - {RoleKind.STEWARD, RoleKind.DEPUTY}:
                assert read_by(world.asker(kind)) == [row.number for row in rows]
            assert [one.round for one in releases_for_members(world.organisation)] == [1, 2]
            paused = groups_to_pause(season, rows[-1].closes_on + timedelta(days=16))
            for label, inside in units_by_group(season).items():
                anybody = any(is_covered(unit, row.number, given_) for unit in inside for row in rows)
                assert (label in paused) == (not anybody)
            assert groups_to_pause(season, rows[-1].closes_on + timedelta(days=15)) == {}
            transaction.set_rollback(True)

    holds()


def test_nobody_reads_before_the_members_and_the_operator_never(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live_round(monkeypatch, world)
    respond(asker=world.staffed.steward, round_id=row.id, unit=None, promises=WORDS)
    for days, expected in ((1, []), (2, [1])):
        worlds.set_day(monkeypatch, row.closes_on + timedelta(days=days))
        for kind in READERS:
            assert read_by(world.asker(kind)) == expected
        assert readable_to(world.asker(RoleKind.OPERATOR)).published == ()
        assert readable_to(world.staffed.operator).published == ()


def test_what_an_answer_opened_stays_open_when_units_move(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    units = world.staffed.units
    leader = Asker(
        world.organisation,
        appoint(asker=world.staffed.operator, role="steward", name="Leader", unit=units["Ash"]).account,
    )
    respond(asker=world.staffed.steward, round_id=row.id, unit=units["Medicine"], promises=WORDS)
    move_unit(asker=world.staffed.operator, unit=units["Ash"], parent=units["Surgery"])
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=3))
    assert read_by(leader) == [1]


def test_who_may_answer(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever leads the part or one above it, from the day of the close on; nobody else, and nothing else."""
    begins = Round.objects.get(number=1, season__organisation=world.organisation)
    with pytest.raises(Refused) as early:
        respond(asker=world.staffed.steward, round_id=begins.id, unit=None, promises=WORDS)
    assert early.value.fault is LeadershipFault.TOO_EARLY
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    units, head = world.staffed.units, Asker(world.organisation, world.head.account)
    respond(asker=head, round_id=row.id, unit=units["Ash"], promises=WORDS)
    for asker, unit in (
        (head, None),
        (head, units["Fir"]),
        (world.asker(RoleKind.REPRESENTATIVE), None),
        (world.staffed.operator, None),
    ):
        with pytest.raises(Refused) as refused:
            respond(asker=asker, round_id=row.id, unit=unit, promises=WORDS)
        assert refused.value.fault is LeadershipFault.NOT_ALLOWED
    with pytest.raises(Refused) as unknown:
        respond(asker=head, round_id=row.id, unit="f" * 32, promises=WORDS)
    assert unknown.value.fault is PeopleFault.UNIT_UNKNOWN
    with pytest.raises(Refused) as none:
        respond(asker=head, round_id="f" * 32, unit=units["Ash"], promises=WORDS)
    assert none.value.fault is LeadershipFault.ROUND
    with pytest.raises(Refused) as about:
        respond(asker=head, round_id=row.id, unit=units["Ash"], promises=(Promise("x", "meaning"),))
    assert about.value.fault is LeadershipFault.CONDITION


def test_a_steward_on_leave_keeps_nobody_waiting(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deputy of the service writes; the next time, when there is none, the steward above does."""
    staffed, head = world.staffed, Asker(world.organisation, world.head.account)
    medicine = staffed.units["Medicine"]
    given_ = appoint(asker=staffed.operator, role="deputy", name="Stand-in", unit=medicine)
    deputy = Asker(world.organisation, given_.account)
    first = live_round(monkeypatch, world, voices={"Fir": 18})
    respond(asker=deputy, round_id=first.id, unit=medicine, promises=WORDS)
    end_role(asker=staffed.operator, account=given_.account, role="deputy", unit=medicine)
    second = live_round(monkeypatch, world, voices={"Fir": 18})
    worlds.set_day(monkeypatch, second.closes_on + timedelta(days=2))
    assert read_by(head) == [1]
    respond(asker=staffed.steward, round_id=second.id, unit=medicine, promises=WORDS)
    assert read_by(head) == [1, 2]


def test_the_same_words_twice_are_one_answer_and_others_are_added_later(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    steward = world.staffed.steward
    first = respond(asker=steward, round_id=row.id, unit=None, promises=WORDS)
    assert respond(asker=steward, round_id=row.id, unit=None, promises=WORDS) == first
    other = (Promise("  And an hour   more. ", "", row.closes_on + timedelta(days=20)),)
    respond(asker=steward, round_id=row.id, unit=None, promises=other)
    (told,) = answers_for(world.organisation)
    assert [(answer.later, answer.promises[0].words) for answer in told.answers] == [
        (False, WORDS[0].words),
        (True, "And an hour more."),
    ]
    written = Entry.objects.filter(event=Event.RESPONSE_PUBLISHED.value)
    assert [one.content for one in written] == [{"round": row.id, "unit": None, "commitments": 1}] * 2


def test_where_the_answer_stands_for_each_part(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live_round(monkeypatch, world, voices={"Fir": 18})
    ash, surgery, whole = [("Medicine", "Ash")], [("Surgery",)], ()

    def standing(units: object) -> Standing:
        return answers_for(world.organisation, units)[0].standing  # type: ignore[arg-type]

    assert standing(ash) is Standing.TIME_LEFT
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=15))
    assert standing(ash) is Standing.TIME_LEFT
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=16))
    assert standing(ash) is Standing.NO_ANSWER
    head = Asker(world.organisation, world.head.account)
    respond(asker=head, round_id=row.id, unit=world.staffed.units["Medicine"], promises=WORDS)
    assert standing(ash) is Standing.ANSWERED
    assert standing([("Medicine",)]) is Standing.ANSWERED
    assert standing(surgery) is Standing.NO_ANSWER
    assert standing(whole) is Standing.PARTLY
