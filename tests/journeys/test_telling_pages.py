"""Telling everybody in a real browser: a steward words and sends, others read, each chooses letters."""

from __future__ import annotations

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Person

from replenish.people.actions.logins import set_email
from replenish.people.models import Account
from replenish.people.roles import RoleKind

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["emptied_ledger"]

PAGES = (
    "/staff/telling/", "/staff/telling/wording/", "/staff/telling/wording/?kind=last-week",
    "/staff/telling/calendar/", "/staff/telling/list/", "/staff/telling/notices/", "/staff/account/",
)  # fmt: skip


@pytest.fixture
def ours(
    live_server: LiveServer, emptied_ledger: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> RoundsWorld:
    settings.REPLENISH_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.REPLENISH_ADDRESS = live_server.url
    mail.outbox = []
    begin_rounds_world(monkeypatch, "Elsewhere")
    return begin_rounds_world(monkeypatch, "Harbour House")


def signed_in(page: Page, address: str, person: Person) -> None:
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")


def test_a_steward_words_shares_and_sends(
    browser: Browser, live_server: LiveServer, ours: RoundsWorld
) -> None:
    page = browser.new_context(java_script_enabled=False, **VIEWS["phone, light"]).new_page()
    signed_in(page, live_server.url, ours.people[RoleKind.STEWARD])
    page.goto(f"{live_server.url}/staff/")
    page.get_by_role("link", name="Tell everybody").click()
    page.get_by_role("link", name="Change the words Draw a slip, and have a say").click()
    page.fill("#text", "Tea and slips in the hall on {starts}.")
    page.get_by_role("button", name="Look at them first").click()
    assert page.get_by_text("Tea and slips in the hall on Monday 5 January 2026.").is_visible()
    assert page.get_by_text("Nobody is told who takes part").is_visible()
    page.get_by_role("button", name="Keep these words").click()
    page.goto(f"{live_server.url}/staff/telling/")
    page.get_by_role("link", name="Enter the address of a list").click()
    page.fill("#address", "everybody@harbour.example")
    page.get_by_role("button", name="Keep this address").click()
    page.get_by_role("link", name="Send it to everybody Draw a slip").click()
    page.get_by_role("button", name="Send it now").click()
    assert page.get_by_text("Sent to everybody on 5 January 2026.").is_visible()
    (letter,) = mail.outbox
    assert "Tea and slips" in str(letter.body)
    page.get_by_role("link", name="Make an address").click()
    page.get_by_role("button", name="Make the address").click()
    feed = page.locator("p.written").inner_text()
    assert page.request.get(feed).text().startswith("BEGIN:VCALENDAR")
    page.context.close()


@pytest.mark.parametrize("kind", [RoleKind.REPRESENTATIVE, RoleKind.OPERATOR])
def test_others_take_what_hangs_on_the_wall(
    browser: Browser, live_server: LiveServer, ours: RoundsWorld, kind: RoleKind
) -> None:
    page = browser.new_context().new_page()
    signed_in(page, live_server.url, ours.people[kind])
    page.goto(f"{live_server.url}/staff/telling/")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Poster (PDF) Draw a slip").click()
    assert kept.value.suggested_filename == "poster.pdf"
    assert page.get_by_role("link", name="Change the words").count() == (
        0
        if kind is RoleKind.REPRESENTATIVE
        else page.get_by_role("link", name="Message for a mail program").count()
    )
    page.context.close()


def test_everybody_chooses_their_own_letters(
    browser: Browser, live_server: LiveServer, ours: RoundsWorld
) -> None:
    page, person = browser.new_context().new_page(), ours.people[RoleKind.SUPERVISOR]
    signed_in(page, live_server.url, person)
    login = Account.objects.get(pk=person.account).login_id
    assert login is not None
    set_email(login, "noor@example.org")
    page.goto(f"{live_server.url}/staff/account/")
    page.get_by_role("link", name="Letters about what waits for you").click()
    page.get_by_label("Once a week, all in one").check()
    page.get_by_role("button", name="Keep this choice").click()
    page.wait_for_url("**/staff/account/")
    page.goto(f"{live_server.url}/staff/telling/notices/")
    assert page.get_by_label("Once a week, all in one").is_checked()
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_page(
    browser: Browser, live_server: LiveServer, ours: RoundsWorld, view: View
) -> None:
    page = browser.new_context(**view).new_page()
    signed_in(page, live_server.url, ours.people[RoleKind.STEWARD])
    for path in PAGES:
        answer = page.goto(live_server.url + path)
        assert answer is not None
        assert answer.status == 200, path
        require_sound(page)
    page.goto(f"{live_server.url}/staff/telling/wording/?kind=last-week")
    page.fill("#text", "{nothing}")
    page.get_by_role("button", name="Keep these words").click()
    require_sound(page)
    page.goto(f"{live_server.url}/staff/telling/")
    page.get_by_role("link", name="Send it to everybody").first.click()
    require_sound(page)
    page.context.close()
