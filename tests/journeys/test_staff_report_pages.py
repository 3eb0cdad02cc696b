"""A real browser reads the conditions report as those with a part: with axe, by keyboard, to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger, emptied_releases
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import Person, quick

from replenish.people.roles import READERS, RoleKind

__all__ = ["emptied_ledger", "emptied_releases", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = ("", "page/", "pictures/")


@pytest.fixture
def world(
    live_server: LiveServer,
    emptied_releases: None,
    emptied_ledger: None,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> RoundsWorld:
    """Three rounds, the newest on the day its members read it."""
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    made = begin_rounds_world(monkeypatch)
    rows = [live_round(monkeypatch, made, shift=shift) for shift in (-15, -15, 15)]
    days_after_close(monkeypatch, rows[-1], 2)
    return made


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    return page


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_in_the_report_of_a_representative(
    browser: Browser, live_server: LiveServer, world: RoundsWorld, view: View
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE], view)
    for path in PAGES:
        page.goto(f"{live_server.url}/staff/report/{path}")
        assert page.locator("main svg").count() > 0, f"nothing is drawn on {path}"
        require_sound(page)
        for summary in page.locator("summary").all():
            summary.click()
        require_sound(page)
    page.context.close()


def test_each_reader_goes_from_the_overview_to_a_picture_for_a_slide(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    readers = {
        role: world.people[role] for role in READERS if role not in (RoleKind.STEWARD, RoleKind.DEPUTY)
    }
    for role, person in readers.items():
        page = signed_in(browser, live_server.url, person)
        page.goto(f"{live_server.url}/staff/")
        page.get_by_role("main").get_by_role("link", name="Conditions report").press("Enter")
        assert "The whole organisation. Round 3" in page.inner_text("main"), role
        page.get_by_text("All parts and groups").click()
        page.get_by_role("link", name="Surgery: Fir").press("Enter")
        assert "Surgery: Fir. Round 3" in page.inner_text("main")
        page.get_by_role("link", name="Pictures for slides").press("Enter")
        assert "Surgery: Fir. Round 3" in page.inner_text("main")
        with page.expect_download() as download:
            page.get_by_role("link", name="As PNG, for slides").first.press("Enter")
        assert download.value.suggested_filename == "conditions-report-now-condition.png"
        with page.expect_download() as download:
            page.get_by_role("link", name="All pictures in one file (ZIP)").press("Enter")
        assert download.value.suggested_filename == "conditions-report-pictures.zip"
        page.get_by_role("link", name="Back to the whole report").press("Enter")
        assert "Surgery: Fir. Round 3" in page.inner_text("main")
        page.context.close()


def test_the_sheet_for_the_wall_is_one_page_without_menus(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE])
    page.goto(f"{live_server.url}/staff/report/page/")
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    for words in ("Sign out", "For the wall of the staff room"):
        assert not page.get_by_text(words).first.is_visible()
    page.context.close()


def test_a_head_of_a_service_is_led_from_what_waits_to_the_answer(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    for view in VIEWS.values():
        page = signed_in(browser, live_server.url, world.head, view)
        for path in PAGES:
            page.goto(f"{live_server.url}/staff/report/{path}")
            assert page.get_by_role("heading", name="Waiting for your answer").is_visible()
            require_sound(page)
        page.get_by_role("link", name="Write the answer").press("Enter")
        page.wait_for_url("**/staff/answers/")
        page.context.close()
