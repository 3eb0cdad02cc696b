"""Actions in a real browser: from a condition to a lot, fixed, and three rounds later the words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions.actions_world import LARGE, VOICES, lived
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger, emptied_releases
from tests.journeys.sound import require_sound
from tests.web.rounds_world import begin_rounds_world
from tests.web.small_world import small_home
from tests.web.staff_world import Person, quick

from replenish.basis import clock
from replenish.conditions.actions.reading import actions_of
from replenish.people.roles import RoleKind

__all__ = ["emptied_ledger", "emptied_releases", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "Ten minutes after each hard moment"


@pytest.fixture
def installed(
    emptied_releases: None, emptied_ledger: None, quick: None, settings: Settings, tmp_path: Path
) -> None:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    page.goto(f"{address}/staff/actions/")
    return page


def begun_from_the_library(page: Page, *, waiting: int | None) -> None:
    """From the list to the library, to the form, to a plan that is fixed."""
    page.get_by_role("link", name="Begin from a condition").click()
    page.get_by_label("Which condition").select_option("process")
    page.get_by_role("button", name="Show its actions").press("Enter")
    require_sound(page)
    page.get_by_role("link", name=re.compile(f"Plan this.*{TITLE}")).click()
    page.get_by_label("The whole organisation").check()
    page.get_by_role("textbox", name="First day").fill(clock.today().isoformat())
    if waiting is not None:
        page.get_by_label("By lot").check()
        page.get_by_label("how many groups wait").fill(str(waiting))
    require_sound(page)
    page.get_by_role("button", name="Plan it").press("Enter")
    page.wait_for_url("**/staff/actions/one/**")
    assert "It is kept once the plan is fixed" in page.inner_text("main")
    require_sound(page)
    page.get_by_role("button", name="Fix the plan").press("Enter")
    page.get_by_role("button", name="Add the note").wait_for()
    assert "Said before it began, and kept:" in page.inner_text("main")


def commits_and_then_reads(page: Page, address: str) -> None:
    """A leader says first what they will do; the figures of the newest round stand there only afterwards."""
    page.goto(f"{address}/staff/report/")
    require_sound(page)
    before = page.inner_text("main")
    assert "Waiting for your answer" in before
    page.goto(f"{address}/staff/answers/")
    page.get_by_role("link", name=re.compile("Answer round 3")).first.click()
    page.get_by_label("In plain words").first.fill("Somebody takes over for ten minutes after a hard moment.")
    page.get_by_label("About which condition?").first.select_option("process")
    page.get_by_role("button", name="Look at it once more").press("Enter")
    page.get_by_role("button", name="Publish this answer").press("Enter")
    page.wait_for_url("**/staff/answers/?published=yes")
    page.goto(f"{address}/staff/report/")
    after = page.inner_text("main")
    assert after.count("between") > before.count("between")
    require_sound(page)
    page.goto(f"{address}/staff/actions/")


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_an_action_is_drawn_by_lot_and_three_rounds_later_has_its_words(
    browser: Browser,
    live_server: LiveServer,
    installed: None,
    monkeypatch: pytest.MonkeyPatch,
    view: View,
) -> None:
    world = begin_rounds_world(monkeypatch, "Large House", LARGE)
    for _ in range(3):
        lived(monkeypatch, world)
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], view)
    commits_and_then_reads(page, live_server.url)
    begun_from_the_library(page, waiting=5)
    said = page.inner_text("main")
    assert "Groups that begin: 5. Groups to compare with: 5." in said
    assert "Waiting for now:" in said
    page.get_by_label("Add a note").fill("Cover is named on each shift")
    page.get_by_role("button", name="Add the note").press("Enter")
    page.get_by_text("Cover is named on each shift").wait_for()
    (acting,) = actions_of(world.organisation)
    begun = {unit for unit, day in acting.starts if day is not None}
    lifted = [team for team in VOICES if world.staffed.units[team] in begun]
    for _ in range(3):
        lived(monkeypatch, world, lifted=lifted, by=25.0)
    page = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE], view)
    assert "It helped." in page.inner_text("main")
    require_sound(page)
    page.get_by_role("link", name=TITLE).click()
    said = page.inner_text("main")
    assert "most likely between" in said
    assert "comes from published bands alone" in said
    require_sound(page)
    page.goto(f"{live_server.url}/staff/actions/said/")
    assert "It helped." in page.inner_text("main")
    require_sound(page)


def test_a_small_home_has_words_only(
    browser: Browser, live_server: LiveServer, installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small_home(monkeypatch)
    page = signed_in(browser, live_server.url, home.people[RoleKind.STEWARD])
    begun_from_the_library(page, waiting=None)
    said = page.inner_text("main")
    assert "no figure can show if it helped" in said
    assert "Cannot tell yet" in said
    assert "points" not in said
    require_sound(page)
