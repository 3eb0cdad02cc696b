"""What is being written when a screen hides or a card closes: kept, or sealed until that card is open."""

from __future__ import annotations

import base64
import json
import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tests.web.carer_world import CarerWorld, client_with
from tests.web.device_world import CODE, later, lock_with_code, shared_client, try_quickly

from replenish.basis import clock
from replenish.sealing.queue_key import QueueKeys, seal_queued
from replenish.sealing.secret import Secret
from replenish.voices.queries import my_box
from replenish.web.carer.kept_card import USUAL_MINUTES


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    try_quickly(monkeypatch)


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


@pytest.fixture
def shared(secret: Secret) -> Client:
    return shared_client(secret)


@pytest.fixture
def locked(client: Client) -> Client:
    return lock_with_code(client)


def carried(page: str) -> str:
    """What a closed page carries, sealed."""
    (found,) = re.findall(r'name="carried" value="([^"]+)"', page)
    return str(found)


def sent_again(client: Client, page: str) -> HttpResponse:
    """What comes of sending on a text that was opened."""
    form = page[page.index("data-draft") - 200 :]
    (action,) = re.findall(r'action="([^"]+)" data-draft', form)
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)<', form))
    return client.post(action, sent)  # type: ignore[return-value]


def test_a_text_that_came_too_late_on_a_shared_device_is_not_lost(
    shared: Client, monkeypatch: pytest.MonkeyPatch, secret: Secret
) -> None:
    later(monkeypatch, minutes=11)
    sent = {"step": "keep", "with": "free", "text-1": "Written slowly"}
    answer = shared.post("/my/reflect/", sent)
    assert answer.status_code == 403
    assert "Written slowly" not in answer.text, "others may look on"
    shared.post("/my/return/", {"words": " ".join(secret.words()), "shared": "on"})
    page = shared.post("/my/open/", {"carried": carried(answer.text)})
    assert page.status_code == 200
    assert sent_again(shared, page.text).status_code == 200
    assert my_box(secret).reflections[0].text.endswith("Written slowly")  # type: ignore[union-attr]


def test_what_was_being_written_is_kept_when_the_screen_is_hidden(client: Client, secret: Secret) -> None:
    sent = {"step": "keep", "with": "free", "text-1": "Half a thought", "then": "hide"}
    gone = client.post("/my/reflect/", sent)
    assert (gone.status_code, gone["Location"]) == (302, "/quiet/")
    box = my_box(secret)
    assert box is not None
    assert [note.text for note in box.reflections] == ["Half a thought"]
    assert "This page is hidden" in client.get("/my/reflect/").text


def test_what_cannot_be_kept_while_hiding_waits_sealed(client: Client) -> None:
    sent = {"step": "keep", "with": "free", "text-1": "x" * 10_001, "then": "hide"}
    page = client.post("/my/reflect/", sent)
    assert page.status_code == 403
    assert "This page is hidden" in page.text
    assert "xxx" not in page.text
    assert client.get("/my/").status_code == 403
    back = client.post("/my/open/", {"carried": carried(page.text)})
    assert back.status_code == 200
    assert "x" * 10_001 in back.text
    assert 'name="then"' not in back.text
    assert client.get("/my/").status_code == 200


def test_a_text_that_came_too_late_under_a_lock_needs_the_code(
    locked: Client, monkeypatch: pytest.MonkeyPatch, secret: Secret
) -> None:
    later(monkeypatch, minutes=USUAL_MINUTES, seconds=1)
    sent = {"step": "keep", "with": "free", "text-1": "Written slowly"}
    page = locked.post("/my/reflect/", sent)
    assert "The code of this device" in page.text
    assert "Written slowly" not in page.text
    waits = carried(page.text)
    still = locked.post("/my/open/", {"carried": waits})
    assert still.status_code == 403
    assert carried(still.text) == waits, "it is not lost by a press too early"
    both = locked.post("/my/open/", {"carried": waits, "code": CODE})
    assert (both.status_code, both["Location"]) == (302, "/my/"), (
        "no page that could be loaded anew has a code"
    )
    page = locked.post("/my/open/", {"carried": waits})
    assert "Written slowly" in page.text
    assert "data-hide-after" in page.text
    assert sent_again(locked, page.text).status_code == 200


@pytest.mark.parametrize("way", ["late", "hidden"])
def test_another_card_opens_no_text_that_was_written_beside_this_one(
    locked: Client, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    sent = {"step": "keep", "with": "free", "text-1": "x" * 10_001, "then": "hide" if way == "hidden" else ""}
    if way == "late":
        later(monkeypatch, minutes=USUAL_MINUTES, seconds=1)
    waits = carried(locked.post("/my/reflect/", sent).text)
    page = client_with(Secret.new()).post("/my/open/", {"carried": waits})
    assert page.status_code == 409
    assert "opens only with the card it was written with" in page.text
    assert "xxx" not in page.text


def test_the_words_of_the_card_open_a_text_that_came_too_late_under_a_lock(
    locked: Client, monkeypatch: pytest.MonkeyPatch, secret: Secret
) -> None:
    later(monkeypatch, minutes=USUAL_MINUTES, seconds=1)
    sent = {"step": "keep", "with": "free", "text-1": "Written slowly"}
    waits = carried(locked.post("/my/reflect/", sent).text)
    assert "Written slowly" in client_with(secret).post("/my/open/", {"carried": waits}).text


@pytest.mark.parametrize("text", ["x", ".", "2026-Q1.AAAA", "é.é", "../forms.AAAA", "a" * 3_000])
def test_what_no_page_carried_opens_nothing(client: Client, text: str) -> None:
    assert client.post("/my/open/", {"carried": text}).status_code == 409


def test_a_form_that_somebody_made_up_leads_nowhere_else(client: Client) -> None:
    key = QueueKeys(settings.REPLENISH_KEYS).recipient(clock.today())
    inside = {"owners": [], "action": "https://elsewhere.example/", "texts": [["text", "x"]], "others": []}
    sealed = base64.urlsafe_b64encode(seal_queued(key.recipient, json.dumps(inside).encode())).decode()
    page = client.post("/my/open/", {"carried": f"{key.name}.{sealed}"})
    assert page.status_code == 409
    assert "elsewhere" not in page.text


def test_hiding_late_on_a_shared_device_leaves_nothing_for_whoever_comes_next(
    shared: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, minutes=11)
    sent = {"step": "keep", "with": "free", "text-1": "Half a thought", "then": "hide"}
    gone = shared.post("/my/reflect/", sent)
    assert (gone.status_code, gone["Location"]) == (302, "/quiet/")
