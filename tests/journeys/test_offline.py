"""A real browser loses its connection and finds it again: what can be read, what waits, what is sent once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.web.carer_world import CarerWorld, begin_world, open_first_round

from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.queries import my_box
from replenish.web.carer.card_cookie import CARD_COOKIE

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WAITS = "One check-in waits on this device and will be sent when there is a connection."
CONTROLLED = """() => navigator.serviceWorker.controller ?? new Promise(
    (resolve) => navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true)))"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not on this machine (looked for /usr/bin/chromium)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    world: CarerWorld = begin_world(open_now=False)
    made = Secret.new()
    spend_slip(made, world.codes[0])
    open_first_round(world)
    return made


def phone_with(browser: Browser, address: str, secret: Secret | None) -> BrowserContext:
    context = browser.new_context(**PHONE)
    if secret is not None:
        context.add_cookies([{"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{address}/my/"}])
    return context


def visited(context: BrowserContext, address: str) -> Page:
    """A page of the check-in, after which the device is ready for a time without a connection."""
    page = context.new_page()
    page.goto(f"{address}/my/check-in/")
    page.evaluate(CONTROLLED)
    return page


def test_a_check_in_without_a_connection_is_sent_once(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    context = phone_with(browser, live_server.url, secret)
    page = visited(context, live_server.url)
    context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    assert page.get_by_role("heading", name="Check in without a connection").is_visible()
    page.locator("[name='sign.dread'][value='2']").check()
    page.get_by_role("button", name="Keep my answers").click()
    page.get_by_text(WAITS).wait_for()
    assert my_box(secret) is None
    context.set_offline(False)
    page.get_by_text("The check-in that waited on this device was sent.").wait_for()
    box = my_box(secret)
    assert box is not None
    assert [dict(said.answers) for said in box.check_ins] == [{"sign.dread": 2.0}]
    context.close()
