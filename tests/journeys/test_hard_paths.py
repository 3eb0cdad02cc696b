"""What nobody plans for, in a real browser: a representative resigns, and a unit ends in mid-round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, context_with
from tests.journeys.emptied import emptied_ledger, emptied_releases
from tests.journeys.sound import require_sound
from tests.journeys.staff import come_in, press, signed_in, words
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.small_world import seat_in
from tests.web.staff_world import Person, quick

from replenish.conditions.queries import seasons
from replenish.conditions.rounds import open_due
from replenish.people.actions import propose_headcount, propose_slips
from replenish.people.queries import headcount
from replenish.people.roles import RoleKind

__all__ = ["emptied_ledger", "emptied_releases", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MID_ROUND = timedelta(days=10)
SEASON = timedelta(weeks=12)


@pytest.fixture
def address(
    live_server: LiveServer,
    emptied_releases: None,
    emptied_ledger: None,
    quick: None,
    settings: Settings,
    tmp_path: Path,
) -> str:
    """The address of an installation with a folder of its own, printed on the sheets it makes."""
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    settings.REPLENISH_ADDRESS = live_server.url
    return str(live_server.url)


@pytest.fixture
def world(address: str, monkeypatch: pytest.MonkeyPatch) -> RoundsWorld:
    begin_rounds_world(monkeypatch, "Theirs")
    return begin_rounds_world(monkeypatch)


def test_a_representative_resigns_and_staff_elect_another(
    browser: Browser, address: str, world: RoundsWorld
) -> None:
    made, season = world.staffed, seasons(world.organisation)[0].season
    propose_headcount(asker=made.steward, people={made.units["Yew"]: 12})
    propose_slips(asker=made.representative, season=season, slips={made.units["Ash"]: 2})

    leaving = signed_in(browser, address, world.people[RoleKind.REPRESENTATIVE], VIEWS["phone, light"])
    resign(leaving, address)
    require_sound(leaving)
    leaving.goto(f"{address}/staff/keys/")
    assert leaving.get_by_role("heading", level=1, name="The two keys").count() == 0
    leaving.context.close()

    steward = signed_in(browser, address, world.people[RoleKind.STEWARD])
    steward.goto(f"{address}/staff/keys/")
    assert "Nobody is representative now" in words(steward)
    assert "nothing can be confirmed" in words(steward)
    assert "Nothing waits for you." in words(steward)
    assert "Other proposals" not in words(steward), "what rested on the one who left has ended"
    require_sound(steward)
    propose(steward, address)
    assert "You proposed it." in words(steward)
    assert headcount(world.organisation)[made.units["Yew"]] == 11

    sheet, elected = appointed(browser, address, world)
    page = browser.new_context(**VIEWS["smallest, dark"]).new_page()
    page.goto(sheet)
    come_in(page, elected)
    page.goto(f"{address}/staff/")
    page.get_by_role("main").get_by_role("link", name="The two keys").click()
    assert "Proposed by Ada Steward" in words(page)
    require_sound(page)
    page.get_by_role("main").get_by_role("link", name="How many people work where").first.click()
    press(page, "Turn my key")
    assert headcount(world.organisation)[made.units["Yew"]] == 12
    steward.reload()
    assert "Nobody is representative now" not in words(steward)
    for one in (steward, page):
        one.context.close()


def resign(page: Page, address: str) -> None:
    """From the list of people to the end of one's own part, which is asked once more."""
    page.goto(f"{address}/staff/people/")
    page.get_by_role("link", name="My own parts").click()
    page.get_by_role("link", name=re.compile("End it")).click()
    told = words(page)
    assert "All that waits for a second key ends" in told
    assert "Nobody can then confirm slips or headcounts." in told
    assert "you need give no reason" in told
    require_sound(page)
    press(page, "End it today")


def propose(page: Page, address: str) -> None:
    """The headcount of one unit, once more."""
    page.get_by_role("main").get_by_role("link", name="How many people work where").click()
    page.get_by_label("Surgery / Yew").fill("12")
    press(page, "Propose these numbers")
    page.goto(f"{address}/staff/keys/")


def appointed(browser: Browser, address: str, world: RoundsWorld) -> tuple[str, Person]:
    """The operator gives the part to whoever was elected; the address on the printed sheet, and the codes."""
    page = signed_in(browser, address, world.people[RoleKind.OPERATOR])
    page.goto(f"{address}/staff/people/")
    assert "No representative is there today" in words(page)
    page.get_by_role("link", name="Appoint somebody").click()
    page.fill("#name", "Robin Hale")
    page.get_by_role("radio", name=re.compile("Representative")).check()
    press(page, "Appoint")
    sheet = page.locator(".address").inner_text()
    account, code = page.locator(".opens code").all_inner_texts()
    page.get_by_role("link", name="I have it on paper").click()
    assert "No representative is there today" not in words(page)
    page.context.close()
    return sheet, Person(account, code)


@pytest.mark.parametrize("who", [RoleKind.STEWARD, RoleKind.OPERATOR])
def test_a_unit_ends_in_mid_round(
    browser: Browser, address: str, world: RoundsWorld, monkeypatch: pytest.MonkeyPatch, who: RoleKind
) -> None:
    """Its group is published for the season as it was planned; its people keep all they wrote."""
    card = context_with(browser, address, seat_in(world, "Ash"), VIEWS["phone, light"]).new_page()
    live_round(monkeypatch, world)
    second = worlds.BEGINS + timedelta(weeks=4)
    worlds.set_day(monkeypatch, second + MID_ROUND)
    open_due()
    ends = second + MID_ROUND + timedelta(days=2)
    with at_work(browser, address, world.people[who]) as page:
        dissolve(page, address, ends)

    worlds.set_day(monkeypatch, ends)
    with at_work(browser, address, world.people[who]) as page:
        page.goto(f"{address}/staff/units/")
        assert "Elm" in words(page)
        assert "Ash" not in words(page)
    card.goto(f"{address}/my/")
    assert "your answers count in the present round" in words(card)
    check_in(card)
    for _ in range(2):
        row = live_round(monkeypatch, world)
    days_after_close(monkeypatch, row, 2)
    with at_work(browser, address, world.people[RoleKind.REPRESENTATIVE]) as page:
        require_old_part(page, f"{address}/staff/report/", row.number)
    require_old_part(card, f"{address}/my/report/", row.number)

    worlds.set_day(monkeypatch, worlds.BEGINS + SEASON)
    with at_work(browser, address, world.people[who]) as page:
        plan_without(page, address)
    days_after_close(monkeypatch, row, 3)
    open_due()
    require_card_works(card, address)
    require_old_part(card, f"{address}/my/report/", row.number)
    with at_work(browser, address, world.people[RoleKind.REPRESENTATIVE]) as page:
        require_old_part(page, f"{address}/staff/report/", row.number)
    card.context.close()


@contextmanager
def at_work(browser: Browser, address: str, person: Person) -> Iterator[Page]:
    """Somebody signed in for a day; nobody stays so over night."""
    page = signed_in(browser, address, person)
    yield page
    page.context.close()


def dissolve(page: Page, address: str, day: date) -> None:
    """From the tree to the day on which a unit ends, with what that means."""
    page.goto(f"{address}/staff/units/")
    page.get_by_role("main").get_by_role("link", name="Ash").click()
    page.get_by_role("link", name="Dissolve it").click()
    page.get_by_label("From which day").fill(day.isoformat())
    press(page, "See what it means")
    told = words(page)
    assert "Its groups stay as they are until then." in told
    assert "People keep their seat, their card and all they wrote." in told
    assert "What was reported about it stays." in told
    require_sound(page)
    press(page, "Dissolve it")
    page.goto(f"{address}/staff/units/call-off/")
    assert "Ash ends." in words(page)


def check_in(card: Page) -> None:
    """The question about dread, once what a first page fetches for later is there."""
    card.get_by_role("link", name=re.compile("Check in")).first.click()
    card.wait_for_load_state("networkidle")
    card.locator("[name='sign.dread'][value='2']").check()
    card.get_by_role("button", name="Keep my answers").click()
    card.get_by_text("Your answers are kept for you").wait_for()


def require_old_part(page: Page, report: str, number: int) -> None:
    """The group of the season that held the unit, with its newest round."""
    page.goto(report)
    page.get_by_text("All parts and groups").click()
    page.get_by_role("link", name="Medicine: Ash").first.click()
    assert f"Medicine: Ash. Round {number}" in words(page)
    require_sound(page)


def plan_without(page: Page, address: str) -> None:
    """The next season, as it is shown before it is fixed."""
    page.goto(f"{address}/staff/rounds/plan/")
    press(page, "Show the plan")
    assert "Fir" in words(page)
    require_sound(page)
    press(page, "Fix this season")


def require_card_works(card: Page, address: str) -> None:
    """Without a group the page is one's own as before: earlier answers, and room for new ones."""
    card.goto(f"{address}/my/")
    assert "counted for nobody" in words(card)
    require_sound(card)
    check_in(card)
    card.goto(f"{address}/my/data/answers/")
    dread = card.get_by_role("row").filter(has=card.get_by_role("rowheader", name="Dread", exact=True))
    assert dread.get_by_text("Sometimes").count() == 2, (
        "what was said before the unit ended, and what was said now"
    )
