"""What a phone keeps and what a line sees: no answer, no secret, no page of a person, and few bytes."""

from __future__ import annotations

import base64
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.journeys.phones import (
    CONTROLLED,
    KEPT_PAGES,
    PHONE,
    QUEUE,
    SENT,
    WAITS,
    answer,
    give_card,
    phone,
    said,
    seated_card,
)
from tests.journeys.thin_line import Fate, ThinLine
from tests.sealing import judge_p256

from replenish.basis import clock
from replenish.disclosure.attack.at_rest.doors import ON_A_DEVICE
from replenish.sealing.queue_key import INFO, QueueKeys, seal_queued
from replenish.sealing.secret import Secret
from replenish.web.public.offline import kept_pages

MOST_FIRST_VISIT, MOST_PACKED = 100_000, 60_000
SLOW_SECONDS = 0.2  # each way: 400 milliseconds there and back
VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "reference" / "sealed-boxes.json").read_text("utf-8")
)["queued"]
SEAL = """async ([recipient, payload]) => {
    const { seal, toBase64 } = await import("/static/web/offline-seal.js");
    return toBase64(await seal(recipient, new TextEncoder().encode(payload)));
}"""
# The names of everything that the page's origin keeps in this browser.
STORES = """async () => {
    const names = [];
    for (const name of Object.keys(localStorage)) names.push(`local ${name}`);
    for (const name of Object.keys(sessionStorage)) names.push(`session ${name}`);
    for (const name of await caches.keys()) names.push(`cache ${name.replace(/[0-9a-f]{16}$/, "")}`);
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise((resolve) => {
            const request = indexedDB.open(name);
            request.onsuccess = () => resolve(request.result);
        });
        for (const store of database.objectStoreNames) names.push(`database ${name}/${store}`);
        database.close();
    }
    return names;
}"""
# What the server would do, with the browser's own parts and the schedule of the page's script.
OPEN = """async ([scalar, point, sealed]) => {
    const { fromBase64, schedule } = await import("/static/web/offline-seal.js");
    const plain = (part) => part.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const key = fromBase64(point);
    const text = (part) => plain(btoa(String.fromCharCode(...part)));
    const jwk = { kty: "EC", crv: "P-256", d: scalar, x: text(key.slice(1, 33)), y: text(key.slice(33)) };
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const mine = await crypto.subtle.importKey("jwk", jwk, curve, false, ["deriveBits"]);
    const whole = fromBase64(sealed);
    const enc = whole.slice(1, 66);
    const theirs = await crypto.subtle.importKey("raw", enc, curve, true, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
    const made = await schedule(new Uint8Array(shared), enc, key);
    const cipher = await crypto.subtle.importKey("raw", made.key, "AES-GCM", false, ["decrypt"]);
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: made.nonce }, cipher, whole.slice(66));
    return new TextDecoder().decode(opened);
}"""

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secret(live_server: LiveServer) -> Secret:
    return seated_card()


def test_what_the_browser_seals_opens_here_and_what_is_sealed_here_opens_there(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    page = browser.new_context().new_page()
    page.goto(live_server.url)
    today = clock.today()
    keys = QueueKeys(tmp_path)
    made = keys.recipient(today)
    private = bytes.fromhex(json.loads((tmp_path / "queue" / f"{made.name}.key").read_text())["private"])
    for payload in ("", "x", '{"answers":{"sign.warmth":3}}', "ä" * 1500):
        sealed = base64.b64decode(page.evaluate(SEAL, [made.recipient, payload]))
        assert keys.open(made.name, sealed, today).decode() == payload
        assert judge_p256.hpke_open(private, sealed[1:], INFO).decode() == payload
    scalar = base64.urlsafe_b64encode(private).decode().rstrip("=")
    here = base64.b64encode(seal_queued(made.recipient, b"from here")).decode()
    point = made.recipient.removeprefix("queue1")
    assert page.evaluate(OPEN, [scalar, point, here]) == "from here"
    vector_scalar = base64.urlsafe_b64encode(bytes.fromhex(VECTORS["private"])).decode().rstrip("=")
    vector = base64.b64encode(bytes.fromhex(VECTORS["sealed"])).decode()
    opened = page.evaluate(OPEN, [vector_scalar, VECTORS["recipient"].removeprefix("queue1"), vector])
    assert opened == VECTORS["payload"]
    page.context.close()


def test_a_phone_that_is_found_tells_that_something_waits_and_nothing_else(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/check-in/")
    answer(page, dread=2)
    page.get_by_text(WAITS).wait_for()
    page.get_by_text("Eight short questions about this week").click()
    for code in ("flatness", "patience", "cynicism", "recovery", "motions", "warmth"):
        page.locator(f"[name='sign.{code}'][value='4']").check()
    answer(page, dread=3)
    page.get_by_text("2 check-ins wait on this device").wait_for()
    found = page.evaluate(QUEUE)
    one, many = found["waiting"]
    assert set(one) == set(many) == {"place", "id", "key", "sealed", "onTheWay", "here", "asks"}
    assert len(one["sealed"]) == len(many["sealed"]), "not even how much was answered"
    (ready,) = found["ready"]
    assert set(ready) == {"key", "recipient", "tag", "asks", "seen", "own"}
    assert len(ready["seen"]) == 4
    plain = json.dumps(found) + base64.b64decode(one["sealed"]).decode("latin-1")
    for planted in ("sign.", "dread", "answers", "replenish-weekly", secret.code(), secret.words()[0]):
        assert planted not in plain, planted
    assert not re.search(r"20\d\d-W\d\d", plain)
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    page.context.close()


def test_no_page_of_a_person_is_ever_kept(browser: Browser, live_server: LiveServer, secret: Secret) -> None:
    page = phone(browser, live_server.url, secret)
    answer(page, dread=2)
    page.get_by_text("Your answers are kept for you").wait_for()
    for path in ("/my/", "/my/picture/", "/my/data/", "/my/check-in/", "/my/reflect/", "/help-now/"):
        page.goto(live_server.url + path)
    token = page.request.get(f"{live_server.url}/my/check-in/queued/").json()["token"]
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/my/picture/")
    kept = page.evaluate(KEPT_PAGES)
    assert len(kept) > 20
    assert [address for address in kept if urlsplit(address).path.startswith("/my")] == []
    assert [address for address in kept if "?" in address] == []
    everything = "\n".join(kept.values())
    tag = page.evaluate(QUEUE)["ready"][0]["tag"]
    for planted in (secret.code(), tag, token, 'name="csrfmiddlewaretoken"', "You have checked in this week"):
        assert planted not in everything
    answered = page.goto(f"{live_server.url}/my/")
    assert answered is not None
    assert "Check in without a connection" in answered.text()
    page.context.close()


def test_a_browser_keeps_nothing_that_is_not_listed(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    page = phone(browser, live_server.url, secret)
    answer(page, dread=2)
    page.get_by_text("Your answers are kept for you").wait_for()
    for path in ("/", "/practise/", "/understand/", "/my/", "/my/picture/", "/my/words/", "/my/device/"):
        page.goto(live_server.url + path)
    found = {f"cookie {cookie.get('name')}" for cookie in page.context.cookies()}
    found |= set(page.evaluate(STORES))
    page.context.close()
    assert {"cookie replenish_card", "database replenish/waiting", "cache replenish-"} <= found
    assert found <= set(ON_A_DEVICE)


def test_the_line_sees_no_answer_in_an_address_and_no_referrer_of_another_place(
    browser: Browser, live_server: LiveServer, secret: Secret, capfd: pytest.CaptureFixture[str]
) -> None:
    with ThinLine(live_server.url).open() as line:
        page = phone(browser, line.url, secret)
        page.context.set_offline(True)
        page.goto(f"{line.url}/my/check-in/")
        answer(page, dread=2)
        page.get_by_text(WAITS).wait_for()
        page.context.set_offline(False)
        page.get_by_text(SENT).wait_for()
        page.context.close()
        heads = line.heads
    out, err = capfd.readouterr()
    assert any(head.startswith("POST /my/check-in/queued/ ") for head in heads)
    for head in heads:
        first, *rest = head.split("\r\n")
        sent = dict(each.split(": ", 1) for each in rest)
        assert re.fullmatch(r"(GET|POST) [^ ?]* HTTP/1.1", first), first
        assert "dread" not in head
        referrer = sent.get("Referer", "")
        assert referrer == "" or referrer.startswith(line.url)
        carries_card = secret.code() in sent.get("Cookie", "")
        assert carries_card == first.split(" ")[1].startswith("/my/"), first
    for planted in (secret.code(), "dread", "/my/check-in", "queued"):
        assert planted not in out + err


def test_a_link_on_another_site_does_not_send_the_card_along(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    """With a worker between, browsers could take such a step for the site's own."""
    for policy in ("no-referrer", "unsafe-url"):
        with another_site(f'<a href="{live_server.url}/my/">look</a>', policy) as elsewhere:
            page = phone(browser, live_server.url, secret)
            page.goto(f"{live_server.url}/my/")
            assert page.get_by_role("heading", name="My page").is_visible()
            page.goto(elsewhere)
            page.get_by_role("link").click()
            assert page.get_by_role("heading", name="There is no key card here yet").is_visible()
            page.context.close()


@contextmanager
def another_site(body: str, policy: str) -> Iterator[str]:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Referrer-Policy", policy)
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><title>x</title>{body}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_first_visit_carries_little_and_a_second_hardly_anything(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    """Everything that comes over the line is counted, heads and what the worker keeps included.

    The packed pages for times without a connection come after the page is complete, and are counted apart.
    """
    packed = len(kept_pages("en-gb").packed)
    with ThinLine(live_server.url).open() as line:
        for path, card in (("/", None), ("/my/check-in/", secret)):
            context = browser.new_context(**PHONE)
            if card is not None:
                give_card(context, line.url, card)
            page = context.new_page()
            line.received = 0
            page.goto(line.url + path)
            page.evaluate(CONTROLLED)
            page.wait_for_timeout(500)
            first = line.received
            line.received = 0
            page.goto(f"{line.url}/help-now/")
            page.wait_for_timeout(500)
            second = line.received
            assert 10_000 < first - packed <= MOST_FIRST_VISIT
            assert packed <= MOST_PACKED
            assert second < first
            context.close()


def test_a_slow_line_that_loses_requests_still_takes_a_check_in_once(
    browser: Browser, live_server: LiveServer, secret: Secret
) -> None:
    """400 milliseconds there and back; of a hundred requests one is lost, and the first form for certain."""
    with ThinLine(live_server.url, seconds=SLOW_SECONDS).open() as line:
        counted = {"all": 0, "forms": 0}

        def fate(head: str) -> Fate:
            counted["all"] += 1
            counted["forms"] += head.startswith("POST /my/check-in/")
            first_form = head.startswith("POST /my/check-in/") and counted["forms"] == 1
            return Fate.LOST if first_form or counted["all"] % 100 == 50 else Fate.PASSES

        page = phone(browser, line.url, secret)
        line.fate = fate
        for number in range(5):
            page.goto(f"{line.url}/my/check-in/")
            answer(page, dread=number)
            page.get_by_text(re.compile("Your answers are kept|waits on this device")).first.wait_for()
            page.goto(f"{line.url}/practise/")
            for _ in range(100):
                if not page.evaluate(QUEUE)["waiting"]:
                    break
                page.wait_for_timeout(100)
            assert page.evaluate(QUEUE)["waiting"] == []
            assert said(secret) == [{"sign.dread": float(number)}]
        assert counted["forms"] >= 6
        page.context.close()
