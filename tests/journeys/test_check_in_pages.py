"""The check-in under a thumb, by keyboard alone, without script; all questions at once and one at a time."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.journeys.phones import give_card, said, seated_card
from tests.journeys.sound import require_sound

from replenish.sealing.secret import Secret
from replenish.voices.queries import my_box

VIEWS: dict[str, dict[str, Any]] = {
    "desktop, light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "has_touch": True},
    "smallest, light": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
}
QUESTIONS = 8
THUMB = 44
ONE, ALL = "Show one question at a time", "Show all questions on one page"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    return seated_card()


def opened(browser: Browser, address: str, secret: Secret, **view: Any) -> Page:  # noqa: ANN401
    context = browser.new_context(**view)
    give_card(context, address, secret)
    page = context.new_page()
    page.goto(f"{address}/my/check-in/")
    return page


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_both_ways_of_asking_are_sound(
    browser: Browser, live_server: LiveServer, secret: Secret, view: dict[str, Any]
) -> None:
    page = opened(browser, live_server.url, secret, **view)
    page.get_by_role("button", name=ONE).wait_for()
    require_sound(page)
    page.get_by_role("button", name=ONE).click()
    for number in range(1, QUESTIONS + 1):
        assert page.locator("fieldset.question:visible").count() == 1
        assert page.get_by_text(f"Question {number} of {QUESTIONS}").is_visible()
        require_sound(page)
        if number < QUESTIONS:
            page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=ALL).click()
    assert page.locator("fieldset.question:visible").count() == QUESTIONS
    page.locator("[name='sign.dread'][value='2']").check()
    page.get_by_role("button", name="Keep my answers").click()
    page.get_by_text("Your answers are kept for you").wait_for()
    require_sound(page)
    page.context.close()


def test_a_thumb_needs_nine_taps_and_finds_large_targets(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = opened(browser, live_server.url, secret, **VIEWS["phone, dark"])
    # Its script shows this last, below everything that is tapped.
    page.get_by_role("button", name=ONE).wait_for()
    sizes = page.evaluate(
        "[...document.querySelectorAll('.answers label, form .choices button')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().height)"
    )
    assert len(sizes) == QUESTIONS * 6 + 1
    assert min(sizes) >= THUMB
    for question in page.locator("fieldset.question").all():
        before = page.evaluate("document.documentElement.scrollHeight")
        question.locator("label").nth(2).tap()
        assert page.evaluate("document.documentElement.scrollHeight") == before, "nothing moves under a thumb"
    page.get_by_role("button", name="Keep my answers").tap()
    page.get_by_text("Your answers are kept for you").wait_for()
    (kept,) = said(secret)
    assert len(kept) == QUESTIONS
    page.context.close()


def test_one_at_a_time_the_next_button_is_in_sight_and_everything_can_be_skipped(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = opened(browser, live_server.url, secret, **VIEWS["phone, dark"])
    page.get_by_role("button", name=ONE).tap()
    for _ in range(QUESTIONS - 1):
        assert page.evaluate("window.scrollY") == 0
        box = page.get_by_role("button", name="Next").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] / 2 < 740
        page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Keep my answers").tap()
    page.get_by_text("That is all right.").first.wait_for()
    assert page.locator("fieldset.question:visible").count() == QUESTIONS, "links to problems lead somewhere"
    require_sound(page)
    assert said(secret) == []
    page.context.close()


def test_one_at_a_time_by_keyboard_alone(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    page = opened(browser, live_server.url, secret)
    page.get_by_role("button", name=ONE).focus()
    page.keyboard.press("Enter")
    for number in range(1, QUESTIONS + 1):
        assert f"Question {number} of" in page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Tab")  # from the question to its answers
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        last = number == QUESTIONS
        label = page.evaluate("document.activeElement.textContent")
        assert label == ("Keep my answers" if last else "Next")
        page.keyboard.press("Enter")
    page.get_by_text("Your answers are kept for you").wait_for()
    (kept,) = said(secret)
    assert len(kept) == QUESTIONS
    page.context.close()


def test_the_choice_is_remembered_by_the_card_and_not_by_the_device(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = opened(browser, live_server.url, secret)
    page.locator("[name='sign.flatness'][value='3']").check()
    with page.expect_response(lambda answered: answered.request.method == "POST"):
        page.get_by_role("button", name=ONE).click()
    assert page.locator("[name='sign.flatness'][value='3']").is_checked(), "what was chosen stays"
    assert {cookie.get("name") for cookie in page.context.cookies()} <= {"replenish_card", "csrftoken"}
    page.context.close()
    other = opened(browser, live_server.url, secret)
    other.get_by_role("button", name="Next").wait_for()
    assert other.locator("fieldset.question:visible").count() == 1
    other.context.close()


def test_without_script_all_questions_stand_on_one_page(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = opened(browser, live_server.url, secret, java_script_enabled=False)
    assert page.locator("fieldset.question:visible").count() == QUESTIONS
    for name in (ONE, ALL, "Next", "Back"):
        assert not page.get_by_role("button", name=name).is_visible()
    assert not page.get_by_text("If the connection breaks off").is_visible()
    page.locator("[name='sign.dread'][value='1']").check()
    page.get_by_role("button", name="Keep my answers").click()
    assert page.get_by_text("Your answers are kept for you").is_visible()
    box = my_box(secret)
    assert box is not None
    assert said(secret) == [{"sign.dread": 1.0}]
    page.context.close()
