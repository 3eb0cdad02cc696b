"""A promise and the drafts in a real browser: chosen, said to be kept in part, and found again in a draft."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import Person, quick

from replenish.conditions.models import PublishedRelease
from replenish.leadership.models import Commitment, LogEntry, Response
from replenish.people.roles import RoleKind

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WHY = "Two of four, the others fell to a vacancy."
KEPT_FOR_EVER = {
    "replenish.leadership.migrations.0003_log": (LogEntry,),
    "replenish.leadership.migrations.0002_said_once": (Commitment, Response),
    "replenish.conditions.migrations.0002_publish_once": (PublishedRelease,),
}


@pytest.fixture
def emptied(live_server: LiveServer, emptied_ledger: None) -> Iterator[None]:
    """What was published or promised can never be deleted: a test takes the triggers away for it."""
    yield
    for once, tables in KEPT_FOR_EVER.items():
        found = import_module(once)
        with connection.cursor() as cursor:
            for statement in getattr(found, f"{connection.vendor.upper()}_BACK"):
                cursor.execute(statement)
            for table in tables:
                table._default_manager.all().delete()
            for statement in getattr(found, connection.vendor.upper()):
                cursor.execute(statement)


@pytest.fixture
def world(
    emptied: None, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> RoundsWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_rounds_world(monkeypatch)


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    return page


def taken_along(page: Page, name: str, folder: Path) -> str:
    """The words of a draft that was downloaded from the page."""
    with page.expect_download() as download:
        page.locator(f'a[href$="{name}.odt"]').click()
    path = folder / f"{name}.odt"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    return " ".join(root.itertext())


def test_a_promise_is_chosen_said_to_be_kept_in_part_and_stands_in_the_draft(
    browser: Browser,
    live_server: LiveServer,
    world: RoundsWorld,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    row = live_round(monkeypatch, world, shift=-18)
    days_after_close(monkeypatch, row, 1)
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD])
    page.goto(f"{live_server.url}/staff/answers/write/?round={row.id}")
    page.locator("#ideas > summary").click()
    page.get_by_label("I put my own supervision in the open diary, and I go.").check()
    page.get_by_role("button", name="Put these into the rows").click()
    assert page.locator("#words-1").input_value().startswith("I put my own supervision")
    assert page.locator("#condition-1").input_value() == "supervision"
    page.fill("#until-1", (row.closes_on + timedelta(days=2)).isoformat())
    require_sound(page)
    page.get_by_role("button", name="Look at it once more").click()
    page.get_by_role("button", name="Publish this answer").click()
    page.wait_for_url("**/staff/answers/?published=yes")
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD])
    page.goto(f"{live_server.url}/staff/answers/")
    page.get_by_role("link", name="Say what became of a promise").click()
    require_sound(page)
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_label("It was kept in part").check()
    page.fill("#why", WHY)
    require_sound(page)
    page.get_by_role("button", name="Say it in public").click()
    page.wait_for_url("**/staff/answers/?said=yes")
    assert WHY in page.inner_text("main")
    require_sound(page)
    speaker = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE])
    speaker.goto(f"{live_server.url}/staff/documents/")
    draft = taken_along(speaker, "psychosocial", tmp_path)
    assert WHY in draft
    assert "[to fill in]" in draft
    assert WHY not in taken_along(speaker, "data-protection", tmp_path)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_the_pages_are_sound_on_every_screen(
    browser: Browser,
    live_server: LiveServer,
    world: RoundsWorld,
    monkeypatch: pytest.MonkeyPatch,
    view: View,
) -> None:
    row = live_round(monkeypatch, world, shift=-18)
    days_after_close(monkeypatch, row, 2)
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], view)
    for address in ("documents/", "answers/kept/", f"answers/write/?round={row.id}", "answers/"):
        page.goto(f"{live_server.url}/staff/{address}")
        require_sound(page)
