"""A real browser reads the conditions report: with axe, on a phone, in the dark, without script, on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, View, context_with
from tests.journeys.emptied import emptied_releases
from tests.journeys.sound import require_sound
from tests.web.long_chain import publish_chain
from tests.web.report_world import HEADCOUNT, found_organisation, member, opened_to_members

from replenish.conditions.models import Season
from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.conditions_report.parts import THE_WHOLE

__all__ = ["emptied_releases"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WHOLE = f"?part={THE_WHOLE.key}"


@pytest.fixture
def secret(live_server: LiveServer, emptied_releases: None, monkeypatch: pytest.MonkeyPatch) -> Secret:
    """A member of Ash, and eight rounds that can be read."""
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    more: dict[tuple[str, ...], int] = {("Community", f"Team {number}"): 11 for number in range(1, 5)}
    row = publish_chain({**HEADCOUNT, **more}, rounds=8, results=True)
    worlds.set_day(monkeypatch, row.closes_on - timedelta(days=20))
    made = member(Season.objects.get(number=3))
    opened_to_members(monkeypatch, row)
    return made


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_in_the_report(
    browser: Browser, live_server: LiveServer, secret: Secret, view: View
) -> None:
    page = context_with(browser, live_server.url, secret, view).new_page()
    for path in ("", WHOLE, "page/"):
        page.goto(f"{live_server.url}/my/report/{path}")
        assert page.locator("main svg").count() > 0, f"no round is drawn on {path}"
        require_sound(page)
        for summary in page.locator("summary").all():
            summary.click()
        require_sound(page)
    page.context.close()


def test_a_member_goes_from_their_own_page_to_the_sheet_for_the_wall(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": CARD_COOKIE, "value": secret.cookie(), "url": f"{live_server.url}/my/"}
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.goto(f"{live_server.url}/my/")
    page.get_by_role("link", name="Conditions report").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Harbour House"
    page.get_by_text("All parts and groups").click()
    page.get_by_role("link", name="Surgery: Fir").click()
    assert "Surgery: Fir. Round 8" in page.inner_text("main")
    page.get_by_role("link", name="One page to read together").click()
    assert "Surgery: Fir. Round 8" in page.inner_text("main")
    page.get_by_role("link", name="Back to the whole report").click()
    assert "Surgery: Fir. Round 8" in page.inner_text("main")
    with page.expect_download() as download:
        page.get_by_role("link", name="The released figures as a file (CSV)").click()
    assert download.value.suggested_filename == "conditions-report.csv"
    context.close()


def test_what_is_printed_has_no_menus_and_the_sheet_is_one_page(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = context_with(browser, live_server.url, secret).new_page()
    page.goto(f"{live_server.url}/my/report/page/")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    assert not page.get_by_text("Hide this screen").is_visible()
    assert not page.get_by_text("For the wall of the staff room").is_visible()
    page.context.close()
