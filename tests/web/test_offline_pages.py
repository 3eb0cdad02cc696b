"""What a browser keeps for times without a connection: pages for everybody, packed small, with a version."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, client_with

import replenish.web
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.web.public import offline
from replenish.web.public.offline import kept_pages

FILES = Path(replenish.web.__file__).parent / "static" / "web"
SCRIPTS = [*sorted(FILES.glob("offline*.js")), FILES / "worker.js", FILES / "check-in-steps.js"]
HELPFUL = {
    "/", "/help-now/", "/practise/", "/understand/", "/quiet/", "/who-can-see-what/", "/check-in-offline/",
}  # fmt: skip
MOST_PACKED = 60_000

TYPESET = {"/conversation/cards.pdf", "/conversation/guide.pdf"}
LONG = {"/learn/"}


def pages() -> dict[str, str]:
    response = Client().get("/offline-pages/")
    found: dict[str, str] = json.loads(response.content)
    return found


def test_everything_that_helps_is_kept() -> None:
    found = pages()
    assert set(found) >= HELPFUL
    assert sum(path.startswith("/practise/") for path in found) > 8
    assert sum(path.startswith("/understand/") for path in found) > 8


def test_each_kept_page_is_the_page_that_is_served(client: Client) -> None:
    for path, page in pages().items():
        assert client.get(path).text.rstrip() == page.rstrip(), path


def test_every_link_on_a_kept_page_leads_to_a_kept_page_or_to_ones_own() -> None:
    found = pages()
    for path, page in found.items():
        leading = {link for link in re.findall(r'href="(/[^"#?]*)"', page) if not link.startswith("/static/")}
        # Typeset files need a connection; their pages are kept and can be printed themselves. The texts of
        # courses would double what every phone carries, so they are read with a connection.
        outside = {link for link in leading - set(found) if not link.startswith("/my/")} - TYPESET - LONG
        assert outside == set(), path


def test_no_kept_page_holds_anything_of_whoever_asked(world: CarerWorld) -> None:
    secret = Secret.new()
    client = client_with(secret)
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    kept_pages.cache_clear()
    response = client.get("/offline-pages/?canary=1", headers={"user-agent": "Canary/7"})
    assert not response.cookies
    text = response.text
    for planted in (secret.code(), "canary", "Canary", "csrfmiddlewaretoken", 'value="1" checked'):
        assert planted not in text
    kept_pages.cache_clear()
    assert Client().get("/offline-pages/").content == response.content


def test_a_page_with_the_key_of_a_form_or_a_fault_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: were a page with such a key kept, one person's key would lie on every phone."""
    assert offline._page_for_anybody("/my/check-in/") is None
    assert offline._page_for_anybody("/nothing-here/") is None
    assert offline._page_for_anybody("/language/") is None
    assert offline._page_for_anybody("/worker.js") is None
    assert offline._page_for_anybody("/help-now/") is not None
    monkeypatch.setattr(offline, "_FORM_KEY", "Get help now")
    assert offline._page_for_anybody("/help-now/") is None


def test_it_is_sent_packed_and_small() -> None:
    plain = Client().get("/offline-pages/")
    packed = Client().get("/offline-pages/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < MOST_PACKED
    for response in (plain, packed):
        assert response["Cache-Control"] == "no-cache"
        assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_no_other_page_is_packed(world: CarerWorld) -> None:
    """A page with a secret in it that is packed tells its secret by its length."""
    client = client_with(Secret.new())
    for path in ("/my/", "/my/check-in/", "/my/check-in/queued/", "/", "/help-now/"):
        response = client.get(path, headers={"accept-encoding": "gzip, br, deflate"})
        assert "Content-Encoding" not in response


def test_the_worker_names_what_is_kept_and_never_ones_own_pages(client: Client) -> None:
    response = client.get("/worker.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    first, _, rest = response.text.partition("\n")
    told = json.loads(first.removeprefix("const REPLENISH = ").removesuffix(";"))
    assert told["own"] == "/my/"
    assert told["shell"] == "/check-in-offline/"
    here = {f"/static/web/{path.name}" for path in FILES.iterdir()}
    assert set(told["files"]) == here - {f"/static/{name}" for name in offline.NOT_FOR_ANYBODY}
    assert not any(name in page for name in offline.NOT_FOR_ANYBODY for page in pages().values())
    assert "/my/" not in told["files"]
    assert rest == (FILES / "worker.js").read_text("utf-8")


def test_a_changed_page_or_file_or_language_is_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = kept_pages("en-gb").version
    assert kept_pages("en-gb").version == usual
    kept_pages.cache_clear()
    with monkeypatch.context() as changed:
        changed.setattr(offline, "_source", lambda name: name.encode())
        assert kept_pages("en-gb").version != usual
    kept_pages.cache_clear()
    with override("ar"):
        assert kept_pages("ar").version != usual
    kept_pages.cache_clear()
    assert kept_pages("en-gb").version == usual


def test_pages_come_in_the_language_that_was_chosen(client: Client, settings: Settings) -> None:
    usual = client.get("/worker.js").text
    for code, _ in settings.LANGUAGES[1:]:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
        assert client.get("/worker.js").text != usual, "another language is another version"
        found = json.loads(client.get("/offline-pages/").content)
        assert all(f'<html lang="{code}"' in page for page in found.values())


def test_the_pages_ask_the_database_nothing(
    db: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept_pages.cache_clear()
    with django_assert_num_queries(0):
        for path in ("/worker.js", "/offline-pages/", "/check-in-offline/"):
            assert client.get(path).status_code == 200


def test_the_shell_asks_what_the_check_in_asks_and_sends_nothing_by_itself(
    world: CarerWorld, client: Client
) -> None:
    shell = client.get("/check-in-offline/").text
    own = client_with(Secret.new()).get("/my/check-in/").text
    names = re.findall(r'name="([a-z]+\.[a-z]+)" value="(\d?)"', own)
    assert re.findall(r'name="([a-z]+\.[a-z]+)" value="(\d?)"', shell) == names
    assert len(names) == 48
    pack = load_pack("replenish-weekly")
    for page in (shell, own):
        assert f'data-pack="{pack.id}" data-pack-hash="{pack.content_hash}"' in page
    assert " action=" not in re.findall(r'<form class="check-in"[^>]*>', shell)[0]
    assert "csrfmiddlewaretoken" not in shell


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_know_no_other_place_and_write_nothing_plain(path: Path) -> None:
    script = path.read_text("utf-8")
    for call in (
        "XMLHttpRequest", "sendBeacon", "WebSocket", "EventSource", "localStorage", "sessionStorage",
        "document.cookie", "innerHTML", "eval(", "http:", "https:", "console.",
    ):  # fmt: skip
        assert call not in script, call
    for address in re.findall(r"""["'`](/[a-z][^"'`]*)["'`]""", script):
        pytest.fail(f"an address stands in the script: {address}")


def test_one_request_at_a_time_is_all_the_worker_may_keep() -> None:
    """What is put into the cache comes from the list of the server alone, never from what passes by."""
    script = (FILES / "worker.js").read_text("utf-8")
    assert script.count("cache.put(") == 1
    assert script.count("cache.addAll(") == 1
    assert "cache.put(path, new Response(page" in script
