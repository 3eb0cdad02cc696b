"""The conditions report as those with a part read it: their own first, nothing early or of others."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.urls import reverse
from tests.conditions.instances import Instance, instance, prepared
from tests.web.rounds_world import (
    SERVICE,
    RoundsWorld,
    begin_rounds_world,
    days_after_close,
    live_round,
)
from tests.web.staff_world import Browser, Person, quick, signed_in

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import response
from replenish.conditions.models import PublishedRelease, Round
from replenish.conditions.response import respond
from replenish.leadership.queries import Promise
from replenish.people.actions import add_unit, appoint, dissolve_unit
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS, READERS, RoleKind
from replenish.web.conditions_report.parts import THE_WHOLE

__all__ = ["instance", "prepared", "quick"]

PAGES = ("staff-report", "staff-report-page", "staff-report-pictures")
FILES = ("staff-report-csv", "staff-report-picture-svg", "staff-report-pictures-zip")
PAPER = ("staff-report-pdf", "staff-report-page-pdf", "staff-report-picture-png")
OTHERS = tuple(kind for kind in READERS if kind not in LEADERS)
PROMISES = (Promise("Fridays end at four.", "", None),)
NOTHING_READ = "What was published was changed since"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    """One round that members can read today."""
    made = begin_rounds_world(monkeypatch)
    days_after_close(monkeypatch, live_round(monkeypatch, made), 2)
    return made


def answered(
    world: RoundsWorld, *, by: Person | None = None, unit: str | None = None, number: int = 1
) -> None:
    """Somebody answers a round; the steward for the whole organisation unless somebody else is named."""
    asker = Asker(world.organisation, by.account) if by else world.asker(RoleKind.STEWARD)
    row = Round.objects.get(number=number, season__organisation=world.organisation)
    respond(asker=asker, round_id=row.id, unit=unit, promises=PROMISES)


def page_of(client: Browser, name: str = "staff-report", **chosen: str) -> str:
    response = client.get(reverse(name), chosen)
    assert response.status_code == 200, (name, response.status_code)
    return response.text


def readable(client: Browser, name: str) -> str:
    """Everything that can be read in a page or a file that is text."""
    response = client.get(reverse(name))
    assert response.status_code == 200, (name, response.status_code)
    if name != "staff-report-pictures-zip":
        return str(response.content.decode())
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        named = [one for one in archive.namelist() if one.endswith(".svg")]
        return "\n".join(archive.read(one).decode() for one in named)


def facts_line(page: str) -> str:
    found = re.search(r'<p class="lead">([^<]*)</p>', page)
    assert found is not None
    return found[1]


def test_each_reader_reads_the_whole_and_a_steward_of_a_part_their_part(world: RoundsWorld) -> None:
    answered(world)
    for role in READERS:
        said = facts_line(page_of(signed_in(world.people[role])))
        assert said.startswith("The whole organisation. Round 1, closed on"), role
    assert facts_line(page_of(signed_in(world.head))).startswith(f"{SERVICE}. Round 1")


def test_a_steward_of_a_team_reads_its_group_also_where_it_is_merged(world: RoundsWorld) -> None:
    answered(world)
    for team, label in (("Ash", "Medicine: Ash"), ("Oak", "Medicine: Elm and Oak")):
        made = appoint(
            asker=world.staffed.operator, role="steward", name=team, unit=world.staffed.units[team]
        )
        assert made.code is not None
        page = page_of(signed_in(Person(made.account, made.code)))
        assert facts_line(page).startswith(f"{label}. Round 1")
    assert "so that nobody can be seen in it" in page


def test_another_part_is_chosen_by_a_code_that_names_nothing(world: RoundsWorld) -> None:
    answered(world)
    client = signed_in(world.head)
    keys = set(re.findall(r"\?part=([^\"&]*)", page_of(client)))
    assert len(keys) == 7
    assert all(re.fullmatch(r"[0-9a-f]{12}", key) for key in keys)
    for name in (*PAGES, *FILES):
        assert client.get(reverse(name), {"part": THE_WHOLE.key}).status_code == 200
        for hostile in ("0" * 12, "../", SERVICE, "1 OR 1=1"):
            assert client.get(reverse(name), {"part": hostile}).status_code == 404
    assert client.get(reverse("staff-report-picture-svg"), {"picture": "rounds-99"}).status_code == 404


def test_a_release_that_waits_is_nowhere_and_its_leaders_are_told(world: RoundsWorld) -> None:
    hash_ = PublishedRelease.objects.get(number=1).hash
    for person in (*(world.people[role] for role in LEADERS), world.head):
        client = signed_in(person)
        for name in (*PAGES, *FILES):
            text = readable(client, name)
            for told in (
                hash_[:16],
                "organisation. Round 1",
                "Medicine: Ash",
                "lie above",
                "lie below",
            ):
                assert told not in text, (name, told)
        assert client.get(reverse("staff-home")).text.find(hash_[:16]) == -1
        page = page_of(client)
        assert "Waiting for your answer" in page
        assert "Round 1 closed on 2 February 2026" in page
        assert "Staff read it from 4 February 2026 on, whatever you do." in page
        assert 'href="/staff/answers/"' in page
        assert "Nothing has been published yet" not in page
    for role in OTHERS:
        page = page_of(signed_in(world.people[role]))
        assert "Waiting for your answer" not in page
        assert hash_[:16] in page


def test_a_waiting_release_is_in_no_picture_and_on_no_paper(world: RoundsWorld) -> None:
    """They are drawn from what the page is drawn from; here it is seen that they hold less than they will."""
    client = signed_in(world.head)
    before = {name: client.get(reverse(name)).content for name in PAPER}
    answered(world, by=world.head, unit=world.staffed.units[SERVICE])
    after = {name: client.get(reverse(name)).content for name in PAPER}
    assert all(len(after[name]) > len(before[name]) * 1.1 for name in PAPER)


def test_an_answer_opens_the_round_to_those_it_covers(world: RoundsWorld) -> None:
    answered(world, by=world.head, unit=world.staffed.units[SERVICE])
    assert facts_line(page_of(signed_in(world.head))).startswith(f"{SERVICE}. Round 1")
    assert "Waiting for your answer" in page_of(signed_in(world.people[RoleKind.STEWARD]))


def test_whoever_leads_and_plays_another_part_waits_as_leaders_do(world: RoundsWorld) -> None:
    both = world.people[RoleKind.FACILITATOR]
    appoint(
        asker=world.staffed.operator, role="deputy", account=both.account, unit=world.staffed.units[SERVICE]
    )
    page = page_of(signed_in(both))
    assert "Waiting for your answer" in page
    assert "Round 1, closed on" not in facts_line(page)
    assert PublishedRelease.objects.get().hash[:16] not in page


def test_a_waiting_round_leaves_the_others_to_read(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world)
    days_after_close(monkeypatch, live_round(monkeypatch, world, shift=20), 2)
    steward, speaker = (
        page_of(signed_in(world.people[role])) for role in (RoleKind.STEWARD, RoleKind.REPRESENTATIVE)
    )
    assert facts_line(steward).startswith("The whole organisation. Round 1")
    assert facts_line(speaker).startswith("The whole organisation. Round 2")
    assert '<tr><th scope="row">2</th>' in speaker
    assert '<tr><th scope="row">2</th>' not in steward


def test_nobody_reads_before_the_members(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live_round(monkeypatch, world)
    for days in (0, 1):
        days_after_close(monkeypatch, row, days)
        for role in READERS:
            page = page_of(signed_in(world.people[role]))
            assert not facts_line(page).startswith("The whole organisation. Round 2"), (role, days)
            assert PublishedRelease.objects.get(number=2).hash[:16] not in page


def test_nothing_of_another_organisation_is_ever_read(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = begin_rounds_world(monkeypatch)
    teams = {"Lower": {"Larch": 14, "Rowan": 12}, "Upper": {"Birch": 20}}
    theirs = begin_rounds_world(monkeypatch, "Hill School", teams)
    row = live_round(monkeypatch, ours)
    days_after_close(monkeypatch, row, 2)
    ours_keys = set(
        re.findall(r"\?part=([0-9a-f]+)", page_of(signed_in(ours.people[RoleKind.REPRESENTATIVE])))
    )
    ours_hash = PublishedRelease.objects.get(organisation=ours.organisation).hash[:16]
    stranger = signed_in(theirs.people[RoleKind.REPRESENTATIVE])
    for name in (*PAGES, *FILES):
        text = readable(stranger, name)
        assert "Hill School" in text or name == "staff-report-csv"
        for foreign in (
            "Harbour House",
            "Medicine",
            "Surgery",
            "Ash",
            ours_hash,
        ):
            assert foreign not in text, (name, foreign)
        for key in ours_keys - {THE_WHOLE.key}:
            assert stranger.get(reverse(name), {"part": key}).status_code == 404
        assert Browser().get(reverse(name)).status_code == 404
        assert signed_in(ours.people[RoleKind.OPERATOR]).get(reverse(name)).status_code == 404


def test_a_steward_whose_unit_has_ended_is_told_and_reads_on(
    world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world)
    made = appoint(asker=world.staffed.operator, role="steward", name="A", unit=world.staffed.units["Yew"])
    dissolve_unit(asker=world.staffed.operator, unit=world.staffed.units["Yew"])
    assert made.code is not None
    page = page_of(signed_in(Person(made.account, made.code)))
    assert "Surgery / Yew has ended. Its people stay in their group until the season is over." in page
    assert facts_line(page).startswith("Surgery: Yew. Round 1")


def test_a_steward_of_a_unit_without_a_group_is_told_and_reads_the_whole(world: RoundsWorld) -> None:
    answered(world)
    unit = add_unit(asker=world.staffed.operator, name="Elder", parent=world.staffed.units["Surgery"])
    made = appoint(asker=world.staffed.operator, role="steward", name="A", unit=unit)
    assert made.code is not None
    page = page_of(signed_in(Person(made.account, made.code)))
    assert "No group of the newest round holds Surgery / Elder yet." in page
    assert facts_line(page).startswith("The whole organisation. Round 1")


def test_whoever_leads_two_units_finds_both(world: RoundsWorld) -> None:
    answered(world)
    appoint(
        asker=world.staffed.operator,
        role="steward",
        account=world.head.account,
        unit=world.staffed.units["Yew"],
    )
    page = page_of(signed_in(world.head))
    told = page.split("You answer for")[2].split("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", told) == [SERVICE, "Surgery: Yew"]


def test_what_was_changed_at_rest_is_not_shown(world: RoundsWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(*_asked: object) -> None:
        refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=1)

    monkeypatch.setattr(response, "releases_for_members", changed)
    for name in (*PAGES, *FILES, *PAPER):
        answer = signed_in(world.people[RoleKind.REPRESENTATIVE]).get(reverse(name))
        assert answer.status_code == 409
        assert NOTHING_READ in answer.text
