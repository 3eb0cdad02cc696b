"""In a real browser: what was written stays without a connection, and Back brings it up for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.journeys.phones import phone, seated_card, wait_until_hidden

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.queries import my_box

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MINE = "a thought of mine"
STILL_HERE = "What you wrote is still here"


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    return seated_card()


def notes(secret: Secret) -> list[str]:
    box = my_box(secret)
    return [note.text for note in box.reflections] if box else []


def write_and_keep(page: Page, address: str) -> None:
    page.goto(f"{address}/my/reflect/?with=free")
    page.fill("#text-1", MINE)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator("h1")).to_have_text("It is kept")


def test_a_note_without_a_connection_stays_on_the_page(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.fill("#text-1", MINE)
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.get_by_role("alert")).to_contain_text(STILL_HERE)
    expect(page.locator("#text-1")).to_have_value(MINE)
    assert notes(secret) == []
    page.context.set_offline(False)
    page.get_by_role("button", name="Keep this note").click()
    expect(page.locator("h1")).to_have_text("It is kept")
    assert notes(secret) == [MINE]
    page.context.close()


def test_own_words_without_a_connection_stay_on_the_page(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/words/")
    page.get_by_role("button", name="All steps on one page").click()
    page.get_by_role("button", name="Write my text").click()
    page.fill("#text", MINE)
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep it in my box").click()
    expect(page.get_by_role("alert")).to_contain_text(STILL_HERE)
    expect(page.locator("#text")).to_have_value(MINE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Keep it in my box").click()
    expect(page.locator("#text")).to_have_count(0)
    assert notes(secret) == [MINE]
    page.context.close()


def test_loading_anew_after_back_does_not_bring_up_a_kept_note(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/device/")
    page.fill("#new-code", "hedge42x")
    page.fill("#code-again", "hedge42x")
    page.get_by_role("button", name="Lock with this code").click()
    write_and_keep(page, live_server.url)
    page.get_by_role("navigation").get_by_role("link", name="My page", exact=True).click()
    expect(page.locator("h1")).to_have_text("My page")
    page.get_by_role("link", name="Hide this screen").click()
    wait_until_hidden(page)
    page.go_back()
    page.reload()
    expect(page.locator("h1")).to_have_text("The code of this device")
    assert MINE not in page.content()
    page.context.close()


def test_a_link_within_the_page_leads_to_no_other_step(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/words/")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()
    page.goto(f"{live_server.url}/my/case/")
    page.get_by_role("button", name="Show the page").click()
    page.locator(".sheet a[href^='#source']").first.click()
    page.wait_for_timeout(800)
    expect(page.locator(".sheet h1")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Make the case")
    page.context.close()


def test_a_note_can_be_copied(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    page = phone(browser, live_server.url, secret)
    missing: list[str] = []
    page.on("response", lambda found: missing.append(found.url) if found.status == 404 else None)
    write_and_keep(page, live_server.url)
    page.goto(f"{live_server.url}/my/reflect/")
    page.get_by_role("button", name="Note, week of").click()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert missing == []
    page.context.close()


def lock_for_two_minutes(page: Page, address: str) -> None:
    page.goto(f"{address}/my/device/")
    page.fill("#new-code", "hedge42x")
    page.fill("#code-again", "hedge42x")
    page.get_by_role("button", name="Lock with this code").click()
    page.get_by_label("2 minutes", exact=True).check()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_label("2 minutes", exact=True)).to_be_checked()


@pytest.fixture
def pass_seconds(monkeypatch: pytest.MonkeyPatch) -> Callable[[Page, int], None]:
    """Let time pass on the server and in a browser."""
    usual, passed = clock.now, [0]
    monkeypatch.setattr(clock, "now", lambda: usual() + timedelta(seconds=passed[0]))

    def let_pass(page: Page, seconds: int) -> None:
        passed[0] += seconds
        page.clock.run_for(seconds * 1000)

    return let_pass


def test_a_locked_card_takes_in_what_was_being_written_before_it_closes(
    browser: Browser, live_server: LiveServer, secret: Secret, pass_seconds: Callable[[Page, int], None]
) -> None:
    page = phone(browser, live_server.url, secret)
    lock_for_two_minutes(page, live_server.url)
    page.clock.install()
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.fill("#text-1", "a")
    for letter in " thought":
        pass_seconds(page, 30)
        with page.expect_response(lambda found: found.request.method == "HEAD"):
            page.locator("#text-1").press_sequentially(letter)
    pass_seconds(page, 100)
    expect(page).to_have_title("Hills and water")
    assert notes(secret) == ["a thought"]
    page.context.close()
