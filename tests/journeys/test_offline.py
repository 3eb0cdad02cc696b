"""A real browser loses its connection and finds it again: what can be read, what waits, what is sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.journeys.browsers import chromium
from tests.journeys.phones import (
    QUEUE,
    SENT,
    WAITS,
    answer,
    give_card,
    phone,
    said,
    seated_card,
    wait_until_ready,
)
from tests.journeys.sound import require_sound
from tests.journeys.thin_line import Fate, ThinLine

from replenish.sealing.secret import Secret
from replenish.voices.models import Contribution
from replenish.web.public import offline
from replenish.web.public.offline import kept_pages

SHELL = "Check in without a connection"

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("--host-resolver-rules=MAP replenish.example 127.0.0.1") as opened:
        yield opened


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    return seated_card()


def test_a_check_in_without_a_connection_is_sent_once(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    assert page.get_by_role("heading", name=SHELL).is_visible()
    require_sound(page)
    answer(page, dread=2)
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("There is nothing more to do.").wait_for()
    require_sound(page)
    assert said(secret) == []
    page.context.set_offline(False)
    page.get_by_text(SENT).wait_for()
    assert said(secret) == [{"sign.dread": 2.0}]
    page.goto(f"{live_server.url}/my/check-in/")
    assert page.locator("[name='sign.dread'][value='2']").is_checked()
    assert page.evaluate(QUEUE)["waiting"] == []
    page.context.close()


def test_what_helps_can_be_read_without_a_connection(browser: Browser, live_server: LiveServer) -> None:
    page = phone(browser, live_server.url)
    page.context.set_offline(True)
    paths = [path for path in _kept_paths() if path != "/check-in-offline/"]
    assert len(paths) > 20
    for path in paths:
        answered = page.goto(live_server.url + path)
        assert answered is not None
        assert answered.from_service_worker
        assert page.locator("h1").count() == 1
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(247, 245, 239)", (
            "the style sheets are there too"
        )
        assert "default-src 'self'" in answered.headers["content-security-policy"]
    page.goto(f"{live_server.url}/help-now/")
    require_sound(page)
    assert page.locator("a[href^='tel:']").count() > 3
    page.goto(f"{live_server.url}/my/")
    page.get_by_text("This device is not ready for it.").wait_for()  # no card was ever here
    require_sound(page)
    page.context.close()


def _kept_paths() -> list[str]:
    return list(json.loads(kept_pages("en-gb").pages))


def test_two_answers_that_waited_leave_the_later_one(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/")
    answer(page, dread=1)
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("Eight short questions about this week").click()
    answer(page, dread=4)
    page.get_by_text("2 check-ins wait on this device").wait_for()
    page.context.set_offline(False)
    page.get_by_text(SENT).wait_for()
    assert said(secret) == [{"sign.dread": 4.0}]
    page.context.close()


@pytest.mark.parametrize("fate", [Fate.LOST, Fate.ANSWER_LOST], ids=lambda fate: str(fate.value))
def test_a_form_whose_way_breaks_off_is_neither_lost_nor_kept_twice(
    browser: Browser, live_server: LiveServer, secret: Secret, fate: Fate
) -> None:
    with ThinLine(live_server.url).open() as line:
        page = phone(browser, line.url, secret)
        line.fate = lambda head: fate if head.startswith("POST /my/check-in/") else Fate.PASSES
        answer(page, dread=3, warmth=4)
        page.get_by_text(WAITS).wait_for()
        assert page.get_by_role("heading", name=SHELL).is_visible()
        assert len(said(secret)) == (fate is Fate.ANSWER_LOST)
        line.fate = lambda _: Fate.PASSES
        page.goto(f"{line.url}/practise/")
        page.get_by_text(SENT).wait_for()
        assert said(secret) == [{"sign.dread": 3.0, "sign.warmth": 4.0}]
        assert Contribution.objects.count() <= 1
        assert page.evaluate(QUEUE)["waiting"] == []
        page.context.close()


def test_with_a_connection_nothing_is_left_waiting(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    answer(page, dread=2)
    page.get_by_text("Your answers are kept for you").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(QUEUE)["waiting"] == []
    assert not page.get_by_text("waits on this device").is_visible()
    # What was just kept is known to this device: a change of mind without a connection takes its place.
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    answer(page, dread=0)
    page.get_by_text(WAITS).wait_for()
    page.context.set_offline(False)
    page.get_by_text(SENT).wait_for()
    assert said(secret) == [{"sign.dread": 0.0}]
    page.context.close()


def test_an_answer_given_elsewhere_since_stays(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    answer(page, dread=1)
    page.get_by_text(WAITS).wait_for()
    other = phone(browser, live_server.url, secret)
    answer(other, dread=3)
    other.get_by_text("Your answers are kept for you").wait_for()
    page.context.set_offline(False)
    page.get_by_text("those later answers stay").wait_for()
    assert said(secret) == [{"sign.dread": 3.0}]
    assert page.evaluate(QUEUE)["waiting"] == []
    for each in (page, other):
        each.context.close()


def test_what_waits_belongs_to_its_card_and_goes_when_the_card_leaves(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    answer(page, dread=1)
    page.get_by_text(WAITS).wait_for()
    other = Secret.new()
    page.context.clear_cookies()
    give_card(page.context, live_server.url, other)
    page.context.set_offline(False)
    page.get_by_text("was made with another key card").wait_for()
    assert said(other) == said(secret) == []
    assert len(page.evaluate(QUEUE)["waiting"]) == 1
    page.goto(f"{live_server.url}/my/leave/")
    page.get_by_role("button", name="Leave this device").click()
    page.get_by_text("Your card is off this device").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(QUEUE) == {"waiting": [], "ready": []}
    page.context.close()


def test_nothing_waits_after_everything_was_destroyed(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    answer(page, dread=1)
    page.get_by_text("Your answers are kept for you").wait_for()
    page.goto(f"{live_server.url}/my/data/destroy/")
    page.get_by_label("I understand that nobody can bring it back").check()
    page.get_by_role("button", name="Destroy my data").click()
    page.get_by_role("heading", name="It is gone").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(QUEUE) == {"waiting": [], "ready": []}
    page.context.close()


def test_on_a_shared_device_nothing_waits(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    page = phone(browser, live_server.url)
    page.goto(f"{live_server.url}/my/return/")
    page.get_by_label("The thirteen words of your card").fill(" ".join(secret.words()))
    page.get_by_label("This is a shared device").check()
    page.get_by_role("button", name="Open my page").click()
    page.goto(f"{live_server.url}/my/check-in/")
    page.get_by_text("This is a shared device, so nothing is kept on it.").wait_for()
    answer(page, dread=1)
    page.get_by_text("Your answers are kept for you").wait_for()
    assert page.evaluate(QUEUE) == {"waiting": [], "ready": []}
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    page.get_by_text("On a device that you share, nothing waits").wait_for()
    assert not page.get_by_role("button", name="Keep my answers").is_visible()
    page.context.close()


def test_a_private_device_that_becomes_shared_forgets_what_it_knew(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    wait_until_ready(page)
    page.goto(f"{live_server.url}/my/return/")
    page.get_by_label("The thirteen words of your card").fill(" ".join(secret.words()))
    page.get_by_label("This is a shared device").check()
    page.get_by_role("button", name="Open my page").click()
    page.goto(f"{live_server.url}/my/check-in/")
    page.get_by_text("This is a shared device, so nothing is kept on it.").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(QUEUE)["ready"] == []
    page.context.close()


def test_a_new_version_takes_the_place_of_the_old_one(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone(browser, live_server.url)
    (before,) = page.evaluate("caches.keys()")
    usual = offline._source
    with monkeypatch.context() as changed:
        changed.setattr(offline, "_source", lambda name: usual(name) + b"\n// newer")
        kept_pages.cache_clear()
        page.goto(live_server.url)
        for _ in range(100):
            (*others, last) = page.evaluate("caches.keys()")
            if not others and last != before:
                break
            page.wait_for_timeout(50)
        assert not others
        assert last != before
        page.context.set_offline(True)
        page.goto(f"{live_server.url}/help-now/")
        assert page.get_by_role("heading", level=1).is_visible()
    kept_pages.cache_clear()
    page.context.close()


def test_without_encryption_beyond_this_machine_the_pages_work_as_before(
    browser: Browser, live_server: LiveServer, secret: Secret, settings: Settings
) -> None:
    """Where anybody on the network could change a script, nothing is kept on the device."""
    settings.ALLOWED_HOSTS = ["replenish.example"]
    address = live_server.url.replace("localhost", "replenish.example")
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}/my/return/")
    assert page.evaluate("window.isSecureContext") is False
    page.get_by_label("The thirteen words of your card").fill(" ".join(secret.words()))
    page.get_by_role("button", name="Open my page").click()
    page.goto(f"{address}/my/check-in/")
    assert not page.get_by_text("If the connection breaks off").is_visible()
    answer(page, dread=2)
    page.get_by_text("Your answers are kept for you").wait_for()
    assert said(secret) == [{"sign.dread": 2.0}]
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert [each for each in complaints if "Cross-Origin-Opener-Policy" not in each] == []
    page.context.close()
