"""Leaders answer in a real browser: one who never did, one on leave; and what staff see meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.conditions import worlds
from tests.journeys.browsers import VIEWS, View, context_with
from tests.journeys.emptied import emptied_ledger, emptied_releases
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import Person, quick

from replenish.conditions.models import Round, Season
from replenish.conditions.queries import rounds
from replenish.conditions.rounds import open_due, plan_season
from replenish.people.actions import appoint
from replenish.people.roles import RoleKind
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.slips import make_slips

__all__ = ["emptied_ledger", "emptied_releases", "quick"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "Nobody plans anything into the hour for supervision."


@pytest.fixture
def world(
    emptied_releases: None,
    emptied_ledger: None,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> RoundsWorld:
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = tmp_path, tmp_path / "keys"
    settings.REPLENISH_KEYS.mkdir(mode=0o700)
    return begin_rounds_world(monkeypatch)


def signed_in(browser: Browser, address: str, person: Person, view: View | None = None) -> Page:
    page = browser.new_context(**(view or {})).new_page()
    page.goto(f"{address}/staff/sign-in/")
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    page.goto(f"{address}/staff/answers/")
    return page


def opened(patch: pytest.MonkeyPatch, world: RoundsWorld) -> Round:
    """The next round, on its first day."""
    planned = next(one for one in rounds(world.organisation) if one.state == "planned")
    worlds.set_day(patch, planned.starts_on)
    open_due()
    return Round.objects.get(id=planned.round)


def card_in(season: Season, unit: str) -> Secret:
    code = next(code for code, path in season.unit_paths.items() if path[-1] == unit)
    secret = Secret.new()
    spend_slip(secret, make_slips(season=season.id, counts={code: 1})[0].code)
    return secret


def write_answer(page: Page) -> None:
    """The form by keyboard, the last look, and that it stands."""
    page.get_by_label("In plain words").first.fill(WORDS)
    page.get_by_label("About which condition?").first.select_option("supervision")
    require_sound(page)
    page.get_by_role("button", name="Look at it once more").press("Enter")
    assert "Nothing is published yet." in page.inner_text("main")
    require_sound(page)
    page.get_by_role("button", name="Publish this answer").press("Enter")
    page.wait_for_url("**/staff/answers/?published=yes")
    assert WORDS in page.inner_text("main")
    require_sound(page)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_a_leader_who_never_answered(
    browser: Browser,
    live_server: LiveServer,
    world: RoundsWorld,
    monkeypatch: pytest.MonkeyPatch,
    view: View,
) -> None:
    """Staff read it all the same; after two rounds contributions pause; one answer, and they count again."""
    rows = [live_round(monkeypatch, world, voices={"Ash": 12, "Fir": 18}) for _ in range(3)]
    plan_season(asker=world.staffed.steward)
    season = Season.objects.order_by("-number")[0]
    secret = card_in(season, "Ash")
    row = opened(monkeypatch, world)
    worlds.set_day(monkeypatch, row.starts_on + timedelta(days=16))
    card = context_with(browser, live_server.url, secret, view).new_page()
    card.goto(f"{live_server.url}/my/")
    assert "those who lead have not answered two rounds in a row" in card.inner_text("main")
    require_sound(card)
    card.goto(f"{live_server.url}/my/report/")
    assert "No answer from leaders yet." in card.inner_text("main")
    require_sound(card)
    speaker = signed_in(browser, live_server.url, world.people[RoleKind.REPRESENTATIVE], view)
    assert "Not counted for now" in speaker.inner_text("main")
    require_sound(speaker)
    leader = signed_in(browser, live_server.url, world.people[RoleKind.STEWARD], view)
    assert "Waiting for an answer of yours" in leader.inner_text("main")
    require_sound(leader)
    leader.get_by_role("link", name=f"Answer round {rows[-1].number} for the whole").press("Enter")
    write_answer(leader)
    assert "Not counted for now" not in leader.inner_text("main")
    card.goto(f"{live_server.url}/my/")
    assert "your answers count in the present round" in card.inner_text("main")
    card.goto(f"{live_server.url}/my/report/")
    assert WORDS in card.inner_text("main")
    require_sound(card)
    leader.get_by_role("link", name="Conditions report").first.press("Enter")
    assert f"Round {rows[-1].number}" in leader.inner_text("main")
    for page in (card, speaker, leader):
        page.context.close()


def test_a_steward_on_leave(
    browser: Browser, live_server: LiveServer, world: RoundsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deputy of the service answers one round, the steward above it the next; the steward reads both."""
    medicine = world.staffed.units["Medicine"]
    given = appoint(asker=world.staffed.operator, role="deputy", name="Stand-in", unit=medicine)
    assert given.code is not None
    others = (Person(given.account, given.code), world.people[RoleKind.STEWARD])
    for number, person in enumerate(others, 1):
        row = live_round(monkeypatch, world, voices={"Ash": 12, "Fir": 18})
        worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
        head = signed_in(browser, live_server.url, world.head)
        assert f"Answer round {number} for Medicine" in head.inner_text("main")
        head.context.close()
        page = signed_in(browser, live_server.url, person)
        page.goto(f"{live_server.url}/staff/answers/write/?round={row.id}")
        page.get_by_label("For which part?").select_option(medicine)
        write_answer(page)
        page.context.close()
        head = signed_in(browser, live_server.url, world.head)
        assert "Nothing waits for an answer of yours." in head.inner_text("main")
        head.context.close()
