"""Every page of every part, in a real browser: with axe, in the light and on a small dark phone, and bare.

Which pages those are is read from the list of doors, so none can be forgotten; from each of them its links
to one thing (a unit, a round, a proposal) are followed once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer
from tests.attacks.test_every_door import EVERYBODY, MAY, SENT_ONLY
from tests.conditions import worlds
from tests.conditions.facts_world import fact, month
from tests.conditions.instances import Prepared, copied, prepared
from tests.journeys.browsers import VIEWS, View
from tests.journeys.sound import require_sound
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import Person, make_quick

from replenish.conditions.doubts import show_doubts
from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.models import Round, Season
from replenish.conditions.queries import MEMBERS_READ_AFTER
from replenish.conditions.response import Promise, respond
from replenish.conditions.rounds import draw_slips, open_due
from replenish.disclosure.attack.at_rest.doors import EXPORTS
from replenish.people.actions import propose_headcount, propose_slips
from replenish.people.roles import RoleKind
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.doubts import raise_doubt

__all__ = ["prepared"]
pytestmark = pytest.mark.journey

HEAD = "head of one service"
PARTS = (*(kind.value for kind in RoleKind), HEAD)
OF_THE_WHOLE = (
    "staff/rounds/plan/", "staff/rounds/holidays/", "staff/rounds/cancel/", "staff/telling/wording/",
    "staff/telling/calendar/", "staff/telling/list/", "staff/telling/send/",
)  # fmt: skip
"""Besides the operator's, those of a steward of the whole organisation."""
WITH_MAIL = {"staff/telling/notices/": EVERYBODY, "staff/account/email/": EVERYBODY}
PHONE: ViewportSize = {"width": 360, "height": 740}
DARK_PHONE: View = {"viewport": PHONE, "color_scheme": "dark", "has_touch": True}
FEWEST_PAGES, FEWEST_LINKS = 15, 3


@dataclass(frozen=True)
class Served:
    """Where the pages are, and the people who read them."""

    address: str
    world: RoundsWorld

    def person(self, part: str) -> Person:
        """Somebody with this part."""
        return self.world.head if part == HEAD else self.world.people[RoleKind(part)]


@pytest.fixture(scope="module")
def served(
    prepared: Prepared,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Iterator[Served]:
    """One installation for all tests here, on a database of its own; looking at pages changes nothing."""
    folder = tmp_path_factory.mktemp("served")
    quickly = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with (
        django_db_blocker.unblock(),
        copied(prepared, folder) as made,
        override_settings(
            REPLENISH_INSTANCE=made.folder, REPLENISH_KEYS=made.keys, REPLENISH_MAIL=True, **quickly
        ),
        pytest.MonkeyPatch.context() as patch,
    ):
        make_quick(patch)
        world = lived(patch)
        server = LiveServer("localhost", start=False)
        # Each thread of the server opens a connection of its own, as on a real installation.
        patch.setitem(connections.databases["default"], "NAME", made.database)
        server._live_server_modified_settings.enable()
        server.start()
        yield Served(server.url, world)
        server.stop()
        server._live_server_modified_settings.disable()


def lived(patch: pytest.MonkeyPatch) -> RoundsWorld:
    """Two rounds, one of them answered, and the third open; facts, a doubt, and something for each key."""
    both = theirs, ours = begin_rounds_world(patch, "Theirs"), begin_rounds_world(patch)
    for shift in (0.0, 10.0):
        row = live_round(patch, ours, shift=shift, beside={theirs.organisation: {"Ash": 12, "Fir": 18}})
    for world in both:
        steward, unit = world.staffed.steward, world.staffed.units["Ash"]
        enter_fact(asker=steward, entry=fact(unit, days=month(0)))
        first = Round.objects.get(season__organisation=world.organisation, number=1)
        promise = Promise("Time after each hard hour.", "workload")
        respond(asker=steward, round_id=first.id, unit=None, promises=[promise])
    worlds.set_day(patch, row.closes_on + MEMBERS_READ_AFTER)
    open_due()
    for world in both:
        _keys_at_work(world)
    assert show_doubts() == len(both)
    return ours


def _keys_at_work(world: RoundsWorld) -> None:
    """Something that waits for each key, slips to draw, and a doubt."""
    made, season = world.staffed, Season.objects.get(organisation=world.organisation)
    agreed = made.agree_on_slips(season.id, {"Ash": 1})
    (slip,) = draw_slips(asker=made.steward, proposal=agreed)
    card = Secret.new()
    spend_slip(card, slip.code)
    raise_doubt(card)
    made.agree_on_slips(season.id, {"Fir": 2})
    propose_headcount(asker=made.steward, people={made.units["Yew"]: 12})
    propose_slips(asker=made.representative, season=season.id, slips={made.units["Elm"]: 2})


def pages_of(part: str) -> list[str]:
    """The addresses of this part that show a page."""
    kind = RoleKind.STEWARD if part == HEAD else RoleKind(part)
    found = [address for address, parts in {**MAY, **WITH_MAIL}.items() if kind in parts]
    found += OF_THE_WHOLE if part == RoleKind.STEWARD.value else ()
    return [f"/{address}" for address in found if address not in SENT_ONLY and address not in EXPORTS]


def signed_in(browser: Browser, served: Served, part: str, view: View) -> Page:
    page = browser.new_context(**view).new_page()
    page.goto(f"{served.address}/staff/sign-in/")
    person = served.person(part)
    page.fill("#account", person.account)
    page.fill("#code", person.code)
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/staff/set-up/")
    return page


def shown(page: Page, served: Served, address: str) -> None:
    """The page is there, and is one that a person can go on from."""
    answer = page.goto(served.address + address)
    assert answer is not None
    assert answer.status == 200, address
    assert page.get_by_role("heading", level=1).count() == 1, address


def links_to_one(page: Page) -> Iterator[tuple[tuple[str, ...], str]]:
    """Links to a page about one thing, each with the kind of page that it leads to."""
    for link in page.locator("main a[href*='?']").evaluate_all("all => all.map(e => e.getAttribute('href'))"):
        parts = urlsplit(urljoin(page.url, link))
        if parts.path.startswith("/staff/") and parts.path.removeprefix("/") not in EXPORTS:
            yield (parts.path, *sorted(parse_qs(parts.query))), f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_on_any_page_of_a_part(browser: Browser, served: Served, part: str) -> None:
    page = signed_in(browser, served, part, VIEWS["desktop, light"])
    bare, about_one = pages_of(part), dict[tuple[str, ...], str]()
    for address in bare:
        shown(page, served, address)
        require_sound_in_both(page)
        for kind, link in links_to_one(page):
            about_one.setdefault(kind, link)
    for address in about_one.values():
        shown(page, served, address)
        require_sound_in_both(page)
    assert len(bare) >= FEWEST_PAGES
    assert len(about_one) >= FEWEST_LINKS
    page.context.close()


def require_sound_in_both(page: Page) -> None:
    """In the light on a wide screen, then the same page in the dark on a phone."""
    require_sound(page)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    require_sound(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(VIEWS["desktop, light"]["viewport"])


@pytest.mark.parametrize("part", [RoleKind.STEWARD.value, RoleKind.OPERATOR.value])
def test_pages_are_whole_without_script(browser: Browser, served: Served, part: str) -> None:
    """Each has its heading and its words, and what waits for script is not there to be pressed."""
    page = signed_in(browser, served, part, {**DARK_PHONE, "java_script_enabled": False})
    for address in pages_of(part):
        shown(page, served, address)
        main = page.get_by_role("main")
        assert len(main.inner_text()) > 40, address
        assert main.locator("a, button").count() > 0, f"{address} ends in nothing to do"
        for button in main.locator("button:visible:not([form])").all():
            assert button.evaluate("e => e.closest('form') !== null"), f"{address}: {button.inner_text()}"
    page.context.close()
