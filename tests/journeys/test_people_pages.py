"""A real browser sets an organisation up and keeps it: by mouse and keyboard, on every kind of screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.test_signing_in import with_code
from tests.web.staff_world import Person, StaffWorld, begin_organisation

from replenish.people.actions import add_unit, propose_headcount
from replenish.people.roles import RoleKind

PAGES = {
    RoleKind.OPERATOR: (
        "people/", "people/one/", "people/appoint/", "people/end-part/", "people/end-account/",
        "people/new-code/", "units/", "units/one/", "units/add/", "units/rename/", "units/call-off/",
        "units/organisation/", "units/organisation/setting/", "units/organisation/floor/", "upkeep/",
        "upkeep/ledger/",
    ),
    RoleKind.STEWARD: ("people/", "units/", "units/move/", "units/dissolve/", "upkeep/ledger/"),
    RoleKind.REPRESENTATIVE: ("people/", "people/end-part/", "units/", "upkeep/ledger/"),
}  # fmt: skip

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["emptied_ledger"]


@pytest.fixture
def ours(live_server: LiveServer, emptied_ledger: None) -> StaffWorld:
    begin_organisation("Theirs")
    return begin_organisation("Ours")


def opened(browser: Browser, server: LiveServer, person: Person, view: View | None = None) -> Page:
    """A page of a browser that is signed in; no script is needed for any of this."""
    page = browser.new_context(**(view or {}), java_script_enabled=view is not None).new_page()
    with_code(page, str(server.url), person)
    return page


def press(page: Page, name: str) -> None:
    """The button, by the keyboard."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_from_an_invitation_to_a_representative_who_resigns(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    """The operator appoints, the new person signs in with the sheet, resigns, and reads what now waits."""
    page = opened(browser, live_server, ours.people[RoleKind.OPERATOR])
    page.goto(f"{live_server.url}/staff/people/")
    page.get_by_role("link", name="Appoint somebody").click()
    page.fill("#name", "Robin Hale")
    page.get_by_role("radio", name=re.compile("Representative")).check()
    press(page, "Appoint")
    assert heading(page) == "Sheet to hand over"
    account, code = page.locator(".opens code").all_inner_texts()
    page.get_by_role("link", name="I have it on paper").click()
    page.get_by_role("link", name="Robin Hale").click()
    assert page.get_by_text("Representative", exact=False).first.is_visible()
    page.context.close()

    old = opened(browser, live_server, ours.people[RoleKind.REPRESENTATIVE])
    old.goto(f"{live_server.url}/staff/people/end-account/")
    press(old, "End it today")
    assert old.url.endswith("/staff/signed-out/")
    old.context.close()

    propose_headcount(asker=ours.asker(RoleKind.STEWARD), people={ours.unit: 9})
    page = opened(browser, live_server, Person(account, code))
    page.goto(f"{live_server.url}/staff/people/one/")
    page.get_by_role("link", name=re.compile("End it")).click()
    assert page.get_by_text("Nobody can then confirm slips or headcounts").is_visible()
    press(page, "End it today")
    page.goto(f"{live_server.url}/staff/people/")
    assert page.get_by_text("No representative is there today").is_visible()
    page.context.close()


def test_a_steward_changes_the_own_part_of_the_tree_and_calls_a_change_off(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = opened(browser, live_server, ours.people[RoleKind.STEWARD])
    page.goto(f"{live_server.url}/staff/units/")
    page.get_by_role("link", name="Add a unit").click()
    page.fill("#name", "Elm")
    press(page, "See what it means")
    assert page.get_by_text("Elm begins, as part of Oak").is_visible()
    press(page, "Add it")
    page.get_by_role("link", name="Elm").click()
    page.get_by_role("link", name="Rename it").click()
    page.fill("#name", "Rowan")
    page.fill("#day", "2099-01-31")
    press(page, "See what it means")
    press(page, "Rename it")
    assert page.get_by_text("Elm is called Rowan").is_visible()
    page.get_by_role("link", name="Call it off").click()
    press(page, "Call it off")
    assert heading(page) == "Units"
    assert page.get_by_text("Elm is called Rowan").count() == 0
    page.context.close()


def test_the_operator_raises_the_floor_and_chooses_the_kind_of_place(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = opened(browser, live_server, ours.people[RoleKind.OPERATOR])
    page.goto(f"{live_server.url}/staff/units/organisation/floor/")
    page.fill("#floor", "6")
    press(page, "See what it means")
    assert page.get_by_role("alert").is_visible()
    page.fill("#floor", "9")
    press(page, "See what it means")
    press(page, "Raise it for good")
    assert page.get_by_text("fewer than 9 voices").is_visible()
    page.get_by_role("link", name="Choose another kind").click()
    page.get_by_role("radio", name=re.compile("hospice")).check()
    press(page, "Choose this kind")
    assert page.get_by_text("A hospice", exact=True).is_visible()
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_page(
    browser: Browser, live_server: LiveServer, ours: StaffWorld, view: View
) -> None:
    for number in range(3):
        add_unit(asker=ours.operator, name=f"House with a long name {number}", parent=ours.unit)
    for role, paths in PAGES.items():
        page = opened(browser, live_server, ours.people[role], view)
        for path in paths:
            answer = page.goto(f"{live_server.url}/staff/{path}")
            assert answer is not None
            assert answer.status == 200, path
            require_sound(page)
        page.context.close()
    page = opened(browser, live_server, ours.people[RoleKind.OPERATOR], view)
    page.goto(f"{live_server.url}/staff/people/appoint/")
    page.get_by_role("button", name="Appoint", exact=True).click()
    require_sound(page)
    page.fill("#name", "Robin Hale")
    page.get_by_role("radio", name=re.compile("Facilitator")).check()
    page.get_by_role("button", name="Appoint", exact=True).click()
    assert heading(page) == "Sheet to hand over"
    require_sound(page)
    page.goto(f"{live_server.url}/staff/units/one/?unit={ours.unit}")
    require_sound(page)
    page.get_by_role("link", name="Move it").click()
    page.get_by_role("button", name="See what it means").click()
    require_sound(page)
    page.context.close()
