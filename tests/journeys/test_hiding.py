"""In a real browser: the screen hides at once, keeps what was being written, and Back shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.journeys.phones import wait_until_hidden
from tests.web.carer_world import begin_world

from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import Reflection
from replenish.voices.queries import my_box
from replenish.web.carer.card_cookie import CARD_COOKIE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MINE = "a thought of mine"


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    begin_world()
    made = Secret.new()
    note = Reflection(week="2026-W03", topic="note", text=MINE)
    edit_box(made, lambda box: box.with_reflection(note))
    return made


@pytest.fixture
def context(browser: Any, live_server: LiveServer, secret: Secret) -> Iterator[BrowserContext]:  # noqa: ANN401
    opened = browser.new_context()
    opened.add_cookies([{"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{live_server.url}/my/"}])
    yield opened
    opened.close()


def texts(secret: Secret) -> list[str]:
    box = my_box(secret)
    return [note.text for note in box.reflections] if box else []


def require_hidden(page: Page) -> None:
    """Neither here nor by Back and Forward does anything of the person show."""
    wait_until_hidden(page)
    expect(page).to_have_title("Hills and water")
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        if page.url == "about:blank":
            break
        body = page.inner_text("body")
        assert MINE not in body
        assert "My notes" not in body


def test_by_the_link_and_back_shows_nothing(context: BrowserContext, live_server: LiveServer) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/")
    page.get_by_role("button", name="Note, week of").click()
    expect(page.get_by_label("Your note")).to_have_value(MINE)
    page.get_by_role("link", name="Hide this screen").click()
    require_hidden(page)
    page.goto(f"{live_server.url}/my/reflect/")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Show my page again").click()
    page.wait_for_url("**/my/")
    page.goto(f"{live_server.url}/my/reflect/")
    assert MINE in page.inner_text("body")


def test_by_escape_twice_and_not_by_once(context: BrowserContext, live_server: LiveServer) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1_200)
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert page.url.endswith("/my/reflect/")
    page.keyboard.press("Escape")
    require_hidden(page)


def test_what_was_being_written_is_kept_first(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/?with=driscoll")
    page.fill("#text-2", "half of " + MINE)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    require_hidden(page)
    assert texts(secret) == [MINE, f"What does it tell me\nhalf of {MINE}"]


def test_a_draft_that_cannot_be_kept_is_not_shown_and_not_lost(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.fill("#text-1", MINE + "x" * 10_000)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show my page again").wait_for()
    assert MINE not in page.content()
    page.get_by_role("button", name="Show my page again").click()
    expect(page.get_by_label("Text 1")).to_have_value(MINE + "x" * 10_000)
    # What hides is a script that runs after the page is there.
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show my page again").wait_for()
    assert MINE not in page.content(), "hidden again, it is still not kept"
    page.get_by_role("button", name="Show my page again").click()
    page.get_by_label("Text 1").fill("shorter, and " + MINE)
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("h1")).to_have_text("It is kept")
    assert texts(secret) == [MINE, "shorter, and " + MINE]


def test_without_script_the_link_hides_as_well(
    browser: Any,  # noqa: ANN401
    live_server: LiveServer,
    secret: Secret,
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{live_server.url}/my/"}])
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/")
    assert MINE in page.inner_text("body")
    page.get_by_role("link", name="Hide this screen").click()
    assert page.title() == "Hills and water"
    require_hidden(page)
    context.close()


def test_by_itself_after_a_while_also_after_sleep(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.fill("#text-1", "unfinished")
    page.clock.run_for(14 * 60_000)
    page.keyboard.press("Shift")
    page.clock.run_for(14 * 60_000)
    assert page.url.endswith("?with=free"), "a sign of life begins the time anew"
    page.clock.fast_forward(2 * 60_000)
    require_hidden(page)
    assert "unfinished" in texts(secret)


def test_the_room_that_is_left_is_said_before_it_runs_out(
    context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.fill("#text-1", "x" * 7_000)
    expect(page.get_by_text("Characters left:")).to_be_hidden()
    page.fill("#text-1", "x" * 9_990)
    expect(page.get_by_text("Characters left: 10")).to_be_visible()
    page.fill("#text-1", "x" * 10_005)
    expect(page.get_by_text("Characters left: -5")).to_be_visible()


def test_a_link_does_not_throw_a_draft_away(context: BrowserContext, live_server: LiveServer) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/reflect/?with=free")
    page.locator("#text-1").press_sequentially("so far")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="My page").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.locator("#text-1")).to_have_value("so far")


def hide_and_read(page: Page, secret: Secret) -> list[str]:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    wait_until_hidden(page)
    return texts(secret)[1:]


def come_back(page: Page, address: str) -> None:
    page.goto(f"{address}/my/")
    page.get_by_role("button", name="Show my page again").click()
    page.wait_for_url("**/my/")


def test_own_words_are_kept_first_at_every_step(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/words/")
    page.fill("#own_sign", "I am short with my children")
    assert hide_and_read(page, secret) == ["I am short with my children"]
    come_back(page, live_server.url)
    page.goto(f"{live_server.url}/my/words/")
    page.fill("#own_sign", "I sleep badly")
    page.locator("#own_sign").press("Enter")
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    assert hide_and_read(page, secret)[1:] == ["I sleep badly"], "also from a step further on"


def test_a_text_that_was_made_of_own_words_is_kept_first(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/words/")
    page.get_by_role("button", name="All steps on one page").click()
    page.get_by_role("button", name="Write my text").click()
    page.fill("#text", "y" * 3_990)
    expect(page.get_by_text("Characters left: 10")).to_be_visible()
    page.fill("#text", "my own text")
    page.get_by_role("button", name="For paper").click()
    expect(page.get_by_role("heading", name="Your words on paper")).to_be_visible()
    assert hide_and_read(page, secret) == ["my own text"]


def test_a_case_and_an_agenda_are_kept_first(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/case/")
    page.fill("#own_words", "We asked twice.")
    assert hide_and_read(page, secret) == ["We asked twice."]
    come_back(page, live_server.url)
    page.goto(f"{live_server.url}/my/reflect/supervision/")
    page.fill("#text-leave-with", "Relief")
    assert "Relief" in hide_and_read(page, secret)[1]
    come_back(page, live_server.url)
    page.goto(f"{live_server.url}/my/reflect/supervision/")
    page.fill("#text-leave-with", "A decision")
    page.get_by_role("button", name="Make the agenda").click()
    expect(page.get_by_label("Your agenda")).to_be_visible()
    assert "A decision" in hide_and_read(page, secret)[2], "not yet kept on the page that was made"


def test_choices_without_a_word_of_ones_own_are_not_kept(
    context: BrowserContext, live_server: LiveServer, secret: Secret
) -> None:
    page = context.new_page()
    page.goto(f"{live_server.url}/my/words/")
    page.get_by_role("button", name="All steps on one page").click()
    page.get_by_role("button", name="Write my text").click()
    expect(page.locator("#text")).to_be_visible()
    assert hide_and_read(page, secret) == []
