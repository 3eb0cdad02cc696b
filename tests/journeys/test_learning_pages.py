"""A real browser reads a course, plans a session, prints its sheet, and writes down how it went."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.learning.sessions import set_today
from tests.web.staff_world import Person, StaffWorld, begin_organisation, quick

from replenish.basis import clock
from replenish.people.roles import RoleKind

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(
    live_server: LiveServer, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> StaffWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_organisation("Willow House")


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    page.goto(f"{address}/staff/learning/")
    return page


def plan(page: Page) -> None:
    """A session in ten days, by keyboard."""
    page.get_by_role("link", name="Plan a session", exact=True).press("Enter")
    page.get_by_role("button", name="Plan this session").press("Enter")
    assert "Something needs another look" in page.inner_text("main")
    require_sound(page)
    page.get_by_label("What it is about").select_option("webinars/connection")
    page.get_by_label("Day").fill((clock.today() + timedelta(days=10)).isoformat())
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("15:00")
    page.get_by_label("Where").fill("The small hall")
    page.get_by_label("Who leads it").fill("Ida Brook")
    page.get_by_role("button", name="Plan this session").press("Enter")
    page.wait_for_url("**/session/?session=*")


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_a_session_from_the_plan_to_how_it_went(
    browser: Browser,
    live_server: LiveServer,
    world: StaffWorld,
    monkeypatch: pytest.MonkeyPatch,
    view: View,
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.FACILITATOR], view)
    assert "None is planned." in page.inner_text("main")
    require_sound(page)
    plan(page)
    require_sound(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name="For a calendar").click()
    assert begun.value.suggested_filename == "sessions.ics"
    page.get_by_role("link", name="The sheet with strips").press("Enter")
    assert page.locator(".strips li").count() == 12
    require_sound(page)
    page.context.close()
    set_today(monkeypatch, clock.today() + timedelta(days=10))
    page = signed_in(browser, live_server.url, world.people[RoleKind.SUPERVISOR], view)
    page.get_by_role("link", name="Connection").first.press("Enter")
    page.get_by_label("How many came").fill("many")
    page.get_by_role("button", name="It was held").press("Enter")
    assert "Write the number in digits." in page.inner_text("main")
    require_sound(page)
    page.get_by_label("How many came").fill("9")
    page.get_by_role("button", name="It was held").press("Enter")
    page.wait_for_url("**/session/?session=*")
    page.get_by_role("link", name="All sessions").press("Enter")
    assert "Held: 1 of 1 planned." in page.inner_text("main")
    assert "9 came" not in page.inner_text("main")
    require_sound(page)
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_anybody_reads_a_course_from_the_list_to_the_plan(
    browser: Browser, live_server: LiveServer, view: View
) -> None:
    page = browser.new_context(**view).new_page()
    page.goto(f"{live_server.url}/understand/")
    page.get_by_role("link", name="Learn together").press("Enter")
    require_sound(page)
    page.get_by_role("link", name="A debrief service").press("Enter")
    require_sound(page)
    page.get_by_role("link", name="Read the first text").press("Enter")
    assert "Nobody is asked to relive what happened" in page.inner_text("main")
    require_sound(page)
    page.get_by_role("link", name="Plan for whoever leads a session about this").press("Enter")
    assert "When to stop" in page.inner_text("main")
    require_sound(page)
    page.context.close()


def test_everything_works_without_script(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    plain: View = {"java_script_enabled": False}
    page = signed_in(browser, live_server.url, world.people[RoleKind.FACILITATOR], plain)
    page.locator('a[href$="/plan/?offer=webinars"]').click()
    page.get_by_label("Day").fill((clock.today() + timedelta(days=10)).isoformat())
    page.get_by_label("Begins at").fill("14:00")
    page.get_by_label("Ends at").fill("15:00")
    page.get_by_label("Where").fill("The small hall")
    page.get_by_label("Who leads it").fill("Ida Brook")
    page.get_by_role("button", name="Plan this session").click()
    assert "Three webinars" in page.inner_text("h1")
    page.get_by_role("button", name="Call this session off").click()
    assert "Called off" in page.inner_text("main")
    page.context.close()
