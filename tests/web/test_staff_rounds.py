"""Seasons and rounds on pages: everybody reads them, two parts change them, and nothing unseen is fixed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import Browser, quick, signed_in

from replenish.basis.errors import Refused
from replenish.conditions import queries
from replenish.conditions.calendar import DAY, Pause
from replenish.conditions.models import Round, Season, State
from replenish.conditions.rounds import cancel, open_due, pause, plan_of, plan_season, preview_pause
from replenish.ledger.queries import entries
from replenish.people.actions import add_unit
from replenish.people.roles import RoleKind
from replenish.web.staff.rounds import overview

__all__ = ["instance", "prepared", "quick"]

ROUNDS, PLAN, HOLIDAYS, CANCEL = (f"/staff/rounds/{place}" for place in ("", "plan/", "holidays/", "cancel/"))
NEXT = worlds.BEGINS + timedelta(weeks=12)


@pytest.fixture
def both(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> tuple[RoundsWorld, RoundsWorld]:
    return begin_rounds_world(monkeypatch), begin_rounds_world(monkeypatch, "Theirs")


@pytest.fixture
def world(both: tuple[RoundsWorld, RoundsWorld]) -> RoundsWorld:
    return both[0]


def steward(world: RoundsWorld) -> Browser:
    return signed_in(world.people[RoleKind.STEWARD])


def seen(client: Browser, form: dict[str, str]) -> dict[str, str]:
    """The hidden fields of the plan that was shown."""
    shown = client.post(PLAN, {**form, "step": "preview"})
    assert shown.status_code == 200, shown.text
    return {**form, "seen": shown.context["plan"].hash, "number": str(shown.context["plan"].number)}


@pytest.mark.parametrize("kind", list(RoleKind))
def test_everybody_reads_rounds_and_groups_with_the_reason(world: RoundsWorld, kind: RoleKind) -> None:
    page = signed_in(world.people[kind]).get(ROUNDS)
    assert page.status_code == 200
    assert "Medicine: Elm and Oak" in page.text
    assert "Medicine / Oak is too small to stand alone, so these are read together." in page.text
    assert page.text.count("It is large enough to stand alone.") == 3
    may = kind in (RoleKind.STEWARD, RoleKind.OPERATOR)
    assert (PLAN in page.text) is may
    assert ("A steward of the whole organisation plans" in page.text) is not may


def test_the_days_are_those_of_the_rounds(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live_round(monkeypatch, world)
    shown = steward(world).get(ROUNDS).context["seasons"][0].rounds[0]
    assert (shown.starts_on, shown.last_day) == (worlds.BEGINS, row.closes_on - DAY)
    assert shown.read_from == row.closes_on + timedelta(days=2)
    assert shown.state == "Closed"


@pytest.mark.parametrize("address", [PLAN, HOLIDAYS, CANCEL])
def test_nobody_else_finds_the_pages_that_change_something(world: RoundsWorld, address: str) -> None:
    allowed = {RoleKind.STEWARD, RoleKind.OPERATOR}
    for kind, person in world.people.items():
        expected = 200 if kind in allowed else 404
        assert signed_in(person).get(address).status_code == expected, kind
    head = signed_in(world.head)
    assert head.get(address).status_code == head.post(address, {"step": "fix"}).status_code == 404


@pytest.mark.parametrize("role", [RoleKind.DEPUTY, RoleKind.REPRESENTATIVE, RoleKind.FACILITATOR])
def test_the_actions_themselves_refuse_everybody_else(world: RoundsWorld, role: RoleKind) -> None:
    asker = world.asker(role)
    found = queries.rounds(world.organisation)[0]
    with pytest.raises(Refused):
        plan_season(asker=asker)
    with pytest.raises(Refused):
        pause(asker=asker, first=worlds.BEGINS, until=worlds.BEGINS + DAY)
    with pytest.raises(Refused):
        preview_pause(asker=asker, first=worlds.BEGINS, until=worlds.BEGINS + DAY)
    with pytest.raises(Refused):
        cancel(found.round, asker=asker)
    assert len(queries.seasons(world.organisation)) == 1
    assert queries.rounds(world.organisation)[0] == found


def test_a_season_is_planned_as_it_was_shown_and_once(world: RoundsWorld) -> None:
    client = steward(world)
    form = {"starts-on": NEXT.isoformat(), "weeks": "3", "first-1": "2026-04-06", "last-1": "2026-04-12"}
    fields = seen(client, form)
    assert Season.objects.filter(organisation=world.organisation).count() == 1, "a preview writes nothing"
    for _ in range(2):
        assert client.post(PLAN, {**fields, "step": "fix"})["Location"] == ROUNDS
    season = queries.seasons(world.organisation)[1]
    days = [(one.starts_on, one.closes_on) for one in queries.rounds(world.organisation)[3:]]
    assert days[0] == (NEXT, NEXT + timedelta(weeks=4)), "three weeks and one of holidays"
    assert len(days) == 3
    assert "Season 2 is planned" in client.get(ROUNDS).text
    assert season.starts_on == NEXT


def test_what_changed_since_it_was_shown_is_not_fixed(world: RoundsWorld) -> None:
    client = steward(world)
    fields = seen(client, {"starts-on": NEXT.isoformat(), "weeks": "4"})
    world.staffed.declare({"Oak": 14})
    page = client.post(PLAN, {**fields, "step": "fix"})
    assert page.status_code == 400
    assert "Something has changed since this plan was shown" in page.text
    assert len(queries.seasons(world.organisation)) == 1


def test_units_without_a_headcount_are_listed_with_the_way_to_it(world: RoundsWorld) -> None:
    add_unit(asker=world.staffed.operator, name="Ivy", parent=world.staffed.units["Surgery"])
    page = steward(world).get(PLAN)
    assert "Surgery / Ivy" in page.text
    assert "/staff/keys/headcount/" in page.text
    by_operator = signed_in(world.people[RoleKind.OPERATOR]).get(PLAN)
    assert "Ask a steward or a representative" in by_operator.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"starts-on": "soon"}, "starts-on"),
        ({"starts-on": "2025-01-01"}, "starts-on"),
        ({"starts-on": "9999-12-31"}, "starts-on"),
        ({"starts-on": "2026-02-01"}, "starts-on"),
        ({"weeks": "9"}, "weeks"),
        ({"weeks": "²"}, "weeks"),
        ({"first-2": "2026-05-01"}, "last-2"),
        ({"first-2": "2026-05-02", "last-2": "2026-05-01"}, "last-2"),
        ({"first-2": "2026-05-01", "last-2": "2026-07-01"}, "last-2"),
    ],
)
def test_a_form_that_cannot_be_says_where(world: RoundsWorld, form: dict[str, str], field: str) -> None:
    sent = {"starts-on": NEXT.isoformat(), "weeks": "4", **form, "step": "preview"}
    page = steward(world).post(PLAN, sent)
    assert page.status_code == 400
    assert f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text


def test_holidays_show_what_moves_and_move_just_that(world: RoundsWorld) -> None:
    client = steward(world)
    form = {"first-1": "2026-01-12", "last-1": "2026-01-18"}
    page = client.post(HOLIDAYS, {**form, "step": "preview"})
    promised = [
        (number, after.starts_on, after.closes_on) for number, _, _, after, _ in page.context["moves"]
    ]
    assert len(promised) == 3
    assert queries.rounds(world.organisation)[0].closes_on == worlds.BEGINS + timedelta(weeks=4)
    for _ in range(2):
        assert client.post(HOLIDAYS, {**form, "step": "fix"})["Location"] == ROUNDS
    found = [(one.number, one.starts_on, one.closes_on) for one in queries.rounds(world.organisation)]
    assert found == promised
    paused = [one for one in entries(world.organisation) if one.event == "round_paused"]
    assert len(paused) == 3, "a form that was sent twice pauses once"
    listed = client.get(ROUNDS).context["seasons"][0].holidays
    assert [(one.first, one.last) for one in listed] == [(date(2026, 1, 12), date(2026, 1, 18))]


def test_a_round_is_given_up_after_a_second_question(both: tuple[RoundsWorld, RoundsWorld]) -> None:
    world, theirs = both
    open_due()
    client = steward(world)
    row = Round.objects.get(season__organisation=world.organisation, number=1)
    asked = client.post(CANCEL, {"round": row.id, "step": "ask"})
    assert "All that was given for this round is destroyed" in asked.text
    row.refresh_from_db()
    assert row.state == State.OPEN
    for _ in range(2):
        assert client.post(CANCEL, {"round": row.id, "step": "cancel"})["Location"] == ROUNDS
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert "Given up: nothing is published" in client.get(ROUNDS).text
    foreign = queries.rounds(theirs.organisation)[0]
    assert client.post(CANCEL, {"round": foreign.round, "step": "cancel"}).status_code == 404
    assert queries.rounds(theirs.organisation)[0].state == "open"


def test_groups_whose_leaders_never_answer_are_named_with_what_ends_it(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = steward(world)
    assert "Answers pause in these groups" not in client.get(ROUNDS).text
    monkeypatch.setattr(overview, "paused_groups", {world.organisation: ("Surgery: Fir",)}.__getitem__)
    page = signed_in(world.people[RoleKind.DEPUTY]).get(ROUNDS)
    assert "Answers pause in these groups" in page.text
    assert "The group's answers count again as soon as a leader answers." in page.text.replace("&#x27;", "'")


def test_an_organisation_that_is_too_small_reads_why_there_is_no_round(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = begin_rounds_world(monkeypatch, teams={"Home": {"Bay": 6}})
    client = steward(small)
    page = client.get(ROUNDS)
    assert "There are too few people to form one group" in page.text
    begins = seen(client, {"starts-on": NEXT.isoformat(), "weeks": "4"})
    assert client.post(PLAN, {**begins, "step": "fix"}).status_code == 302
    assert len(queries.seasons(small.organisation)) == 2


days = st.integers(min_value=0, max_value=150)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    weeks=st.integers(min_value=2, max_value=8),
    later=st.integers(min_value=0, max_value=30),
    pauses=st.lists(st.tuples(days, st.integers(min_value=1, max_value=42)), max_size=3),
    people=st.fixed_dictionaries({"Ash": st.integers(0, 30), "Oak": st.integers(0, 30)}),
)
def test_what_is_shown_is_what_is_then_planned(
    world: RoundsWorld, weeks: int, later: int, pauses: list[tuple[int, int]], people: dict[str, int]
) -> None:
    asker = world.asker(RoleKind.STEWARD)
    world.staffed.declare(people)
    first = queries.seasons(world.organisation)[-1].ends_on + timedelta(days=later)
    holidays = [Pause(first + at * DAY, first + (at + long) * DAY) for at, long in pauses]
    asked: dict[str, Any] = {"starts_on": first, "weeks": weeks, "pauses": holidays}
    shown = plan_of(world.organisation, **asked)
    before = len(queries.rounds(world.organisation))
    season = plan_season(asker=asker, seen=shown.hash, **asked)
    found = queries.rounds(world.organisation)[before:]
    assert [(one.starts_on, one.closes_on) for one in found] == [
        (one.starts_on, one.closes_on) for one in shown.spans
    ]
    assert queries.seasons(world.organisation)[-1].groups == tuple(
        one.label for one in shown.partition.groups
    )
    assert sorted(season.headcount.values()) == sorted(unit.people for unit in shown.units)
