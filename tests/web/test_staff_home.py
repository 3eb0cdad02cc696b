"""The first page of the staff pages: what waits for whom, what comes next, and the way on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import Person, StaffWorld, begin_organisation, quick, signed_in

from replenish.people.actions import add_unit, confirm, propose_headcount
from replenish.people.roles import RoleKind
from replenish.safekeeping.doctor.finding import Finding, Weight
from replenish.web.staff.upkeep import health

__all__ = ["instance", "prepared", "quick"]


@pytest.fixture
def ours(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    begin_rounds_world(monkeypatch, "Elsewhere")
    return begin_rounds_world(monkeypatch, "Harbour House")


@pytest.fixture
def new(instance: Instance, quick: None) -> StaffWorld:
    return begin_organisation("New House")


def first_page(person: Person) -> str:
    return signed_in(person).get(reverse("staff-home")).text


def waits(person: Person) -> str:
    """What stands between the heading of what waits, and the next one."""
    return first_page(person).partition('id="waits"')[2].partition("<h2")[0]


@pytest.fixture(autouse=True)
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation in which nothing is to be done."""
    monkeypatch.setattr(health, "examine", tuple)


def test_what_the_installation_needs_waits_for_the_operator_alone(
    ours: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Finding("work.no_backup", Weight.DANGER, "No backup was ever made.", "Make one.")]
    monkeypatch.setattr(health, "examine", lambda: found)
    line = "Something about the installation needs you."
    assert {kind for kind in RoleKind if line in waits(ours.people[kind])} == {RoleKind.OPERATOR}


def test_nothing_waits_is_said_in_a_sentence(ours: RoundsWorld) -> None:
    for kind in RoleKind:
        assert "Nothing waits for you today." in waits(ours.people[kind]), kind


def test_a_proposal_waits_for_the_other_key_alone(ours: RoundsWorld) -> None:
    propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.staffed.units["Ash"]: 13})
    told = {kind for kind in RoleKind if "A proposal waits for your key." in waits(ours.people[kind])}
    assert told == {RoleKind.REPRESENTATIVE}
    assert f'href="{reverse("staff-keys")}"' in waits(ours.people[RoleKind.REPRESENTATIVE])


def test_a_round_waits_for_an_answer_of_those_who_lead(
    ours: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    days_after_close(monkeypatch, live_round(monkeypatch, ours), 2)
    told = {kind for kind in RoleKind if "waits for your answer" in waits(ours.people[kind])}
    assert told == {RoleKind.STEWARD, RoleKind.DEPUTY}
    assert f'href="{reverse("staff-answers")}"' in waits(ours.head)


def test_the_next_season_is_planned_by_those_who_may_when_this_one_nears_its_end(
    ours: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "The next season can be planned."
    steward = ours.people[RoleKind.STEWARD]
    assert line not in waits(steward)
    worlds.set_day(monkeypatch, worlds.BEGINS + timedelta(weeks=9))
    told = {kind for kind in RoleKind if line in waits(ours.people[kind])}
    assert told == {RoleKind.STEWARD, RoleKind.OPERATOR}
    assert line not in waits(ours.head)
    assert signed_in(steward).get(reverse("staff-rounds-plan")).status_code == 200


def test_a_unit_without_a_number_of_people_waits_for_both_keys(new: StaffWorld) -> None:
    line = "nobody has said yet how many people work there"
    told = {kind for kind in RoleKind if line in waits(new.people[kind])}
    assert told == {RoleKind.STEWARD, RoleKind.REPRESENTATIVE}
    proposal = propose_headcount(asker=new.asker(RoleKind.STEWARD), people={new.unit: 9})
    confirm(asker=new.asker(RoleKind.REPRESENTATIVE), proposal=proposal)
    assert line not in waits(new.people[RoleKind.REPRESENTATIVE])
    add_unit(asker=new.operator, name="Ash")
    told = {kind for kind in RoleKind if line in waits(new.people[kind])}
    assert told == {RoleKind.REPRESENTATIVE}, "another unit is not the steward's to count"


def test_what_comes_next_is_the_same_for_everybody(ours: RoundsWorld) -> None:
    first = {
        first_page(ours.people[kind]).partition('<dl class="coming">')[2].partition("</dl>")[0]
        for kind in RoleKind
    }
    (said,) = first
    assert "Round 1 opens" in said
    assert said.count("<dt>") == 3


def test_many_places_stand_in_groups_and_few_in_one_list(new: StaffWorld) -> None:
    assert "Rounds and slips</h2>" in first_page(new.people[RoleKind.STEWARD])
    for kind in RoleKind:
        page = first_page(new.people[kind])
        assert page.count("<h1") == 1
        assert page.index('id="waits"') < page.index("Your part here")


def test_every_other_page_leads_back_to_the_first(new: StaffWorld) -> None:
    client: Client = signed_in(new.people[RoleKind.STEWARD])
    back = f'<a href="{reverse("staff-home")}">Back to the overview</a>'
    assert back not in client.get(reverse("staff-home")).text
    for name in ("staff-report", "staff-keys", "staff-units", "staff-account"):
        assert back in client.get(reverse(name)).text
