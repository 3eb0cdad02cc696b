"""Facts of provision in a real browser: entered, corrected, brought as a table, and read by each part."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.conditions.facts_world import fact
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.web.staff_world import StaffWorld, begin_organisation

from replenish.basis import clock
from replenish.conditions.facts.entering import enter_fact
from replenish.people.roles import READERS, RoleKind
from replenish.web.conditions_report.figure_words import last_month

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["emptied_ledger"]

PAGES = ("", "enter/", "correct/", "take-back/", "import/")
READ_ALONE = (RoleKind.REPRESENTATIVE,)


@pytest.fixture
def ours(live_server: LiveServer, emptied_ledger: None) -> StaffWorld:
    begin_organisation("Theirs")
    return begin_organisation("Ours")


def month_before() -> tuple[date, date]:
    return last_month(clock.today())


def come_in(page: Page, address: str, world: StaffWorld, kind: RoleKind) -> None:
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", world.people[kind].account)
    page.fill("#code", world.people[kind].code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")


def test_a_steward_enters_corrects_and_takes_back_without_script(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    page = browser.new_context(java_script_enabled=False, **VIEWS["phone, light"]).new_page()
    come_in(page, live_server.url, ours, RoleKind.STEWARD)
    page.goto(f"{live_server.url}/staff/")
    page.get_by_role("main").get_by_role("link", name="What is provided").click()
    page.get_by_role("link", name="Enter a figure").click()
    page.get_by_role("link", name="Reflective supervision held").click()
    page.get_by_label("Meetings held").fill("9")
    page.get_by_label("Meetings due").fill("8")
    page.get_by_role("button", name="Keep this figure").click()
    page.get_by_role("link", name="9 out of 8 cannot be").click()
    page.get_by_label("Meetings held").fill("6")
    page.get_by_role("button", name="Keep this figure").click()
    assert page.get_by_text("6 of 8 meetings due").is_visible()
    assert not urlsplit(page.url).path.rstrip("/").split("/")[-1].isdigit()
    page.get_by_role("link", name="Correct").first.click()
    page.get_by_label("Meetings held").fill("7")
    page.get_by_role("button", name="Keep the correction").click()
    assert page.get_by_text("7 of 8 meetings due").is_visible()
    page.get_by_role("link", name="Correct").first.click()
    page.get_by_role("link", name="Take this figure back").click()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("what was changed").click()
    assert page.get_by_text("Taken back by Steward of Ours").is_visible()
    page.context.close()


def test_a_deputy_brings_a_table_and_loses_nothing(
    browser: Browser, live_server: LiveServer, ours: StaffWorld
) -> None:
    first, last = month_before()
    page = browser.new_context(**VIEWS["desktop, light"]).new_page()
    come_in(page, live_server.url, ours, RoleKind.DEPUTY)
    page.goto(f"{live_server.url}/staff/provision/import/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the example file").click()
    rows = taken.value.path().read_text("utf-8-sig").splitlines()
    assert rows[1] == f"Oak,supervision_held,{first},{last},,,"
    days = f"{first},{last}"
    page.fill("#text", f"{rows[0]}\nOak,vacancies,{days},1,9,\nOka,breaks_kept,{days},40,60,rota\n")
    page.get_by_role("button", name="Look at it first").click()
    require_sound(page)
    page.get_by_role("button", name="Keep the good rows").click()
    page.get_by_text("1 figure was kept.").wait_for()
    left = page.input_value("#text")
    assert "vacancies" not in left
    page.fill("#text", left.replace("Oka", "Oak"))
    page.get_by_role("button", name="Look again").click()
    require_sound(page)
    page.get_by_role("button", name="Keep these figures").click()
    page.wait_for_url("**/staff/provision/")
    assert page.get_by_text("40 of 60 breaks due").is_visible()
    page.context.close()


@pytest.mark.parametrize("kind", READERS)
def test_each_part_reads_and_finds_what_it_may_do(
    browser: Browser, live_server: LiveServer, ours: StaffWorld, kind: RoleKind
) -> None:
    enter_fact(asker=ours.asker(RoleKind.STEWARD), entry=fact(ours.unit, days=month_before()))
    page = browser.new_context(**VIEWS["smallest, dark"]).new_page()
    come_in(page, live_server.url, ours, kind)
    for path in PAGES if kind not in READ_ALONE else PAGES[:1]:
        page.goto(f"{live_server.url}/staff/provision/{path}")
        require_sound(page)
    page.goto(f"{live_server.url}/staff/provision/?unit={ours.unit}")
    assert page.get_by_text("6 of 8 meetings due").is_visible()
    may_correct = kind in (RoleKind.STEWARD, RoleKind.DEPUTY, RoleKind.SUPERVISOR)
    assert page.get_by_role("link", name="Correct").count() == int(may_correct)
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_in_any_state(
    browser: Browser, live_server: LiveServer, ours: StaffWorld, view: View
) -> None:
    row = enter_fact(asker=ours.asker(RoleKind.STEWARD), entry=fact(ours.unit, days=month_before()))
    page = browser.new_context(**view).new_page()
    come_in(page, live_server.url, ours, RoleKind.STEWARD)
    base = f"{live_server.url}/staff/provision/"
    for path in (
        *PAGES,
        f"?unit={ours.unit}",
        f"enter/?unit={ours.unit}&kind=sickness_absence",
        f"correct/?fact={row}",
        f"take-back/?fact={row}",
    ):
        page.goto(base + path)
        require_sound(page)
    page.goto(f"{base}enter/?unit={ours.unit}&kind=restraints")
    page.get_by_role("button", name="Keep this figure").click()
    require_sound(page)
    page.goto(f"{base}import/")
    page.get_by_role("button", name="Look at it first").click()
    require_sound(page)
    page.context.close()
