"""A real browser goes the ways of a carer: with axe, by keyboard, on a phone, in the dark, without script."""

from __future__ import annotations

import re
from itertools import chain, pairwise

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import VIEWS, View, context_with, every_page
from tests.journeys.sound import require_sound
from tests.web.carer_world import CarerWorld, begin_world

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, spend_slip
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import CARD_COOKIE

WAYS_IN = ("/my/join/", "/my/new-card/", "/my/return/")

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server: LiveServer) -> CarerWorld:
    return begin_world()


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    """A card with a seat, and something said this week."""
    made = Secret.new()
    spend_slip(made, world.codes.pop())
    asked = {
        pack: dict.fromkeys(load_pack(pack).item_codes, 2.0)
        for pack in ("replenish-weekly", "replenish-round")
    }
    check_in(made, asked, week_of(clock.today()))
    return made


def typed_words(page: Page, words: list[str]) -> None:
    for number in (1, 2):
        position = page.locator(f"[name=position-{number}]").get_attribute("value")
        page.fill(f"#word-{number}", words[int(position or 0) - 1])


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_page(
    browser: Browser, live_server: LiveServer, world: CarerWorld, secret: Secret, view: View
) -> None:
    open_pages, own_pages = every_page()
    stranger = context_with(browser, live_server.url, view=view).new_page()
    for path in (*open_pages, *WAYS_IN, "/my/"):
        stranger.goto(live_server.url + path)
        require_sound(stranger)
    stranger.goto(f"{live_server.url}/my/join/")
    stranger.get_by_role("button", name="Continue").click()
    require_sound(stranger)
    stranger.context.close()
    page = context_with(browser, live_server.url, secret, view).new_page()
    for path in own_pages:
        page.goto(live_server.url + path)
        for summary in page.locator("main summary").all():
            summary.click()
        require_sound(page)
    page.goto(f"{live_server.url}/my/check-in/")
    page.get_by_role("button", name="Keep my answers").click()
    require_sound(page)
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_a_slip_to_a_first_check_in(
    browser: Browser, live_server: LiveServer, world: CarerWorld, script: bool
) -> None:
    code = world.codes[0]
    context = browser.new_context(java_script_enabled=script, **VIEWS["phone, light"])
    page = context.new_page()
    page.goto(f"{live_server.url}/join/#{code}")
    if script:
        page.wait_for_url("**/my/join/")
        assert page.input_value("#code") == code
        assert code not in page.url
    else:
        page.get_by_role("link", name="Continue").click()
        page.fill("#code", code)
    page.get_by_role("button", name="Continue").click()
    if script:
        require_sound(page)
    words = page.locator(".words li").all_inner_texts()
    page.get_by_role("button", name="I have kept my card").click()
    if script:
        require_sound(page)
    typed_words(page, words)
    page.get_by_role("button", name="Continue").click()
    assert page.url == f"{live_server.url}/my/"
    page.get_by_role("link", name="Check in: eight questions").click()
    page.locator("[name='sign.recovery'][value='3']").check()
    page.get_by_role("button", name="Keep my answers").click()
    page.goto(f"{live_server.url}/my/data/answers/")
    assert page.locator("td", has_text="Often").is_visible()
    context.close()


def test_the_card_leads_back_by_its_code_and_only_when_the_button_is_pressed(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/my/return/#{secret.code()}")
    assert page.get_by_text("Your card was read.").is_visible()
    assert page.url == f"{live_server.url}/my/return/"
    assert not page.context.cookies(f"{live_server.url}/my/") or CARD_COOKIE not in {
        cookie.get("name") for cookie in page.context.cookies(f"{live_server.url}/my/")
    }
    page.get_by_role("button", name="Open my page").click()
    assert page.get_by_text("You have checked in this week.").is_visible()
    (card,) = (c for c in page.context.cookies(f"{live_server.url}/my/") if c.get("name") == CARD_COOKIE)
    assert (card.get("path"), card.get("httpOnly"), card.get("sameSite")) == ("/my/", True, "Strict")
    assert CARD_COOKIE not in {c.get("name") for c in page.context.cookies(f"{live_server.url}/")}
    page.context.close()


def test_no_request_names_a_code_a_secret_or_another_place(
    browser: Browser, live_server: LiveServer, world: CarerWorld, secret: Secret
) -> None:
    context = browser.new_context()
    page = context.new_page()
    addresses: list[str] = []
    referrers: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("request", lambda request: referrers.append(request.headers.get("referer", "")))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/join/#{world.codes[0]}")
    page.wait_for_url("**/my/join/")
    page.goto(f"{live_server.url}/my/return/#{secret.code()}")
    page.get_by_role("button", name="Open my page").click()
    for path in (*every_page()[1], "/help-now/"):
        page.goto(live_server.url + path)
    sent = "\n".join(address.partition("#")[0] for address in addresses) + "\n".join(referrers)
    assert sent
    for hidden in (world.codes[0], secret.code()):
        assert hidden not in sent
    # A single word of a card may also be one of an address, such as "answer"; two in a row are not.
    for first, second in pairwise(secret.words()):
        assert not re.search(rf"{first}\W+{second}", sent)
    assert "?" not in sent
    assert {address.split("/my/")[0][: len(live_server.url)] for address in addresses} == {live_server.url}
    assert complaints == []
    assert page.evaluate("Object.keys(sessionStorage).length + Object.keys(localStorage).length") == 0
    context.close()


def test_a_check_in_needs_nothing_but_the_keyboard(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = context_with(browser, live_server.url, secret).new_page()
    page.goto(f"{live_server.url}/my/check-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        name, text = page.evaluate(
            "[document.activeElement.name ?? '', document.activeElement.textContent.trim()]"
        )
        if name == "sign.dread":
            page.keyboard.press("ArrowRight")
            assert page.locator("[name='sign.dread'][value='3']").is_checked()
        if text == "Keep my answers":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your answers are kept for you")
    page.context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_hiding_shows_hills_and_water(
    browser: Browser, live_server: LiveServer, secret: Secret, script: bool
) -> None:
    page = context_with(browser, live_server.url, secret, {"java_script_enabled": script}).new_page()
    page.goto(live_server.url)
    page.goto(f"{live_server.url}/my/")
    page.get_by_role("link", name="Hide this screen").click()
    page.wait_for_url("**/quiet/")
    assert page.title() == "Hills and water"
    if script:
        page.go_back()
        assert page.url == f"{live_server.url}/", "the page that was hidden is gone from the way back"
    page.context.close()


def test_on_paper_there_is_the_card_and_nothing_else(
    browser: Browser, live_server: LiveServer, world: CarerWorld
) -> None:
    page = browser.new_context(color_scheme="dark").new_page()
    page.goto(f"{live_server.url}/my/new-card/")
    page.get_by_role("button", name="Make my key card").click()
    assert page.get_by_role("button", name="Print the card").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".words").is_visible()
    assert page.locator(".qr svg").is_visible()
    assert not page.locator(".bar").is_visible()
    assert not page.get_by_role("button", name="I have kept my card").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(30, 42, 43)", (
        "ink on paper, in the dark too"
    )
    page.context.close()


def test_text_at_twice_the_size_still_fits(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    view = {"viewport": {"width": 640, "height": 800}}
    page = context_with(browser, live_server.url, secret, view).new_page()
    for path in chain(*every_page()):
        page.goto(live_server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.context.close()
