"""A real browser finds words and makes a case: with script and without, by Back, on paper, on a phone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.carer.words.case_parts import CONDITIONS

View = dict[str, Any]
VIEWS: dict[str, View] = {
    "desktop, light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "phone, light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "has_touch": True},
    "smallest, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "has_touch": True},
}
SMALLEST_TARGET = 24
SMALL_TARGETS = """least => [
    ...document.querySelectorAll("main button, main input:not([type=hidden]), .alone a, .beside a")
].filter(e => e.checkVisibility()).filter(e => {
    const box = e.getBoundingClientRect();
    return Math.min(box.width, box.height) < least;
}).map(e => e.outerHTML)"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    """A card under which one sign and two conditions were said."""
    made = Secret.new()
    said = {
        "replenish-weekly": {"sign.dread": 4.0},
        "replenish-round": {"supervision.held": 1.0, "process.time": 0.0},
    }
    check_in(made, said, week_of(clock.today()))
    return made


def page_with(browser: Browser, address: str, secret: Secret, **view: Any) -> Page:  # noqa: ANN401 - options
    context = browser.new_context(**view)
    cookie = {"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{address}/my/"}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def require_sound(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_step(
    browser: Browser, live_server: LiveServer, secret: Secret, view: View
) -> None:
    page = page_with(browser, live_server.url, secret, **view)
    page.goto(f"{live_server.url}/my/words/")
    for number in range(1, 6):
        expect(page.get_by_text(f"Step {number} of 5")).to_be_visible()
        require_sound(page)
        press(page, "Next" if number < 5 else "Write my text")
    expect(page.locator("h1")).to_have_text("Your words")
    require_sound(page)
    press(page, "For paper")
    expect(page.locator(".written")).to_be_visible()
    require_sound(page)
    page.goto(f"{live_server.url}/my/words/")
    press(page, "All steps on one page")
    expect(page.get_by_text("Who is it for?")).to_be_visible()
    require_sound(page)
    page.goto(f"{live_server.url}/my/case/")
    require_sound(page)
    press(page, "Show the page")
    expect(page.locator(".sheet h1")).to_be_visible()
    require_sound(page)
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_words_are_found_changed_and_put_on_paper(
    browser: Browser, live_server: LiveServer, secret: Secret, script: bool
) -> None:
    page = page_with(browser, live_server.url, secret, java_script_enabled=script, **VIEWS["phone, light"])
    page.goto(f"{live_server.url}/my/words/")
    expect(page.get_by_label("I dread work that once meant a lot to me")).to_be_checked()
    page.fill("#own_sign", "I am short with my children")
    page.locator("#own_sign").press("Enter")
    page.get_by_label("A few months").check()
    press(page, "Next")
    expect(page.get_by_label("Supervision is cancelled or moved")).to_be_checked()
    press(page, "Next")
    page.get_by_label("Supervision that takes place").check()
    press(page, "Next")
    page.get_by_label("My manager").check()
    press(page, "Write my text")
    text = page.locator("#text")
    expect(text).to_have_value(re.compile("Could you see to it that supervision takes place"))
    expect(text).to_have_value(re.compile("I am short with my children"))
    assert page.get_by_role("button", name="Copy").is_visible() == script
    text.fill("My own words.")
    press(page, "For paper")
    expect(page.locator(".written")).to_have_text("My own words.")
    page.emulate_media(media="print")
    assert [part for part in ("h1", ".bar", "form") if page.locator(part).first.is_visible()] == []
    page.emulate_media(media="screen")
    press(page, "Back to the text")
    expect(page.locator("#text")).to_have_value("My own words.")
    assert page.url == f"{live_server.url}/my/words/"
    press(page, "Keep it in my box")
    expect(page.locator("h1")).to_have_text("Your words are kept")
    page.context.close()


def test_the_browsers_own_back_walks_through_the_steps(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = page_with(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/data/")
    page.goto(f"{live_server.url}/my/words/")
    press(page, "Next")
    page.get_by_label("A long time").check()
    press(page, "Next")
    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "content"
    page.go_back()
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    expect(page.get_by_label("A long time")).to_be_checked()
    page.go_forward()
    expect(page.get_by_text("Step 3 of 5")).to_be_visible()
    press(page, "Back")
    expect(page.get_by_text("Step 2 of 5")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Step 1 of 5")).to_be_visible()
    expect(page.get_by_label("I dread work that once meant a lot to me")).to_be_checked()
    page.go_back()
    expect(page.locator("h1")).to_have_text("My data")
    page.context.close()


def test_copying_says_that_it_is_done(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    page = page_with(browser, live_server.url, secret, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/my/case/")
    press(page, "Show the page")
    press(page, "Copy")
    expect(page.get_by_role("status")).to_contain_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("What we need: supervision with time to reflect, and time after hard moments")
    page.context.close()


def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize(
    ("conditions", "setting"),
    [(None, None), (("supervision", "debrief"), "social-work"), (("debrief", "workload"), "hospice")],
    ids=["as it opens", "supervision and debrief", "debrief and workload"],
)
def test_the_case_is_one_sheet_of_paper(
    browser: Browser,
    live_server: LiveServer,
    secret: Secret,
    conditions: tuple[str, ...] | None,
    setting: str | None,
) -> None:
    """The pairs are the longest ones there are."""
    page = page_with(browser, live_server.url, secret)
    page.goto(f"{live_server.url}/my/case/")
    for condition in CONDITIONS if conditions else ():
        page.locator(f"[value={condition}]").set_checked(condition in (conditions or ()))
    if setting:
        page.locator(f"[value={setting}]").check()
    press(page, "Show the page")
    expect(page.locator(".sheet h1")).to_be_visible()
    assert pages_of(page) == 1
    page.context.close()
