"""In a real browser: a pair on phones plans, prepares and meets; where the line breaks, nothing is lost."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.staff import come_in, signed_in
from tests.journeys.thin_line import Fate, ThinLine
from tests.supervision.pairs import agreed
from tests.web.staff_world import Person, StaffWorld, begin_organisation, quick

from replenish.basis import clock
from replenish.people.models import Session
from replenish.people.record_keys import make_key, opened_key
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordSecret
from replenish.supervision.meetings import When, plan_meeting
from replenish.supervision.models import Meeting
from replenish.supervision.notebook import begin_notebook, read_notebook
from replenish.web.staff.records import opened

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = VIEWS["phone, light"]
SUPERVISOR, SUPERVISEE = RoleKind.SUPERVISOR, RoleKind.DEPUTY
NO_LINE = "There is no line to the server now. What you wrote is still here"
SOON = 15_000


@pytest.fixture
def world(
    live_server: LiveServer, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> StaffWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_organisation("Willow House")


@pytest.fixture
def agreement(world: StaffWorld) -> str:
    parties = {world.people[SUPERVISOR].account: "supervisor", world.people[SUPERVISEE].account: "supervisee"}
    return agreed(world.organisation, world.unit, parties)


@pytest.fixture
def meeting(world: StaffWorld, agreement: str) -> str:
    when = When(clock.today() + timedelta(days=3), "14:00", "Quiet room", "in-person")
    asker, once = world.asker(SUPERVISEE), secrets.token_hex(16)
    return plan_meeting(asker=asker, agreement=agreement, when=when, due_on=None, once=once)


@pytest.fixture
def secret(world: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> RecordSecret:
    """The phrase of the supervisee, whose records stand open in every browser."""
    made = RecordSecret.new()
    for role, one in ((SUPERVISEE, made), (SUPERVISOR, RecordSecret.new())):
        make_key(asker=world.asker(role), secret=one)
        begin_notebook(world.asker(role))
    account = world.people[SUPERVISEE].account
    monkeypatch.setattr(opened, "opened", lambda _request, asker: made if asker.account == account else None)
    return made


def fill_in(page: Page) -> None:
    page.get_by_label("Day").fill((clock.today() + timedelta(days=9)).isoformat())
    page.get_by_label("Begins at").fill("10:30")
    page.get_by_label("Where").fill("The room by the garden")


def own_words(world: StaffWorld, secret: RecordSecret) -> list[str]:
    asker = world.asker(SUPERVISEE)
    return [note.text for note in read_notebook(asker, opened_key(asker, secret))]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_page_is_sound(
    browser: Browser,
    live_server: LiveServer,
    world: StaffWorld,
    meeting: str,
    secret: RecordSecret,
    view: View,
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISEE], view)
    one = f"?meeting={meeting}"
    for path in (
        "", "meeting/", f"meeting/{one}", "meeting/plan/", f"meeting/move/{one}", f"meeting/call-off/{one}",
        f"meeting/prepare/{one}", "calendar/", f"guide/{one}", f"guide/session/{one}&cycle=seven-eyed",
        "rhythms/",
    ):  # fmt: skip
        page.goto(f"{live_server.url}/staff/supervision/{path}")
        require_sound(page)
    page.context.close()


def test_a_plan_made_without_a_line_waits_on_its_page_and_goes_by_itself(
    browser: Browser, live_server: LiveServer, world: StaffWorld, agreement: str
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISEE], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/meeting/plan/?agreement={agreement}")
    page.context.set_offline(True)
    fill_in(page)
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("status").filter(has_text=NO_LINE)).to_be_visible()
    expect(page.get_by_label("Where")).to_have_value("The room by the garden")
    require_sound(page)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not Meeting.objects.exists()
    page.context.set_offline(False)
    page.wait_for_url("**/meeting/?meeting=*", timeout=SOON)
    assert "The room by the garden" in page.inner_text("main")
    assert Meeting.objects.count() == 1
    page.context.close()


def test_a_lost_answer_makes_no_second_meeting(
    browser: Browser, live_server: LiveServer, world: StaffWorld, agreement: str
) -> None:
    lost: list[str] = []

    def fate(line: str) -> Fate:
        if line.startswith("POST") and "/plan/" in line and not lost:
            lost.append(line)
            return Fate.ANSWER_LOST
        return Fate.PASSES

    with ThinLine(live_server.url, fate=fate).open() as line:
        page = signed_in(browser, line.url, world.people[SUPERVISEE], PHONE)
        page.goto(f"{line.url}/staff/supervision/meeting/plan/?agreement={agreement}")
        fill_in(page)
        page.get_by_role("button", name="Plan it").click()
        page.wait_for_url("**/meeting/?meeting=*", timeout=SOON)
        assert lost
        assert Meeting.objects.count() == 1
        page.context.close()


def test_what_is_written_on_while_the_line_is_gone_is_kept_whole(
    browser: Browser, live_server: LiveServer, world: StaffWorld, meeting: str, secret: RecordSecret
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISEE], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/meeting/prepare/?meeting={meeting}")
    page.context.set_offline(True)
    text = page.get_by_label("In your own words")
    text.fill("The long corridor.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("status").filter(has_text=NO_LINE)).to_be_visible()
    page.get_by_role("button", name="Change it first").click()
    text.fill("The long corridor. And the quiet after it.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.get_by_role("status").filter(has_text=NO_LINE)).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_label("In your own words")).to_be_editable(timeout=SOON)
    expect(page.get_by_label("In your own words")).to_have_value("The long corridor. And the quiet after it.")
    assert own_words(world, secret) == ["The long corridor. And the quiet after it."]
    page.context.close()


def test_whoever_was_signed_out_meanwhile_signs_in_beside_it_and_sends_it(
    browser: Browser, live_server: LiveServer, world: StaffWorld, meeting: str, secret: RecordSecret
) -> None:
    person: Person = world.people[SUPERVISEE]
    page = signed_in(browser, live_server.url, person, PHONE)
    page.goto(f"{live_server.url}/staff/supervision/meeting/prepare/?meeting={meeting}")
    page.get_by_label("In your own words").fill("Half a page of thoughts")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep it for me").click()
    with page.expect_popup() as beside:
        page.get_by_role("link", name="Sign in in another window").click()
    come_in(beside.value, person)
    beside.value.close()
    if page.get_by_role("button", name="Try now").is_visible():
        page.get_by_role("button", name="Try now").click()
    expect(page.get_by_label("In your own words")).to_be_editable(timeout=SOON)
    assert own_words(world, secret) == ["Half a page of thoughts"]
    page.context.close()


def test_what_is_refused_leaves_the_words_where_they_are(
    browser: Browser, live_server: LiveServer, world: StaffWorld, meeting: str, agreement: str
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISEE], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/meeting/move/?meeting={meeting}")
    fill_in(page)
    page.get_by_label("From the organisation").check()
    Meeting.objects.update(state="cancelled", side="supervisor", reason="away")
    page.get_by_role("button", name="Move it").click()
    status = page.get_by_role("status").filter(
        has_text="omething else was written about this meeting meanwhile"
    )
    expect(status).to_be_visible()
    expect(page.get_by_label("Where")).to_have_value("The room by the garden")
    expect(page.get_by_label("Where")).to_be_editable()
    page.context.close()


def test_a_wrong_time_is_said_beside_its_field_without_leaving_the_page(
    browser: Browser, live_server: LiveServer, world: StaffWorld, agreement: str
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISEE], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/meeting/plan/?agreement={agreement}")
    fill_in(page)
    page.get_by_label("Begins at").fill("half past ten")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the time as 14:30")
    assert page.title().startswith("Look again")
    require_sound(page)
    page.get_by_label("Begins at").fill("10:30")
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url("**/meeting/?meeting=*", timeout=SOON)
    page.context.close()


def test_the_clock_of_a_session_counts_the_time_that_is_kept(
    browser: Browser, live_server: LiveServer, world: StaffWorld, meeting: str
) -> None:
    page = signed_in(browser, live_server.url, world.people[SUPERVISOR], PHONE)
    page.clock.install()
    page.goto(f"{live_server.url}/staff/supervision/guide/session/?meeting={meeting}&cycle=driscoll")
    now = page.locator("[data-now]")
    page.get_by_role("button", name="Begin").click()
    expect(now).to_have_text("Arrive: about 5 minutes left.")
    page.context.set_offline(True)
    page.clock.run_for("06:00")
    expect(now).to_have_text("Arrive: its time is over. Stay, or go on.")
    page.get_by_role("button", name="On to the next part").click()
    page.clock.run_for("09:00")
    expect(page.locator("[data-so-far]")).to_have_text("9 minutes of reflection so far, of 30.")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for("20:00")
    expect(page.locator("[data-so-far]")).to_have_text("9 minutes of reflection so far, of 30.")
    assert float(page.locator("[data-kept]").get_attribute("width") or 0) == pytest.approx(15.0, abs=0.2)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator('[aria-current="step"]')).to_have_count(1)
    page.context.close()


def test_without_script_a_form_is_sent_as_ever(
    browser: Browser, live_server: LiveServer, world: StaffWorld, agreement: str
) -> None:
    page = signed_in(
        browser, live_server.url, world.people[SUPERVISEE], {**PHONE, "java_script_enabled": False}
    )
    page.goto(f"{live_server.url}/staff/supervision/meeting/plan/?agreement={agreement}")
    fill_in(page)
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url("**/meeting/?meeting=*")
    assert Meeting.objects.count() == 1
    page.context.close()


def test_a_pair_meets_with_the_guide_and_both_confirm_what_is_written_down(
    browser: Browser, live_server: LiveServer, world: StaffWorld, agreement: str
) -> None:
    now, once = When(clock.today(), "09:00", "Quiet room", "in-person"), secrets.token_hex(16)
    plan_meeting(asker=world.asker(SUPERVISEE), agreement=agreement, when=now, due_on=None, once=once)
    page = signed_in(browser, live_server.url, world.people[SUPERVISOR], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/")
    page.get_by_role("link", name="09:00").click()
    page.get_by_role("link", name="Guide for the session").click()
    page.get_by_role("link", name="Three questions").click()
    assert "30 of 60 minutes are kept for reflection." in page.inner_text("main")
    page.get_by_role("link", name="Back to the meeting").click()
    page.get_by_role("link", name="We met").click()
    require_sound(page)
    for question in ("Was the agreed time", "Was it interrupted", "Did somebody offer"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    page.get_by_role("group", name="What did it touch").get_by_label("Support").check()
    page.get_by_role("button", name="We met").click()
    page.wait_for_url("**/meeting/?meeting=*")
    require_sound(page)
    other = signed_in(browser, live_server.url, world.people[SUPERVISEE], PHONE)
    other.goto(page.url)
    require_sound(other)
    other.get_by_role("button", name="This is how it was").click()
    other.wait_for_url("**/meeting/?meeting=*")
    expect(other.get_by_role("link", name="Plan the next meeting")).to_be_visible()
    assert "This is how it was" not in other.inner_text("main")
    page.context.close()
    other.context.close()


def test_a_circle_of_peers_plans_and_chooses_what_fits_a_circle(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    roles = (SUPERVISOR, SUPERVISEE, RoleKind.FACILITATOR)
    parties = {world.people[role].account: "peer" for role in roles}
    agreed(world.organisation, world.unit, parties, kind="peer", rhythm="anywhere-group", minutes=90)
    page = signed_in(browser, live_server.url, world.people[RoleKind.FACILITATOR], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/")
    assert "Among peers, with" in page.inner_text("main")
    page.get_by_role("link", name="Plan a meeting").click()
    fill_in(page)
    page.get_by_role("button", name="Plan it").click()
    page.wait_for_url("**/meeting/?meeting=*", timeout=SOON)
    page.get_by_role("link", name="Guide for the session").click()
    fitting = page.locator("main ul").first.inner_text()
    assert "One brings, others listen" in fitting
    assert "Seven ways of looking" not in fitting
    page.get_by_role("link", name="One brings, others listen").click()
    require_sound(page)
    page.get_by_role("link", name="Back to the meeting").click()
    page.get_by_role("link", name="Call it off").click()
    assert "whoever supervises" not in page.inner_text("main"), "nobody supervises in a circle"
    page.context.close()


def test_a_group_meets_and_the_line_goes_while_it_is_written_down(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    """Three phones in one room: what one of them writes is sent once, and each of the others confirms it."""
    members = (SUPERVISEE, RoleKind.FACILITATOR)
    parties = {world.people[SUPERVISOR].account: "supervisor"}
    parties |= {world.people[role].account: "supervisee" for role in members}
    group = agreed(world.organisation, world.unit, parties, kind="group", rhythm="anywhere-group", minutes=90)
    now, once = When(clock.today(), "09:00", "Quiet room", "in-person"), secrets.token_hex(16)
    plan_meeting(asker=world.asker(SUPERVISOR), agreement=group, when=now, due_on=None, once=once)
    page = signed_in(browser, live_server.url, world.people[SUPERVISOR], PHONE)
    page.goto(f"{live_server.url}/staff/supervision/")
    page.get_by_role("link", name="09:00").click()
    meeting = page.url
    page.get_by_role("link", name="We met").click()
    for question in ("Was the agreed time", "Was it interrupted", "Did somebody offer"):
        page.get_by_role("group", name=question).get_by_label("Yes").check()
    page.get_by_role("group", name="What did it touch").get_by_label("Support").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="We met").click()
    expect(page.get_by_role("status").filter(has_text=NO_LINE)).to_be_visible()
    require_sound(page)
    assert Meeting.objects.get().state == "planned"
    page.context.set_offline(False)
    page.wait_for_url("**/meeting/?meeting=*", timeout=SOON)
    assert Meeting.objects.get().state == "held"
    for role in members:
        other = signed_in(browser, live_server.url, world.people[role], PHONE)
        other.goto(meeting)
        require_sound(other)
        other.get_by_role("button", name="This is how it was").click()
        other.wait_for_url("**/meeting/?meeting=*")
        assert "This is how it was" not in other.inner_text("main")
        other.context.close()
    assert Meeting.objects.get().confirmations.count() == len(parties)
    page.context.close()
