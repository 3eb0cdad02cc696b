"""Pages about hard incidents: no room for a name, clocks without blame, a list for one facilitator alone."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlparse

import pytest
import yaml
from django.conf import settings as configured
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.people.cast import FIRST_DAY, set_day
from tests.web.plain_words import forbidden_in
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.debrief.incidents.model import OWN, step_model
from replenish.debrief.incidents.reading import incident_told, incidents_of
from replenish.debrief.incidents.recording import recording_places
from replenish.debrief.incidents.rules import INCIDENT_READERS, RECORDERS
from replenish.debrief.models import AskingList, Incident, TeamOffer
from replenish.people.record_keys import make_key
from replenish.people.roles import RoleKind
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.record_hold import hold_records_open
from replenish.sealing.record_key import RecordSecret
from replenish.web.staff.records.opened import LONGEST, records_cookie

__all__ = ["ours", "quick", "theirs"]

FORM = {
    "kind": "threat", "setting": "shared_space", "band": "9", "severity": "3", "restraint": "yes",
}  # fmt: skip
PAGES = ("staff-incidents", "staff-incidents-write", "staff-incident", "staff-incidents-answers",
         "staff-incidents-restraint")  # fmt: skip


@pytest.fixture(autouse=True)
def first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    set_day(monkeypatch, FIRST_DAY)


def written(client: Browser, unit: str, **changes: str) -> str:
    """The id of an incident that was sent with the form."""
    page = client.get(reverse("staff-incidents-write")).text
    once = re.search(r'name="once" value="([0-9a-f]{32})"', page)
    assert once
    sent = {**FORM, "unit": unit, "day": clock.today().isoformat(), "once": once[1], **changes}
    answer = client.post(reverse("staff-incidents-write"), sent)
    assert answer.status_code == 302, answer.text
    return parse_qs(urlparse(answer["Location"]).query)["incident"][0]


def opened_for(client: Browser, world: StaffWorld, role: RoleKind) -> RecordSecret:
    """Make somebody's phrase and hold their records open in this browser."""
    asker, secret = world.asker(role), RecordSecret.new()
    make_key(asker=asker, secret=secret)
    keys = DeviceKeys(configured.REPLENISH_KEYS)
    held = hold_records_open(
        secret, keys.holding(clock.today()), clock.now() + LONGEST, bound_to=asker.account or ""
    )
    client.cookies[records_cookie()] = held
    client.cookies[records_cookie()]["path"] = "/staff/"
    return secret


def test_no_field_takes_words_about_an_incident(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    incident = written(client, ours.unit)
    for address in (
        reverse("staff-incidents-write"),
        f"{reverse('staff-incident')}?incident={incident}&step=hot_debrief",
    ):
        main = client.get(address).text.partition("</main>")[0]
        assert "<textarea" not in main
        assert set(re.findall(r'<input[^>]* type="(\w+)"', main)) <= {"hidden", "radio", "date"}


def test_an_incident_is_written_down_once_and_shows_what_follows(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    page = client.get(reverse("staff-incidents-write")).text
    once = re.search(r'name="once" value="([0-9a-f]{32})"', page)
    assert once
    sent = {**FORM, "unit": ours.unit, "day": clock.today().isoformat(), "once": once[1]}
    first = client.post(reverse("staff-incidents-write"), sent)
    again = client.post(reverse("staff-incidents-write"), sent)
    assert first["Location"] == again["Location"]
    assert Incident.objects.count() == 1
    shown = client.get(first["Location"]).text
    assert shown.count('<li class="at" id="said">') == 1
    assert all(f"step={step.code}" in shown or "at" in shown for step in step_model().steps)
    assert "Due by today, 14:00." in shown


@pytest.mark.parametrize("missing", ["kind", "setting", "band", "severity", "restraint", "day"])
def test_what_is_missing_is_said_on_top_and_beside_its_field(ours: StaffWorld, missing: str) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    sent = {**FORM, "unit": ours.unit, "day": clock.today().isoformat(), "once": "", missing: ""}
    answer = client.post(reverse("staff-incidents-write"), sent)
    assert answer.status_code == 400
    assert f'href="#{missing}"' in answer.text
    assert f'id="{missing}"' in answer.text
    assert not Incident.objects.exists()


def test_a_step_is_said_and_can_be_mended(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    incident = written(client, ours.unit)
    sent = {"incident": incident, "step": "hot_debrief", "day": clock.today().isoformat(), "band": "12"}
    answer = client.post(reverse("staff-incident"), {**sent, "outcome": "not_done"})
    assert answer.status_code == 400
    assert 'id="because-problem"' in answer.text
    client.post(reverse("staff-incident"), {**sent, "outcome": "not_done", "because": "no_cover"})
    page = client.get(f"{reverse('staff-incident')}?incident={incident}").text
    assert "It did not take place. There was nobody to cover." in page
    client.post(reverse("staff-incident"), {**sent, "outcome": "done", "because": ""})
    assert "Done: today." in client.get(f"{reverse('staff-incident')}?incident={incident}").text
    client.post(reverse("staff-incident"), {**sent, "what": "forget"})
    step = incident_told(ours.asker(RoleKind.STEWARD), incident).step("hot_debrief")
    assert step is not None
    assert step.is_open


def test_a_clock_that_ran_out_is_told_without_blame_or_name(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = written(signed_in(ours.people[RoleKind.STEWARD]), ours.unit)
    set_day(monkeypatch, FIRST_DAY + timedelta(days=5))
    client = signed_in(ours.people[RoleKind.STEWARD])
    page = client.get(f"{reverse('staff-incident')}?incident={incident}").text
    main = page.partition("</main>")[0]
    assert "It is late by 4 days. It still helps." in main
    assert "Steward of Ours" not in main
    assert forbidden_in(re.sub(r"<[^>]+>", " ", main)) == []


def test_the_file_of_steps_changes_the_page(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    incident = written(client, ours.unit)
    model = step_model()
    own = configured.REPLENISH_INSTANCE / OWN
    shipped = model.model_dump(mode="json")
    shipped["steps"][0]["until_hours"] = 3
    shipped["steps"][0]["sources"][0]["says"] = "Our own rule says three hours."
    own.parent.mkdir(exist_ok=True)
    own.write_text(yaml.safe_dump(shipped), "utf-8")
    step_model.cache_clear()
    try:
        page = client.get(f"{reverse('staff-incident')}?incident={incident}").text
    finally:
        own.unlink()
        step_model.cache_clear()
    assert "Due by today, 15:00." in page
    assert "Our own rule says three hours." in page


def test_everybody_sees_their_own_part_and_nobody_else_anything(ours: StaffWorld, theirs: StaffWorld) -> None:
    incident = written(signed_in(ours.people[RoleKind.STEWARD]), ours.unit)
    for role in RoleKind:
        client = signed_in(ours.people[role])
        listed = client.get(reverse("staff-incidents"))
        assert listed.status_code == (200 if role in INCIDENT_READERS else 404)
        assert (incident in listed.text) == (role in INCIDENT_READERS)
        may_write = "Write down that something happened" in listed.text
        assert may_write == (role in RECORDERS)
        other = signed_in(theirs.people[role])
        asked = other.get(f"{reverse('staff-incident')}?incident={incident}")
        assert asked.status_code in {404, 409}
        assert incident not in other.get(reverse("staff-incidents")).text


def test_offers_of_the_private_space_arrive_alike(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    page = client.get(reverse("staff-incidents")).text
    assert "Nobody can tell which." in page
    assert not TeamOffer.objects.exists()
    assert "None stands at the moment." in page


def test_a_list_opens_while_the_facilitators_records_are_open(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    incident = written(client, ours.unit)
    address = f"{reverse('staff-incidents-asking')}?incident={incident}"
    closed = client.get(address).text
    assert "no backup holds it" in closed
    assert "If you lose your phrase, it stays shut for ever." in closed
    opened_for(client, ours, RoleKind.FACILITATOR)
    assert 'name="who"' in client.get(address).text
    sent = {"incident": incident, "who": ["Zebedee Quill", "", "A. B."], "second_check-1": "yes"}
    answer = client.post(reverse("staff-incidents-asking"), sent)
    assert answer.status_code == 302, answer.text
    shown = client.get(answer["Location"]).text
    assert "Zebedee Quill" in shown
    assert shown.index("Zebedee Quill") < shown.index("A. B.")
    assert "no-store" in client.get(address)["Cache-Control"]
    assert AskingList.objects.count() == 1
    steward = signed_in(ours.people[RoleKind.STEWARD])
    assert steward.get(address).status_code == 404
    client.post(reverse("staff-incidents-asking"), {"incident": incident, "what": "give-up"})
    assert not AskingList.objects.exists()


def test_a_list_stays_closed_without_the_phrase_even_when_it_is_sent(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    incident = written(client, ours.unit)
    make_key(asker=ours.asker(RoleKind.FACILITATOR), secret=RecordSecret.new())
    answer = client.post(reverse("staff-incidents-asking"), {"incident": incident, "who": ["Jo"]})
    assert "It opens with your own phrase." in answer.text
    assert not AskingList.objects.exists()


def test_a_list_whose_day_has_come_says_so(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = written(signed_in(ours.people[RoleKind.FACILITATOR]), ours.unit)
    set_day(monkeypatch, FIRST_DAY + timedelta(days=31))
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    page = client.get(f"{reverse('staff-incidents-asking')}?incident={incident}").text
    assert "It is destroyed." in page


def test_a_quarter_is_told_once_and_as_a_band(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    incident = written(client, ours.unit)
    secret = opened_for(client, ours, RoleKind.FACILITATOR)
    who = [f"Person {at}" for at in range(8)]
    yes = {f"second_check-{at}": "yes" for at in range(1, 9)}
    client.post(reverse("staff-incidents-asking"), {"incident": incident, "who": who, **yes})
    assert "It can be told from" in client.get(reverse("staff-incidents-answers")).text
    refused = client.post(reverse("staff-incidents-answers"), {"quarter": "2026Q3"})
    assert refused.status_code == 409
    set_day(monkeypatch, FIRST_DAY + timedelta(days=60))
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    keys = DeviceKeys(configured.REPLENISH_KEYS)
    account = ours.people[RoleKind.FACILITATOR].account
    client.cookies[records_cookie()] = hold_records_open(
        secret, keys.holding(clock.today()), clock.now() + LONGEST, bound_to=account
    )
    client.cookies[records_cookie()]["path"] = "/staff/"
    assert client.post(reverse("staff-incidents-answers"), {"quarter": "2026Q3"}).status_code == 302
    for role in INCIDENT_READERS:
        page = signed_in(ours.people[role]).get(reverse("staff-incidents-answers")).text
        assert "between 60 and 100 in 100" in page
        assert "7-12" in page


def test_recording_points_stand_with_law_mark_and_day(ours: StaffWorld) -> None:
    page = signed_in(ours.people[RoleKind.STEWARD]).get(reverse("staff-incidents-restraint")).text
    for place in recording_places():
        assert place.checked_on.isoformat() in page
    assert "(read in a source, " in page
    assert "(known from the literature, not looked up again, " in page
    assert "<form" not in page.partition("</main>")[0].partition("<main")[2]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_one_heading_and_reads_gently(ours: StaffWorld, name: str) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    written(client, ours.unit)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    page = answer.text
    assert page.count("<h1") == 1
    main = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])
    assert forbidden_in(main) == []


def test_the_list_costs_the_same_however_long_it_is(
    ours: StaffWorld, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    for _at in range(12):
        written(client, ours.unit)
    assert len(incidents_of(ours.asker(RoleKind.FACILITATOR))) == 12
    with django_assert_max_num_queries(25):
        client.get(reverse("staff-incidents"))
