"""The page of a small team: plain words instead of a number, the kit, and the list that all of it reads."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.conditions import worlds
from tests.conditions.facts_world import fact
from tests.conditions.instances import Instance, instance, prepared
from tests.web.carer_world import client_with
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.small_world import (
    POINT,
    numbers_about_people,
    place_of,
    points_on,
    seat_in,
    small_home,
    spoken_text,
    written,
)
from tests.web.staff_world import Person, quick, signed_in

from replenish.basis.errors import Refused
from replenish.conditions.facts.entering import enter_fact
from replenish.ledger.queries import entries
from replenish.people.actions import appoint, dissolve_unit
from replenish.people.roles import READERS, RoleKind
from replenish.people.scopes import WRITERS

__all__ = ["instance", "prepared", "quick"]

PAGE = "staff-conversation"


@pytest.fixture
def home(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return small_home(monkeypatch)


@pytest.fixture
def large(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return begin_rounds_world(monkeypatch)


def entered(world: RoundsWorld) -> list[tuple[str, set[str]]]:
    """What the ledger says about points: the event and its keys."""
    return [
        (one.event, set(one.content)) for one in entries(world.organisation) if one.event.startswith("point")
    ]


@pytest.mark.parametrize("role", READERS)
def test_a_small_home_reads_why_and_what_to_do_and_no_number(home: RoundsWorld, role: RoleKind) -> None:
    page = place_of(signed_in(home.people[role]))
    assert "There is no number about people here." in page
    assert "never on what anybody said" in page
    for name in ("conversation", "conversation-cards", "conversation-cards-pdf", "conversation-guide-pdf"):
        assert f'href="{reverse(name)}"' in page
    assert ("Put it on the list" in page) == (role in WRITERS)
    assert numbers_about_people(spoken_text(page)) == []


def test_a_number_about_people_would_be_found() -> None:
    """The seeded fault: what the crawl looks for is there to be found."""
    assert numbers_about_people("6 of them answered") == ["6"]
    assert numbers_about_people("Six people work here.") == ["Six people"]
    assert numbers_about_people("It closed on 2 February 2026.") == []


def test_a_carer_of_the_small_home_reads_the_list_and_no_number(home: RoundsWorld) -> None:
    steward = signed_in(home.people[RoleKind.STEWARD])
    assert written(steward, home.staffed.units["Willow"]) == 302
    client = client_with(seat_in(home, "Willow"))
    for path in ("/my/report/", "/my/report/page/"):
        page = client.get(path).text
        assert POINT["words"] in page
        assert "never on what anybody said" in page
        assert numbers_about_people(spoken_text(page)) == []
    own = spoken_text(client.get("/my/").text)
    assert "counted for nobody" in own
    assert numbers_about_people(own) == []


def test_a_merged_team_is_told_with_whom_and_a_large_one_that_it_stands_alone(large: RoundsWorld) -> None:
    client = signed_in(large.people[RoleKind.REPRESENTATIVE])
    units = large.staffed.units
    assert "“Oak” is read together with “Elm”." in place_of(client, units["Oak"])
    assert "“Fir” is read by itself." in place_of(client, units["Fir"])
    for unit in (units["Medicine"], "whole"):
        assert "Which units are read together depends on how many people" in place_of(client, unit)


def test_a_steward_of_a_part_reads_and_writes_for_it_alone(large: RoundsWorld) -> None:
    client, units = signed_in(large.head), large.staffed.units
    page = place_of(client)
    assert "<h1>Medicine</h1>" in page
    assert ">Medicine / Oak</option>" in page
    assert "Surgery" not in page
    assert written(client, units["Oak"]) == 302
    for unit in (units["Fir"], "whole", "0" * 32):
        assert client.get(reverse(PAGE), {"unit": unit}).status_code == 404
        assert written(client, unit) == 404


def test_another_organisation_sees_and_changes_nothing(
    large: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = begin_rounds_world(monkeypatch, "Other House")
    ours, other = (signed_in(one.people[RoleKind.STEWARD]) for one in (large, theirs))
    unit = large.staffed.units["Oak"]
    assert written(ours, unit) == 302
    (point,) = points_on(ours, unit)
    assert POINT["words"] not in place_of(other)
    assert other.get(reverse(PAGE), {"unit": unit}).status_code == 404
    assert other.get(reverse(PAGE), {"point": point}).status_code == 409
    assert written(other, "whole", what="done", point=point) == 409
    assert "It is done" in place_of(ours, unit)


def test_a_supervisor_reads_the_list_and_writes_nothing_on_it(home: RoundsWorld) -> None:
    supervisor, unit = signed_in(home.people[RoleKind.SUPERVISOR]), home.staffed.units["Willow"]
    assert written(supervisor, unit) == 404
    assert written(signed_in(home.people[RoleKind.FACILITATOR]), unit) == 302
    page = place_of(supervisor)
    assert POINT["words"] in page
    assert "It is done" not in page
    (point,) = points_on(signed_in(home.people[RoleKind.FACILITATOR]), unit)
    assert written(supervisor, unit, what="done", point=point) == 404


def test_a_point_is_changed_on_its_day_and_later_only_its_state(
    home: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, unit = signed_in(home.people[RoleKind.DEPUTY]), home.staffed.units["Willow"]
    day = worlds.BEGINS + timedelta(days=30)
    assert written(client, unit, by_when=day.isoformat()) == 302
    assert written(client, unit, by_when=day.isoformat()) == 302, "sent twice, it stays one point"
    (point,) = points_on(client, unit)
    assert f'value="{POINT["words"]}"' in client.get(reverse(PAGE), {"unit": unit, "point": point}).text
    assert written(client, unit, point=point, words="Breaks are covered by name") == 302
    page = place_of(client, unit)
    assert POINT["words"] not in page
    assert "Breaks are covered by name" in page
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=1))
    client = signed_in(home.people[RoleKind.DEPUTY])
    assert "Change the words" not in place_of(client, unit)
    assert written(client, unit, point=point) == 409
    for what, shown in (
        ("done", "Done on"),
        ("done", "Done on"),
        ("again", "Agreed on"),
        ("let-go", "Let go on"),
    ):
        assert written(client, unit, what=what, point=point) == 302
        assert shown in place_of(client, unit)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=200))
    page = place_of(signed_in(home.people[RoleKind.DEPUTY]), unit)
    assert "Nothing stands here yet." in page, "what ended long ago makes room"
    assert entered(home) == [
        ("point_agreed", {"point", "unit", "condition"}),
        ("point_changed", {"point"}),
        *[("point_state_set", {"point", "state"})] * 3,
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", "  "),
        ("words", "x" * 281),
        ("words", "a\x07b"),
        ("condition", "morale"),
        ("taken_on_by", "Ada"),
        ("by_when", "soon"),
        ("by_when", "2020-01-01"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(home: RoundsWorld, field: str, value: str) -> None:
    client, unit = signed_in(home.people[RoleKind.STEWARD]), home.staffed.units["Willow"]
    answer = client.post(reverse(PAGE), {**POINT, "unit": unit, field: value})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert points_on(client, unit) == []


def test_a_full_list_asks_to_finish_first(home: RoundsWorld) -> None:
    client, unit = signed_in(home.people[RoleKind.STEWARD]), home.staffed.units["Willow"]
    for number in range(20):
        assert written(client, unit, words=f"Point {number}") == 302
    assert written(client, unit, words="One more") == 400


def test_somebody_whose_unit_is_gone_reads_what_to_do(home: RoundsWorld) -> None:
    made = appoint(asker=home.staffed.operator, role="deputy", name="Dee", unit=home.staffed.units["Willow"])
    assert made.code is not None
    client = signed_in(Person(made.account, made.code))
    assert "<h1>Willow</h1>" in place_of(client)
    dissolve_unit(asker=home.staffed.operator, unit=home.staffed.units["Willow"])
    assert "You act for no unit that stands today." in place_of(client)


def test_words_are_text_alone(home: RoundsWorld) -> None:
    client, unit = signed_in(home.people[RoleKind.STEWARD]), home.staffed.units["Willow"]
    assert written(client, unit, words="<script>x</script> & #hash") == 302
    for page in (place_of(client, unit), client_with(seat_in(home, "Willow")).get("/my/report/").text):
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page


def test_facts_of_the_small_home_stand_on_both_sides_and_none_about_its_people(
    home: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each figure on the page of the home is one that somebody entered about what is provided."""
    unit, steward = home.staffed.units["Willow"], home.staffed.steward
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(days=60))
    enter_fact(asker=steward, entry=fact(unit, 5, 6))
    with suppress(Refused):
        enter_fact(asker=steward, entry=fact(unit, 11, 132, kind="sickness_absence"))
    pages = [
        place_of(signed_in(home.people[RoleKind.STEWARD])),
        client_with(seat_in(home, "Willow")).get("/my/report/").text,
    ]
    for page in map(spoken_text, pages):
        assert "Reflective supervision held" in page
        assert "5 of 6" in page
        assert "11 of" not in page
        assert "132" not in page
