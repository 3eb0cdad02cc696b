"""How long an answer is does not tell which page it was; a file stays as it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.web.carer_world import WEEKLY_ANSWERS, begin_world, client_with

from replenish.sealing.secret import Secret
from replenish.site.even_sizes import STEP, length_of_head
from replenish.voices.actions import spend_slip
from replenish.web.carer.urls import urlpatterns

FILES = re.compile(r"\.(pdf|csv|json|txt)$|/card/picture/$")
ONE_STEP = ("/my/", "/my/ask/", "/my/doubt/", "/my/reflect/", "/my/data/", "/my/device/", "/my/leave/")


@pytest.fixture
def member(db: None) -> Client:
    """The browser of somebody with a seat and a week of answers."""
    world = begin_world()
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    client = client_with(secret)
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    return client


def length(response: Any) -> int:  # noqa: ANN401 - what a client of a test gives
    assert int(response["Content-Length"]) == len(response.content)
    return len(response.content) + length_of_head(response)


PAGES = [path for each in urlpatterns if not FILES.search(path := f"/my/{each.pattern}")]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_carer_has_an_even_size(member: Client, path: str) -> None:
    for response in (member.get(path), member.post(path, {"kind": "debrief"}), Client().get(path)):
        assert length(response) % STEP == 0, response.status_code


def test_asking_and_doubting_have_the_size_of_other_pages(member: Client) -> None:
    assert {length(member.get(path)) for path in ONE_STEP} == {STEP}
    asked = [member.post("/my/ask/", {"kind": kind}) for kind in ("debrief", "", "reflection")]
    doubted = member.post("/my/doubt/")
    answered = member.post("/my/check-in/", WEEKLY_ANSWERS)
    assert {length(one) for one in (*asked, doubted, answered)} == {STEP}


def test_getting_help_has_the_size_of_the_first_page(client: Client) -> None:
    assert length(client.get("/help-now/")) % STEP == 0
    assert length(client.get("/quiet/")) == length(client.get("/")) == STEP


def test_a_card_that_is_sent_along_does_not_show(db: None) -> None:
    """On a shared device each page sends what holds the card open anew."""
    secret, shared = Secret.new(), Client()
    shared.post("/my/return/", {"words": " ".join(secret.words()), "shared": "on"})
    held, without = shared.get("/my/"), client_with(secret).get("/my/")
    assert (bool(held.cookies), bool(without.cookies)) == (True, False)
    assert length(held) == length(without) == STEP


@pytest.mark.parametrize("path", ["/my/nothing/", "/nothing/"])
def test_an_address_that_does_not_exist_does_not_show_either(member: Client, path: str) -> None:
    assert length(member.get(path)) == STEP


def test_a_file_stays_as_it_is(member: Client) -> None:
    for name in ("my-answers.json", "my-answers.csv", "my-notes.txt"):
        assert not member.get(f"/my/data/{name}").content.endswith(b" ")


def test_a_page_ends_where_it_ended(member: Client) -> None:
    assert member.get("/my/").text.rstrip().endswith("</html>")
