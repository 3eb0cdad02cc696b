"""People with a part, in a real browser: they come in with their printed code, and press buttons by key."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from tests.journeys.browsers import View
from tests.web.staff_world import Person


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    """A page of a browser of their own, signed in."""
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    come_in(page, person)
    return page


def come_in(page: Page, person: Person) -> None:
    """Sign in on the page that is open."""
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")


def press(page: Page, name: str) -> None:
    """A button, by the keyboard; the page that it leads to is there afterwards."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).press("Enter")


def words(page: Page) -> str:
    """What stands in the middle of the page."""
    return page.get_by_role("main").inner_text()
