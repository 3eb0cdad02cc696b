"""In a real browser: what others do on a device whose card is locked, or hidden without a connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.phones import (
    CONTROLLED,
    QUEUE,
    SENT,
    WAITS,
    answer,
    phone,
    said,
    seated_card,
    wait_until_hidden,
)
from tests.journeys.sound import require_sound

from replenish.sealing import device_lock
from replenish.sealing.secret import Secret
from replenish.web.carer import open_again

CODE = "271828"
ASKED = "A check-in was made on this device while your page was closed. Was this you?"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_lock, "MEMORY_KIBIBYTES", 64)
    monkeypatch.setattr(open_again, "code_attempt_allowed", lambda *_: True)


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    return seated_card()


def lock(page: Page, address: str) -> None:
    """Choose a code on the page of this device."""
    page.goto(f"{address}/my/device/")
    page.get_by_label("A code for this device").fill(CODE)
    page.get_by_label("The same code again").fill(CODE)
    page.get_by_role("button", name="Lock with this code").click()
    page.get_by_text("locked with your code").wait_for()
    page.wait_for_timeout(300)


def unlock(page: Page, address: str) -> None:
    """Open the page again with the code."""
    page.goto(f"{address}/my/")
    page.get_by_label("Your code").fill(CODE)
    page.get_by_role("button", name="Open my page").click()
    page.get_by_role("heading", name="My page").wait_for()


def answered_beside_the_lock(browser: Browser, live_server: LiveServer, secret: Secret) -> Page:
    """The owner has answered and hidden the screen; then somebody answers without a connection."""
    page = phone(browser, live_server.url, secret)
    answer(page, dread=1)
    page.get_by_text("Your answers are kept for you").wait_for()
    lock(page, live_server.url)
    page.get_by_role("link", name="Hide this screen").click()
    wait_until_hidden(page)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/check-in-offline/")
    answer(page, dread=4)
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("it first asks whether this was you").wait_for()
    page.context.set_offline(False)
    return page


@pytest.mark.parametrize("mine", [True, False])
def test_what_was_answered_beside_a_lock_is_taken_when_its_owner_says_so(
    browser: Browser, live_server: LiveServer, secret: Secret, *, mine: bool
) -> None:
    page = answered_beside_the_lock(browser, live_server, secret)
    page.wait_for_timeout(500)
    assert said(secret) == [{"sign.dread": 1.0}]
    unlock(page, live_server.url)
    page.get_by_text(ASKED).wait_for()
    require_sound(page)
    page.goto(f"{live_server.url}/practise/")
    page.get_by_text(ASKED).wait_for()
    assert said(secret) == [{"sign.dread": 1.0}], "nothing is taken while nobody has said"
    page.get_by_role("button", name="Yes, keep it" if mine else "No, throw it away").click()
    if mine:
        page.get_by_text(SENT).wait_for()
    else:
        page.get_by_text(ASKED).wait_for(state="detached")
    assert said(secret) == [{"sign.dread": 4.0 if mine else 1.0}]
    assert not page.get_by_role("button", name="Yes, keep it").is_visible()
    page.wait_for_timeout(200)
    assert page.evaluate(QUEUE)["waiting"] == []
    page.context.close()


def test_whoever_comes_back_by_the_words_of_the_card_is_asked_too(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    """Then no code is left on the device that would tell; what waits was marked when it was made."""
    page = answered_beside_the_lock(browser, live_server, secret)
    page.goto(f"{live_server.url}/my/return/")
    page.get_by_label("The thirteen words of your card").fill(" ".join(secret.words()))
    page.get_by_role("button", name="Open my page").click()
    page.get_by_text(ASKED).wait_for()
    assert said(secret) == [{"sign.dread": 1.0}]
    page.context.close()


@pytest.mark.parametrize("code", [True, False])
def test_a_screen_that_was_hidden_without_a_connection_stays_hidden(
    browser: Browser, live_server: LiveServer, secret: Secret, *, code: bool
) -> None:
    page = phone(browser, live_server.url, secret)
    if code:
        lock(page, live_server.url)
    page.goto(f"{live_server.url}/my/data/")
    page.context.set_offline(True)
    page.get_by_role("link", name="Hide this screen").click()
    page.wait_for_url("**/quiet/")
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/practise/")
    page.goto(f"{live_server.url}/my/data/", wait_until="commit")
    page.wait_for_url("**/quiet/")
    page.goto(f"{live_server.url}/my/data/")
    heading = "The code of this device" if code else "This page is hidden"
    page.get_by_role("heading", name=heading).wait_for()
    assert page.evaluate("window.localStorage.length") == 0, "the server knows it now"
    page.context.close()


def test_with_a_connection_hiding_leaves_no_mark(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.get_by_role("link", name="Hide this screen").click()
    wait_until_hidden(page)
    page.goto(f"{live_server.url}/my/")
    page.get_by_role("button", name="Show my page again").click()
    page.get_by_role("heading", name="My page").wait_for()
    assert page.evaluate("window.localStorage.length") == 0
    page.context.close()


def test_a_page_that_is_still_to_be_hidden_shows_nothing_meanwhile(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.evaluate("window.localStorage.setItem('replenish-hidden', 'yes')")
    page.route("**/my/hide/", lambda _: None)
    page.goto(f"{live_server.url}/my/data/", wait_until="commit")
    for _ in range(5):
        page.wait_for_timeout(100)
        assert (
            page.evaluate("getComputedStyle(document.body ?? document.documentElement).visibility")
            == "hidden"
        )
    assert page.title() == "…"
    page.context.close()


def test_leaving_empties_what_the_browser_stored_and_help_comes_back(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.evaluate("window.localStorage.setItem('left', 'behind')")
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    answer(page, dread=1)
    page.get_by_text(WAITS).wait_for()
    page.context.set_offline(False)
    page.goto(f"{live_server.url}/my/leave/")
    page.get_by_text("A check-in that still waits here for a connection is thrown away.").wait_for()
    page.get_by_role("button", name="Leave this device").click()
    page.get_by_text("Your card is off this device").wait_for()
    assert page.evaluate("window.localStorage.length") == 0
    page.evaluate(CONTROLLED)
    assert page.evaluate(QUEUE) == {"waiting": [], "ready": []}
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/help-now/")
    page.get_by_role("heading", level=1).wait_for()
    page.context.close()
