"""A real browser signs in: with the printed code, then with a passkey of its own, on every kind of screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.web.staff_world import Person, StaffWorld, begin_organisation

from replenish.people.roles import RoleKind

WAYS_IN = ("/staff/sign-in/", "/staff/sign-in/password/", "/staff/sign-in/recovery/", "/staff/signed-out/")
OWN = (
    "/staff/", "/staff/account/", "/staff/account/passkey/", "/staff/account/password/",
    "/staff/account/recovery-codes/", "/staff/account/another-organisation/", "/staff/organisations/",
    "/staff/sign-out/", "/staff/nothing-here/",
)  # fmt: skip

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


__all__ = ["emptied_ledger"]


@pytest.fixture
def ours(live_server: LiveServer, emptied_ledger: None) -> StaffWorld:
    begin_organisation("Theirs")
    return begin_organisation("Ours")


def on_localhost(server: LiveServer) -> str:
    """Browsers make passkeys on encrypted pages, and on this name, but on no bare address."""
    return str(server.url).replace("127.0.0.1", "localhost")


def with_authenticator(context: BrowserContext) -> Page:
    """A page of a browser that keeps passkeys and whose owner always agrees."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def with_code(page: Page, address: str, person: Person) -> None:
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code.lower())
    page.get_by_role("button", name="Sign in with the code").click()


def test_from_the_printed_code_to_a_passkey_and_back(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    address = on_localhost(live_server)
    page = with_authenticator(browser.new_context(**VIEWS["phone, light"]))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    with_code(page, address, ours.people[RoleKind.STEWARD])
    page.wait_for_url("**/staff/set-up/")
    require_sound(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("#name", "my phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/staff/account/")
    assert page.get_by_text("my phone").is_visible()
    page.goto(f"{address}/staff/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/staff/signed-out/")
    page.goto(f"{address}/staff/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "There is no page here"
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Remove my phone").wait_for()
    assert [text for text in refused if "404" not in text] == []
    page.context.close()


def test_whoever_declines_the_device_can_go_on(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = browser.new_context().new_page()
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('declined'))")
    page.goto(f"{on_localhost(live_server)}/staff/sign-in/")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_text("That did not work.").wait_for()
    assert page.get_by_role("button", name="Use my passkey").is_enabled()
    page.context.close()


def test_all_but_passkeys_works_without_script(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    person = ours.people[RoleKind.REPRESENTATIVE]
    with_code(page, live_server.url, person)
    page.get_by_role("link", name="Set a password").click()
    page.fill("#password", "otter lamp river seven")
    page.get_by_role("button", name="Keep this password").click()
    page.get_by_role("link", name="Make new recovery codes").click()
    page.get_by_role("button", name="Make new recovery codes").click()
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/staff/sign-in/recovery/")
    page.fill("#code", code)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_text("You are here as Representative of Ours.").is_visible()
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_page(
    browser: Browser, live_server: LiveServer, ours: StaffWorld, view: View
) -> None:
    page = with_authenticator(browser.new_context(**view))
    address = on_localhost(live_server)
    for path in (*WAYS_IN, "/staff/nothing-here/"):
        page.goto(address + path)
        require_sound(page)
    with_code(page, address, ours.people[RoleKind.DEPUTY])
    for path in OWN:
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status == (404 if path.endswith("/nothing-here/") else 200), path
        require_sound(page)
    page.goto(f"{address}/staff/account/recovery-codes/")
    page.get_by_role("button", name="Make new recovery codes").click()
    require_sound(page)
    page.goto(f"{address}/staff/sign-in/")
    page.get_by_role("button", name="Sign in with the code").click()
    require_sound(page)
    page.context.close()
