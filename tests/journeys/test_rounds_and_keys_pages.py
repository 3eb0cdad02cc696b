"""Two real browsers: a steward proposes, a representative agrees, slips are printed; rounds are planned."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, View
from tests.journeys.emptied import emptied_ledger
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Person, quick

from replenish.conditions.queries import seasons
from replenish.conditions.rounds import draw_slips
from replenish.people.roles import RoleKind
from replenish.voices.models import Slip

__all__ = ["emptied_ledger", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CUT_OFF = """() => [...document.querySelectorAll(".slip")]
    .filter(e => e.scrollHeight > e.clientHeight || e.querySelector("svg").clientWidth < 100)
    .map(e => e.innerText)"""
PAPER: ViewportSize = {"width": 733, "height": 1060}
"""A4 less the margins, in the units of the browser."""

READING: tuple[str, ...] = ("rounds/",)
CHANGING = ("rounds/plan/", "rounds/holidays/", "rounds/cancel/")
OF_KEYS = tuple(
    f"keys/{place}" for place in ("", "decide/", "headcount/", "slips/", "replacements/", "draw/", "doubts/")
)


@pytest.fixture
def world(
    live_server: LiveServer,
    emptied_ledger: None,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> RoundsWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    begin_rounds_world(monkeypatch, "Theirs")
    return begin_rounds_world(monkeypatch)


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    return page


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_steward_proposes_a_representative_agrees_and_slips_are_printed(
    browser: Browser, live_server: LiveServer, world: RoundsWorld, script: bool
) -> None:
    view: View = {**VIEWS["phone, light"], "java_script_enabled": script}
    steward = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], view)
    steward.goto(f"{live_server.url}/staff/")
    steward.get_by_role("link", name="The two keys").click()
    steward.get_by_role("link", name="Slips for a season").click()
    for label in ("Medicine / Elm", "Medicine / Oak", "Surgery / Fir", "Surgery / Yew"):
        steward.get_by_label(label).fill("")
    assert steward.get_by_label("Medicine / Ash").input_value() == "14"
    steward.get_by_role("button", name="Propose these slips").press("Enter")
    steward.wait_for_url("**/staff/keys/")

    other = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE], view)
    other.goto(f"{live_server.url}/staff/keys/")
    other.get_by_role("link", name="Slips for a season").first.click()
    other.get_by_role("button", name="Turn my key").press("Enter")
    other.wait_for_url("**/staff/keys/")

    steward.reload()
    steward.get_by_role("link", name="Draw and print them").click()
    steward.get_by_role("button", name="Draw these slips").press("Enter")
    steward.get_by_role("heading", level=1, name="Slips to print").wait_for()
    assert steward.locator(".slip").count() == Slip.objects.count() == 14
    assert "?" not in steward.url
    assert "#" not in steward.url
    if script:
        require_sound(steward)
        steward.emulate_media(media="print")
        assert not steward.get_by_text("Shake it").is_visible()
        steward.set_viewport_size(PAPER)
        assert steward.evaluate(CUT_OFF) == []
        assert steward.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 2
    steward.goto(f"{live_server.url}/staff/keys/draw/")
    assert steward.get_by_text("No slips are agreed on").is_visible()
    assert steward.locator(".slip").count() == 0
    for page in (steward, other):
        page.context.close()


def test_a_second_press_does_not_throw_the_sheet_away(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    season = _season(world)
    world.staffed.agree_on_slips(season, {"Ash": 2})
    page = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE])
    page.goto(f"{live_server.url}/staff/keys/draw/")
    page.get_by_role("button", name="Draw these slips").dblclick()
    page.get_by_role("heading", level=1, name="Slips to print").wait_for()
    assert page.locator(".slip").count() == 2
    page.context.close()


def test_the_next_season_is_seen_before_it_is_fixed(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD])
    page.goto(f"{live_server.url}/staff/rounds/")
    page.get_by_role("link", name="Plan the next season").click()
    page.get_by_label("Weeks in each round").select_option("3")
    first = worlds.BEGINS + timedelta(weeks=13)
    holidays = page.get_by_role("group", name="Holidays 1")
    holidays.get_by_label("First day").fill(first.isoformat())
    holidays.get_by_label("Last day").fill((first + timedelta(days=6)).isoformat())
    page.get_by_role("button", name="Show the plan").click()
    page.get_by_role("heading", level=1, name="Season 2, before it is fixed").wait_for()
    require_sound(page)
    page.get_by_role("button", name="Change something").click()
    assert page.get_by_label("Weeks in each round").input_value() == "3"
    page.get_by_role("button", name="Show the plan").click()
    page.get_by_role("button", name="Fix this season").click()
    page.wait_for_url("**/staff/rounds/")
    assert page.get_by_text("Season 2 is planned and begins").is_visible()
    page.context.close()


def test_holidays_move_rounds_and_a_round_is_given_up(
    browser: Browser, live_server: LiveServer, world: RoundsWorld
) -> None:
    page = signed_in(browser, live_server.url, world.people[RoleKind.OPERATOR])
    page.goto(f"{live_server.url}/staff/rounds/")
    page.get_by_role("link", name="Add holidays").click()
    page.get_by_role("button", name="Show what moves").click()
    require_sound(page)
    page.get_by_label("First day of the holidays").fill((worlds.BEGINS + timedelta(7)).isoformat())
    page.get_by_label("Last day of the holidays").fill((worlds.BEGINS + timedelta(13)).isoformat())
    page.get_by_role("button", name="Show what moves").click()
    page.get_by_role("heading", level=1, name="What these holidays move").wait_for()
    require_sound(page)
    page.get_by_role("button", name="Add these holidays").click()
    page.wait_for_url("**/staff/rounds/")
    page.get_by_role("link", name="Give a round up").click()
    page.get_by_label("Round 2").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", level=1, name="Give round 2 up?").wait_for()
    require_sound(page)
    page.get_by_role("button", name="Give it up").click()
    page.wait_for_url("**/staff/rounds/")
    assert page.get_by_text("Given up: nothing is published").is_visible()
    page.context.close()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_for_any_part(
    browser: Browser, live_server: LiveServer, world: RoundsWorld, view: View
) -> None:
    world.staffed.agree_on_slips(_season(world), {"Ash": 2, "Elm": 12})
    drawn = world.staffed.agree_on_slips(_season(world), {"Fir": 20})
    draw_slips(asker=world.staffed.operator, proposal=drawn)
    for kind in (RoleKind.REPRESENTATIVE, RoleKind.STEWARD, RoleKind.DEPUTY):
        page = signed_in(browser, live_server.url, world.people[kind], view)
        places = READING
        if kind is RoleKind.STEWARD:
            places += CHANGING
        if kind is not RoleKind.DEPUTY:
            places += OF_KEYS
        for place in places:
            answer = page.goto(f"{live_server.url}/staff/{place}")
            assert answer is not None
            assert answer.status == 200, place
            require_sound(page)
            for summary in page.locator("main summary").all():
                summary.click()
                require_sound(page)
        page.context.close()


def _season(world: RoundsWorld) -> str:
    return seasons(world.organisation)[0].season
