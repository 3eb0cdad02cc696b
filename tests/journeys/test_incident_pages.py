"""A real browser writes an incident down, follows its steps, and keeps a list that only one can open."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.staff import press, signed_in, words
from tests.web.staff_world import StaffWorld, begin_organisation, quick

from replenish.debrief.models import Incident
from replenish.people.record_keys import make_key
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordSecret

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS_OF_PAGES")


@pytest.fixture
def world(
    live_server: LiveServer, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> StaffWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_organisation("Willow House")


def seen(page: Page, name: str) -> None:
    """The page is sound; a picture of it is kept where somebody asked for pictures."""
    require_sound(page)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def write_down(page: Page, address: str) -> None:
    page.goto(f"{address}/staff/incidents/")
    page.get_by_role("link", name="Write down that something happened").press("Enter")
    page.get_by_role("button", name="Write it down, and see what follows").press("Enter")
    page.get_by_text("Something needs another look").wait_for()
    page.get_by_label("Somebody was threatened").check()
    page.get_by_label("In what sort of place").select_option("shared_space")
    page.get_by_label("It was serious.").check()
    page.get_by_label("Yes").check()
    press(page, "Write it down, and see what follows")


@pytest.mark.parametrize("view", VIEWS)
def test_an_incident_is_written_down_and_its_steps_are_said(
    browser: Browser, live_server: LiveServer, world: StaffWorld, view: str
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], VIEWS[view])
    write_down(page, live_server.url)
    seen(page, f"one-{view}")
    page.get_by_label("It took place", exact=True).check()
    press(page, "Write this down")
    assert "Done: today." in words(page)
    page.get_by_role("link", name=re.compile("became of it.*Look back")).press("Enter")
    page.get_by_label("It did not take place").check()
    page.get_by_role("button", name="Write this down").press("Enter")
    page.locator("#because-problem").wait_for()
    assert page.get_by_label("If it did not: why").get_attribute("aria-invalid") == "true"
    page.get_by_label("If it did not: why").select_option("no_cover")
    press(page, "Write this down")
    assert "There was nobody to cover." in words(page)
    for name in ("", "write/", "answers/", "restraint/"):
        page.goto(f"{live_server.url}/staff/incidents/{name}")
        seen(page, f"{name.strip('/') or 'overview'}-{view}")


@pytest.mark.parametrize("view", ["phone, light", "desktop, dark"])
def test_a_list_is_kept_by_a_facilitator_and_opens_with_their_phrase_alone(
    browser: Browser, live_server: LiveServer, world: StaffWorld, view: str
) -> None:
    secret = RecordSecret.new()
    make_key(asker=world.asker(RoleKind.FACILITATOR), secret=secret)
    page = signed_in(browser, live_server.url, world.people[RoleKind.FACILITATOR], VIEWS[view])
    write_down(page, live_server.url)
    incident = page.url
    page.get_by_role("link", name="Open my list").press("Enter")
    page.wait_for_url("**/asking/**")
    closed = page.url
    assert "Neither can those who run the server." in words(page)
    seen(page, f"closed-{view}")
    page.get_by_role("link", name="Open my records first").press("Enter")
    page.wait_for_url("**/staff/records/**")
    page.locator("#phrase").fill(" ".join(secret.words()))
    page.locator("main form button[type=submit]").first.press("Enter")
    page.wait_for_load_state()
    page.goto(closed)
    page.get_by_label("Whom to ask").first.fill("Jo from nights")
    page.get_by_label("After one to three days").first.select_option("none")
    seen(page, f"asking-{view}")
    press(page, "Keep the list")
    assert "Kept, and sealed to you." in words(page)
    assert page.get_by_label("Whom to ask").first.input_value() == "Jo from nights"
    seen(page, f"kept-{view}")
    page.goto(incident)
    assert "Jo from nights" not in words(page)


def test_an_incident_is_written_down_once_although_the_line_is_lost(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], VIEWS["phone, light"])
    page.goto(f"{live_server.url}/staff/incidents/write/")
    page.get_by_label("Somebody died").check()
    page.get_by_label("In what sort of place").select_option("treatment")
    page.get_by_label("It was serious.").check()
    page.get_by_label("No", exact=True).check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Write it down, and see what follows").press("Enter")
    page.get_by_role("status").filter(has_text="There is no line to the server now.").wait_for()
    seen(page, "no-line-phone, light")
    assert page.get_by_label("Somebody died").is_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.set_offline(False)
    # It goes by itself, without a press.
    page.wait_for_url("**/staff/incidents/one/**")
    assert "Safe, and looked after" in words(page)
    assert Incident.objects.count() == 1
