"""A real browser leads debriefs from a phone: with a clock, without script, and with the network lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.staff import signed_in, words
from tests.web.staff_world import StaffWorld, begin_organisation, quick

from replenish.basis import clock
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.told import Happened
from replenish.debrief.incidents.writing import write_down
from replenish.debrief.models import Conversation, LearningPoint
from replenish.people.roles import RoleKind

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE: View = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DOOR = "The side door sticks, so nobody could get past."


@pytest.fixture
def world(
    live_server: LiveServer, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> StaffWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    world = begin_organisation("Willow House")
    happened = Happened(world.unit, "threat", "shared_space", Moment(clock.today(), 0), 2, restraint=True)
    write_down(asker=world.asker(RoleKind.FACILITATOR), said=happened)
    return world


def facilitator(browser: Browser, address: str, world: StaffWorld, view: View | None = None) -> Page:
    page = signed_in(browser, address, world.people[RoleKind.FACILITATOR], view)
    page.goto(f"{address}/staff/debriefs/")
    return page


def fill_in(page: Page) -> None:
    page.get_by_label("About the place, in your own words").first.fill(DOOR)
    page.get_by_label("How many came").fill("4")
    page.get_by_label("How many minutes it took").fill("8")


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_a_hot_debrief_from_the_choice_to_an_action(
    browser: Browser, live_server: LiveServer, world: StaffWorld, view: View
) -> None:
    page = facilitator(browser, live_server.url, world, view)
    require_sound(page)
    page.get_by_role("link", name="Lead a debrief").press("Enter")
    page.get_by_role("heading", name="When a team asks").wait_for()
    require_sound(page)
    page.get_by_role("link", name=re.compile("Hot debrief.*Oak")).press("Enter")
    page.get_by_role("button", name="Start the clock").wait_for()
    require_sound(page)
    page.get_by_role("button", name="Start the clock").press("Enter")
    assert "Step 1 of 6. 10 min left in all." in words(page)
    page.get_by_role("button", name="Next step").press("Enter")
    assert page.locator("li[aria-current=step] h3").inner_text().startswith("What happened")
    assert "Step 2 of 6." in words(page)
    page.get_by_role("button", name="Read it aloud to the group").press("Enter")
    page.get_by_role("link", name="Write how many came in digits.").wait_for()
    require_sound(page)
    fill_in(page)
    page.get_by_role("button", name="Read it aloud to the group").press("Enter")
    page.get_by_role("heading", name="Read it aloud").wait_for()
    assert Conversation.objects.count() == 0
    require_sound(page)
    page.get_by_role("button", name="All agreed: keep it").press("Enter")
    page.get_by_role("link", name="Read this point aloud.").wait_for()
    page.get_by_label("Everybody here heard these words and agrees").check()
    page.get_by_role("button", name="All agreed: keep it").press("Enter")
    page.wait_for_url("**/staff/debriefs/?kept=hot")
    assert "This month and the last you led 1 debrief." in words(page)
    require_sound(page)
    page.context.close()
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], view)
    page.goto(f"{live_server.url}/staff/debriefs/points/")
    require_sound(page)
    page.get_by_role("link", name="Answer it").press("Enter")
    page.get_by_role("heading", name="Answer a learning point").wait_for()
    require_sound(page)
    page.get_by_role("button", name="Give this answer").press("Enter")
    page.wait_for_url("**/staff/actions/one/?action=*")
    assert DOOR in words(page)
    page.context.close()


def test_the_network_goes_in_mid_session_and_nothing_is_lost(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    page = facilitator(browser, live_server.url, world, PHONE)
    page.goto(f"{live_server.url}/staff/debriefs/lead/")
    page.get_by_role("link", name=re.compile("Hot debrief.*Oak")).click()
    page.get_by_role("button", name="Start the clock").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Next step").click()
    assert "Step 2 of 6." in words(page), "the clock asks nobody"
    page.get_by_label("How many minutes it took").focus()
    assert page.get_by_label("How many minutes it took").input_value() == "1", (
        "the clock knows, and it can be changed"
    )
    fill_in(page)
    page.get_by_role("button", name="Read it aloud to the group").click()
    page.get_by_text("What you wrote is still here").first.wait_for()
    assert page.get_by_label("About the place, in your own words").first.input_value() == DOOR
    page.context.set_offline(False)
    page.get_by_role("heading", name="Read it aloud").wait_for()
    page.get_by_label("Everybody here heard these words and agrees").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="All agreed: keep it").click()
    page.get_by_text("What you wrote is still here").first.wait_for()
    assert LearningPoint.objects.count() == 0
    assert page.evaluate("window.localStorage.length + window.sessionStorage.length") == 0
    page.context.set_offline(False)
    page.wait_for_url("**/staff/debriefs/?kept=hot", timeout=40_000)
    assert [one.words for one in LearningPoint.objects.all()] == [DOOR]
    assert Conversation.objects.count() == 1
    page.context.close()


def test_everything_works_without_script(
    browser: Browser, live_server: LiveServer, world: StaffWorld
) -> None:
    plain: View = {**PHONE, "java_script_enabled": False}
    page = facilitator(browser, live_server.url, world, plain)
    page.goto(f"{live_server.url}/staff/debriefs/lead/?kind=learning")
    assert not page.get_by_role("button", name="Start the clock").is_visible()
    assert "minute 0 to 5" in words(page)
    fill_in(page)
    page.get_by_label("Which team").select_option(label="Oak")
    page.get_by_role("button", name="Read it aloud to the group").click()
    page.get_by_role("button", name="Back to the guide").click()
    assert page.get_by_label("About the place, in your own words").first.input_value() == DOOR
    page.get_by_role("button", name="Read it aloud to the group").click()
    page.get_by_label("Everybody here heard these words and agrees").check()
    page.get_by_role("button", name="All agreed: keep it").click()
    assert "It is written down." in words(page)
    page.goto(f"{live_server.url}/staff/debriefs/not-held/")
    page.get_by_label("Which incident").select_option(index=1)
    page.get_by_label("There was nobody to cover, or no time").check()
    page.get_by_role("button", name="Write it down").click()
    assert "Not held." in words(page)
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_every_other_page_is_sound(
    browser: Browser, live_server: LiveServer, world: StaffWorld, view: View
) -> None:
    page = facilitator(browser, live_server.url, world, view)
    for name in ("before", "not-held", "points", "reviews", "register", "lead/?kind=review"):
        page.goto(f"{live_server.url}/staff/debriefs/{name}")
        require_sound(page)
    page.context.close()
