"""A real browser reads and practises: the timer is quiet, stops when asked, and is absent without script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

View = dict[str, Any]
VIEWS: dict[str, View] = {
    "desktop, light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "smallest, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "has_touch": True},
}
PAGES = (
    "/practise/", "/practise/put-it-down/", "/practise/short-walk/", "/understand/", "/understand/burnout/",
    "/understand/recovery/", "/understand/questions/", "/understand/in-your-setting/childrens-home/",
    "/help-now/",
)  # fmt: skip

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def page_with(browser: Browser, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, live_server: LiveServer, view: View
) -> None:
    page = page_with(browser, view)
    for path in PAGES:
        page.goto(live_server.url + path)
        for summary in page.locator("summary").all():
            summary.click()
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        width = view["viewport"]["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def test_the_timer_runs_says_little_and_ends(browser: Browser, live_server: LiveServer) -> None:
    page = page_with(browser)
    page.clock.install()
    page.goto(f"{live_server.url}/practise/put-it-down/")
    left, says = page.locator("[data-left]"), page.locator("[data-says]")
    expect(left).to_have_text("About 3 minutes left")
    expect(says).to_have_text("")
    page.get_by_role("button", name="Begin").click()
    expect(says).to_have_text("The time has begun.")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.clock.run_for(61_000)
    expect(left).to_have_text("About 2 minutes left")
    expect(says).to_have_text("The time has begun.")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(600_000)
    expect(left).to_have_text("About 2 minutes left")
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(120_000)
    expect(says).to_have_text("The time is over. There is no hurry.")
    expect(page.get_by_role("button", name="Begin")).to_be_focused()
    page.context.close()


def test_the_timer_goes_on_without_a_connection_and_keeps_nothing(
    browser: Browser, live_server: LiveServer
) -> None:
    page = page_with(browser)
    page.clock.install()
    page.goto(f"{live_server.url}/practise/look-around/")
    page.context.set_offline(True)
    page.get_by_label("One soft tone at the end").check()
    page.get_by_role("button", name="Begin").click()
    page.clock.run_for(61_000)
    expect(page.locator("[data-says]")).to_have_text("The time is over. There is no hurry.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    page.context.close()


def test_the_sun_stands_still_for_who_wants_less_motion(browser: Browser, live_server: LiveServer) -> None:
    def moved(motion: str) -> bool:
        page = page_with(browser, {"reduced_motion": motion})
        page.clock.install()
        page.goto(f"{live_server.url}/practise/put-it-down/")
        page.get_by_role("button", name="Begin").click()
        before = page.locator("[data-sun]").get_attribute("cx")
        page.clock.run_for(30_000)
        after = page.locator("[data-sun]").get_attribute("cx")
        page.context.close()
        return before != after

    assert moved("no-preference")
    assert not moved("reduce")


def test_without_script_there_is_the_text_and_no_timer(browser: Browser, live_server: LiveServer) -> None:
    page = page_with(browser, {"java_script_enabled": False})
    page.goto(f"{live_server.url}/practise/put-it-down/")
    expect(page.get_by_text("About 3 minutes. Less is fine too.")).to_be_visible()
    expect(page.locator("[data-timer]")).to_be_hidden()
    page.context.close()
