"""A real browser in a home with six staff, and in a place that shrinks below the floor."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, View, context_with
from tests.journeys.emptied import emptied_ledger, emptied_releases
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.small_world import POINT, numbers_about_people, seat_in, small_home
from tests.web.staff_world import Person, quick

from replenish.conditions.rounds import plan_season
from replenish.people.roles import RoleKind
from replenish.voices.actions import visit

__all__ = ["emptied_ledger", "emptied_releases", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SEASON = timedelta(weeks=12)
KIT = ("/conversation/", "/conversation/cards/")


@pytest.fixture
def installed(
    live_server: LiveServer,
    emptied_releases: None,
    emptied_ledger: None,
    quick: None,
    settings: Settings,
    tmp_path: Path,
) -> str:
    """The address of an installation with a folder of its own."""
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return str(live_server.url)


@pytest.fixture
def home(installed: str, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    return small_home(monkeypatch)


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    return page


def shown(page: Page) -> str:
    """What stands in the middle of the page."""
    return page.get_by_role("main").inner_text()


def put_on_the_list(page: Page) -> None:
    page.fill("#words", POINT["words"])
    page.select_option("#condition", "workload")
    page.get_by_label("The team", exact=True).check()
    page.get_by_role("button", name="Put it on the list").click()
    page.wait_for_url("**#list")


def test_a_home_with_six_staff_holds_its_conversation(
    browser: Browser, installed: str, home: RoundsWorld
) -> None:
    page = signed_in(browser, installed, home.people[RoleKind.STEWARD])
    page.goto(f"{installed}/staff/")
    page.get_by_role("main").get_by_role("link", name="Talk about conditions").click()
    assert "There is no number about people here." in shown(page)
    assert numbers_about_people(shown(page)) == []
    with page.expect_download() as begun:
        page.get_by_role("link", name="The cards as PDF").click()
    assert begun.value.suggested_filename == "conversation-cards.pdf"
    page.get_by_role("link", name="How to hold the conversation").click()
    assert "Ground rules" in shown(page)
    page.go_back()
    put_on_the_list(page)
    assert POINT["words"] in shown(page)
    page.get_by_role("link", name="Change the words").click()
    page.fill("#words", "Breaks are covered by name")
    page.get_by_role("button", name="Keep the change").click()
    page.wait_for_url("**#list")
    assert POINT["words"] not in shown(page)
    page.context.close()
    carer = context_with(browser, installed, seat_in(home, "Willow")).new_page()
    carer.goto(f"{installed}/my/")
    carer.get_by_role("link", name="Conditions report").first.click()
    told = shown(carer)
    assert "Breaks are covered by name" in told
    assert "showing somebody" in told
    assert numbers_about_people(told) == []
    carer.get_by_role("link", name="Talk about conditions").click()
    assert "Step by step" in shown(carer)
    carer.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_the_pages_of_a_small_team(
    browser: Browser, installed: str, home: RoundsWorld, view: View
) -> None:
    page = signed_in(browser, installed, home.people[RoleKind.REPRESENTATIVE], view)
    page.goto(f"{installed}/staff/conversation/")
    require_sound(page)
    page.get_by_role("button", name="Put it on the list").click()
    require_sound(page)
    put_on_the_list(page)
    page.get_by_role("button", name="It is done").click()
    require_sound(page)
    page.goto(f"{installed}/staff/conversation/?unit=whole")
    require_sound(page)
    page.context.close()
    carer = context_with(browser, installed, seat_in(home, "Willow"), view).new_page()
    for path in (*KIT, "/my/", "/my/report/", "/my/report/page/"):
        carer.goto(installed + path)
        require_sound(carer)
    carer.context.close()
    stranger = browser.new_context(**view).new_page()
    stranger.goto(f"{installed}/understand/")
    stranger.get_by_role("link", name="Talk about conditions").click()
    require_sound(stranger)
    stranger.context.close()


def test_everything_works_without_script(browser: Browser, installed: str, home: RoundsWorld) -> None:
    page = signed_in(browser, installed, home.people[RoleKind.FACILITATOR], {"java_script_enabled": False})
    page.goto(f"{installed}/staff/conversation/")
    put_on_the_list(page)
    page.get_by_role("button", name="Let it go").click()
    assert "Let go on" in shown(page)
    page.context.close()


def test_an_organisation_that_shrinks_below_the_floor(
    browser: Browser, installed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch, "Birch House", {"Care": {"Birch": 12}})
    secret = seat_in(world, "Birch")
    for _ in range(3):
        live_round(monkeypatch, world, voices={"Birch": 10})
    world.staffed.declare({"Birch": 6})
    worlds.set_day(monkeypatch, worlds.BEGINS + SEASON)
    plan_season(asker=world.staffed.steward)
    visit(secret)
    worlds.set_day(monkeypatch, worlds.BEGINS + SEASON + timedelta(days=3))
    carer = context_with(browser, installed, secret).new_page()
    carer.goto(f"{installed}/my/")
    assert "counted for nobody" in shown(carer)
    carer.goto(f"{installed}/my/report/")
    told = shown(carer)
    assert "showing somebody" in told
    assert "stays as it was" in told
    assert "Round 3" in told, "old releases can still be read"
    require_sound(carer)
    carer.goto(f"{installed}/my/report/page/")
    assert numbers_about_people(shown(carer), allowed=["Round 3"]) == []
    carer.context.close()
    page = signed_in(browser, installed, world.people[RoleKind.STEWARD])
    page.goto(f"{installed}/staff/conversation/")
    assert "There is no number about people here." in shown(page)
    page.context.close()
