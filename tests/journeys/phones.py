"""A phone with a card, in a real browser, as the journeys without a connection use it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.web.carer_world import begin_world, open_first_round

from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.queries import my_box
from replenish.web.carer.card_cookie import CARD_COOKIE

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WAITS = "One check-in waits on this device and will be sent when there is a connection."
SENT = "The check-in that waited on this device was sent. It is kept for you."
CONTROLLED = """() => navigator.serviceWorker.controller ? true : new Promise((resolve, reject) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true));
    setTimeout(() => reject(new Error("no worker took over")), 20000);
})"""
# What lies in the browser's two stores, as text.
KEPT_PAGES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found[request.url] = await (await cache.match(request)).text();
        }
    }
    return found;
}"""
QUEUE = """() => new Promise((resolve) => {
    const request = indexedDB.open("replenish", 1);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve({ waiting: [], ready: [] });
    request.onsuccess = async () => {
        const all = (name) => new Promise((told) => {
            const asked = request.result.transaction(name).objectStore(name).getAll();
            asked.onsuccess = () => told(asked.result);
        });
        const found = { waiting: await all("waiting"), ready: await all("ready") };
        request.result.close();
        resolve(found);
    };
})"""


def seated_card() -> Secret:
    """A card whose seat counts in the open round."""
    world = begin_world(open_now=False)
    made = Secret.new()
    spend_slip(made, world.codes[0])
    open_first_round(world)
    return made


def give_card(context: BrowserContext, address: str, secret: Secret) -> None:
    """Leave a card on a phone as the server does."""
    cookie: Any = {
        "name": CARD_COOKIE, "value": secret.cookie(), "domain": "localhost", "path": "/my/",
        "httpOnly": True, "sameSite": "Strict",
    }  # fmt: skip
    assert address.startswith("http://localhost:")
    context.add_cookies([cookie])


def phone(browser: Browser, address: str, secret: Secret | None = None, **view: Any) -> Page:  # noqa: ANN401
    """A page on a phone that has been here once with a connection, and keeps what helps."""
    context = browser.new_context(**(PHONE | view))
    if secret is not None:
        give_card(context, address, secret)
    page = context.new_page()
    page.goto(f"{address}/my/check-in/" if secret is not None else address)
    page.evaluate(CONTROLLED)
    if secret is not None:
        wait_until_ready(page)
    return page


def wait_until_ready(page: Page) -> None:
    """Until the device has learnt what it needs to seal."""
    for _ in range(100):
        if page.evaluate(QUEUE)["ready"]:
            return
        page.wait_for_timeout(50)
    pytest.fail("the device was not made ready")


def wait_until_hidden(page: Page) -> None:
    """Until the server has hidden the card, and the mark that held the page hidden meanwhile is gone."""
    page.get_by_role("heading", name="Hills and water").wait_for()
    for _ in range(100):
        if page.evaluate("window.localStorage.length") == 0:
            return
        page.wait_for_timeout(50)
    pytest.fail("the server was not told that the screen is hidden")


def answer(page: Page, **answers: int) -> None:
    """Choose answers and keep them."""
    for code, value in answers.items():
        page.locator(f"[name='sign.{code}'][value='{value}']").check()
    page.get_by_role("button", name="Keep my answers").click()


def said(secret: Secret) -> list[dict[str, float]]:
    """The answers in the person's box, check-in by check-in."""
    box = my_box(secret)
    return [] if box is None else [dict(each.answers) for each in box.check_ins]
