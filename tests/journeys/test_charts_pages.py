"""Charts of facts, all supervision and the questions after it, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.conditions.supervised_world import due_days, fell_through, held, pair
from tests.debrief.incident_world import said
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.journeys.staff import signed_in
from tests.web.staff_world import StaffWorld, begin_organisation

from replenish.basis import clock
from replenish.conditions.facts.from_rooms import count_rooms
from replenish.debrief.incidents.writing import write_down
from replenish.people.roles import RoleKind

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["emptied_ledger"]


@pytest.fixture
def ours(live_server: LiveServer, emptied_ledger: None) -> StaffWorld:
    """Fifteen months of eight pairs; one month in the middle nearly everything fell through."""
    made = begin_organisation("Ours")
    since = clock.today() - timedelta(weeks=65)
    days = due_days(since, 16)
    for number in range(8):
        agreement = pair(
            made.organisation, made.unit, since=since, name=f"p{number}", supervisor=f"s{number % 3}"
        )
        for at, day in enumerate(days):
            if day.month == days[8].month and number:
                fell_through(agreement, day)
            elif (at + number) % 9 == 0:
                fell_through(agreement, day, side="supervisee", reason="away")
            else:
                short = (at + number) % 4 == 0
                held(agreement, day, minutes=40 if short else 60, reflective_kept=not short, raised=1)
    steward = made.asker(RoleKind.STEWARD)
    for number in range(6):
        write_down(asker=steward, said=said(made.unit, clock.today() - timedelta(days=70 + number)))
    count_rooms()
    return made


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_charts_are_sound_on_every_screen(
    browser: Browser, live_server: LiveServer, ours: StaffWorld, view: View
) -> None:
    page = signed_in(browser, live_server.url, ours.people[RoleKind.REPRESENTATIVE], view)
    for path in (f"?unit={ours.unit}", "supervision/", "debriefs/"):
        page.goto(f"{live_server.url}/staff/provision/{path}")
        require_sound(page)
        for folded in page.locator("details > summary").all():
            folded.click()
        require_sound(page)
    page.context.close()


def test_a_month_beyond_chance_is_named_without_script(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = browser.new_context(java_script_enabled=False, **VIEWS["phone, light"]).new_page()
    page.goto(f"{live_server.url}/staff/sign-in/")
    page.fill("#account", ours.people[RoleKind.DEPUTY].account)
    page.fill("#code", ours.people[RoleKind.DEPUTY].code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.goto(f"{live_server.url}/staff/provision/")
    page.get_by_role("link", name="All supervision").click()
    told = page.locator("#supervision_held")
    assert told.get_by_text("There is more in this series than chance would give.").is_visible()
    assert told.get_by_role("img").count() == 1
    assert told.get_by_text("Ask those who were there what was different then.").is_visible()
    page.context.close()
