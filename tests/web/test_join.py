"""Joining: a card that can be read again, a seat for one slip, and no harm in sending a page twice."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from tests.web.carer_world import CarerWorld, begin_world, client_with

from replenish.basis import clock
from replenish.sealing.secret import WORDS, Secret
from replenish.voices.actions import check_in
from replenish.voices.models import ArrivingSeat, Box, Slip
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.carer.card_picture import drawn_card


def words_shown(page: str) -> list[str]:
    listed = re.search(r'<ol class="words">(.*?)</ol>', page, re.DOTALL)
    return re.findall(r"<li>(\w+)</li>", listed[1]) if listed else []


def two_words(page: str, words: list[str]) -> dict[str, str]:
    positions = re.findall(r'name="position-(\d)" value="(\d+)"', page)
    answer = {"step": "check"}
    for number, position in positions:
        answer |= {f"position-{number}": position, f"word-{number}": words[int(position) - 1]}
    return answer


def slip_of(page: str) -> str:
    found = re.search(r'name="slip" value="([^"]*)"', page)
    return found[1] if found else ""


def test_from_slip_to_seat(world: CarerWorld, client: Client) -> None:
    code = world.codes[0]
    card = client.post("/my/join/", {"code": code.lower().replace("-", " ")})
    words = words_shown(card.text)
    assert len(words) == WORDS
    assert "<svg" in card.text
    assert Slip.objects.count() == len(world.codes), "the slip is spent only when the card has been kept"
    asked = client.post("/my/card/", {"slip": slip_of(card.text), "step": "ask"})
    assert words_shown(asked.text) == []
    done = client.post("/my/card/", {"slip": code} | two_words(asked.text, words))
    assert (done.status_code, done["Location"]) == (302, "/my/")
    assert Slip.objects.count() == len(world.codes) - 1
    assert ArrivingSeat.objects.count() == 1
    page = client.get("/my/").text
    assert "counts from the next round on" in page
    assert "Slips made for your group" in page


def test_the_words_of_the_card_lead_back(world: CarerWorld, client: Client) -> None:
    words = words_shown(client.post("/my/new-card/").text)
    other = Client()
    response = other.post("/my/return/", {"words": " ".join(words).upper()})
    assert response["Location"] == "/my/"
    assert other.cookies[CARD_COOKIE].value == client.cookies[CARD_COOKIE].value


def test_a_wrong_word_is_named_and_nothing_is_spent(world: CarerWorld, client: Client) -> None:
    card = client.post("/my/join/", {"code": world.codes[0]})
    words = words_shown(card.text)
    asked = client.post("/my/card/", {"slip": world.codes[0], "step": "ask"})
    answer = two_words(asked.text, words) | {"word-2": "wrong"}
    again = client.post("/my/card/", {"slip": world.codes[0]} | answer)
    assert again.status_code == 400
    assert f"Word {answer['position-2']} is not the one on your card." in again.text
    assert f"Word {answer['position-1']} is not" not in again.text
    assert Slip.objects.count() == len(world.codes)


def test_the_same_page_sent_twice_shows_the_same_card(world: CarerWorld, client: Client) -> None:
    first = words_shown(client.post("/my/join/", {"code": world.codes[0]}).text)
    again = words_shown(client.post("/my/join/", {"code": world.codes[0]}).text)
    assert first == again


def test_the_last_step_sent_twice_says_that_all_is_well(world: CarerWorld, client: Client) -> None:
    words = words_shown(client.post("/my/join/", {"code": world.codes[0]}).text)
    asked = client.post("/my/card/", {"slip": world.codes[0], "step": "ask"})
    last = {"slip": world.codes[0]} | two_words(asked.text, words)
    client.post("/my/card/", last)
    again = client.post("/my/card/", last)
    assert again.status_code == 409
    assert "If you sent the page twice, all is well." in again.text
    assert words_shown(again.text) == []
    assert ArrivingSeat.objects.count() == 1


def test_a_card_in_use_is_never_shown_again(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 1}}, week_of(clock.today()))
    client = client_with(secret)
    for response in (
        client.post("/my/card/", {"step": "show"}),
        client.post("/my/card/", {"step": "ask"}),
        client.post("/my/new-card/"),
        client.get("/my/data/"),
        client.post("/my/join/", {"code": world.codes[0]}),
    ):
        assert not any(f">{word}<" in response.text for word in secret.words())


def test_a_card_in_use_takes_the_seat_at_once(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 1}}, week_of(clock.today()))
    client = client_with(secret)
    assert "will be added to it" in client.get("/my/join/").text
    assert client.post("/my/join/", {"code": world.codes[0]})["Location"] == "/my/"
    assert ArrivingSeat.objects.count() == 1


def test_a_used_slip_is_refused_calmly_and_the_card_stays(world: CarerWorld) -> None:
    for number in range(2):
        client = Client()
        words = words_shown(client.post("/my/join/", {"code": world.codes[0]}).text)
        asked = client.post("/my/card/", {"slip": world.codes[0], "step": "ask"})
        response = client.post("/my/card/", {"slip": world.codes[0]} | two_words(asked.text, words))
        assert response.status_code == (302, 409)[number]
    assert "This slip cannot be used with this card now" in response.text
    assert "Your key card is yours all the same" in response.text
    assert client.get("/my/").status_code == 200


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Type the code that is printed on your slip."),
        ("ABCDE", "The code on a slip has 25 letters"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_mistyped_code_is_said_at_the_top_and_beside_the_field(
    world: CarerWorld, client: Client, code: str, sentence: str
) -> None:
    response = client.post("/my/join/", {"code": code})
    assert response.status_code == 400
    assert sentence in response.text
    assert '<a href="#code">' in response.text
    assert "<b>" not in response.text
    assert CARD_COOKIE not in response.cookies


def test_a_new_card_needs_no_organisation(db: None, client: Client) -> None:
    words = words_shown(client.post("/my/new-card/", {"shared": "on"}).text)
    asked = client.post("/my/card/", {"slip": "", "step": "ask"})
    assert client.post("/my/card/", two_words(asked.text, words))["Location"] == "/my/"
    assert "Your card has no seat" in client.get("/my/").text
    assert not Box.objects.exists()


@pytest.mark.parametrize("forged", [{"position-1": "0", "position-2": "99"}, {"position-1": "x"}, {}])
def test_forged_positions_are_asked_anew(world: CarerWorld, client: Client, forged: dict[str, str]) -> None:
    client.post("/my/new-card/")
    response = client.post("/my/card/", {"step": "check"} | forged)
    assert response.status_code == 400
    positions = [int(p) for p in re.findall(r'name="position-\d" value="(\d+)"', response.text)]
    assert len(set(positions)) == 2
    assert set(positions) <= set(range(1, WORDS + 1))


def test_joining_says_before_it_asks(db: None, client: Client) -> None:
    begin_world(open_now=False)
    page = client.get("/my/join/").text
    assert page.index("Your name is never asked") < page.index('name="code"')
    assert "at least 7 people answered" in page


def test_the_card_can_be_saved_as_a_picture_while_it_is_new(world: CarerWorld, client: Client) -> None:
    card = client.post("/my/join/", {"code": world.codes[0]})
    assert "Save it as a picture" in card.text
    answer = client.post("/my/card/picture/")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="key-card.png"'
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\x89PNG")
    check_in(
        Secret.of_cookie(client.cookies[CARD_COOKIE].value),
        {"replenish-weekly": {"sign.dread": 1}},
        week_of(clock.today()),
    )
    used = client.post("/my/card/picture/")
    assert (used.status_code, used["Location"]) == (302, "/my/")
    assert client.get("/my/card/picture/").status_code == 405


def test_the_picture_says_what_the_card_says(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """What goes to the drawing is the card; the drawing itself has been looked at."""
    drawn: dict[str, str] = {}

    def note(*_: str, sys_inputs: dict[str, str], **__: object) -> bytes:
        drawn.update(sys_inputs)
        return b""

    monkeypatch.setattr("replenish.web.carer.card_picture.typst.compile", note)
    secret = Secret.new()
    drawn_card(secret)
    card = json.loads(drawn["card"])
    assert tuple(card["words"]) == secret.words()
    assert card["address"].endswith("/my/return/")
    assert "<svg" in card["qr"]


def test_a_picture_is_not_offered_on_a_shared_device(db: None, client: Client) -> None:
    page = client.post("/my/new-card/", {"shared": "on"}).text
    assert "Save it as a picture" not in page
    assert "Others use this device" in page
    assert "Save it as a picture" not in client.post("/my/card/", {"step": "show"}).text


def test_too_many_pictures_have_to_wait(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/my/new-card/")
    monkeypatch.setattr("replenish.web.carer.card_picture.card_attempt_allowed", lambda _: False)
    answer = client.post("/my/card/picture/")
    assert answer.status_code == 409
    assert "wait a minute" in answer.text


def test_the_address_of_the_card_alone_leads_to_ones_own_page(db: None) -> None:
    assert client_with(Secret.new()).get("/my/card/")["Location"] == "/my/"
