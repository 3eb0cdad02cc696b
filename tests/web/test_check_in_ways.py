"""One question at a time or all on one page, the longer questions once in a round, one gentle next step."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, begin_world, client_with, open_first_round

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.models import ArrivingBox, Contribution
from replenish.voices.queries import my_box

OFFER = "Answer the longer questions"
LONGER = {item.code: "1" for item in load_pack("replenish-round").items}


@pytest.fixture
def seated(db: None) -> tuple[Secret, Client]:
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    return secret, client_with(secret)


def days_later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    today = clock.today() + timedelta(days=days)
    monkeypatch.setattr(clock, "today", lambda: today)


def test_how_the_questions_are_shown_is_remembered_in_the_box_and_in_no_cookie(world: CarerWorld) -> None:
    secret = Secret.new()
    client = client_with(secret)
    assert 'data-pace="all"' in client.get("/my/check-in/").text
    before = set(client.cookies)
    response = client.post("/my/check-in/", WEEKLY_ANSWERS | {"pace": "one"})
    assert response.status_code == 200
    assert 'data-pace="one"' in response.text
    assert 'name="sign.recovery" value="4" checked' in response.text, (
        "what was chosen so far stays on the page"
    )
    assert set(client.cookies) == before
    box = my_box(secret)
    assert box is not None
    assert box.settings["pace"] == "one"
    assert box.check_ins == (), "nothing is kept before it is sent"
    for path in ("/my/check-in/", "/my/check-in/more/"):
        assert 'data-pace="one"' in client.get(path).text
    client.post("/my/check-in/", {"pace": "all"})
    assert 'data-pace="all"' in client.get("/my/check-in/").text


@pytest.mark.parametrize("pace", ["", "two", "one\n", "<b>"])
def test_a_way_that_is_none_is_no_way(world: CarerWorld, pace: str) -> None:
    secret = Secret.new()
    assert client_with(secret).post("/my/check-in/", {"pace": pace}).status_code == 400
    assert my_box(secret) is None


def test_looking_writes_nothing(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    client.get("/my/check-in/")
    client.get("/my/check-in/more/")
    client.get("/my/check-in/queued/")
    assert ArrivingBox.objects.count() == Contribution.objects.count() == 0


def test_the_longer_questions_are_offered_once_in_a_round(
    seated: tuple[Secret, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, client = seated
    assert OFFER in client.post("/my/check-in/", WEEKLY_ANSWERS).text
    for days in (0, 6, 6):
        days_later(monkeypatch, days)
        assert OFFER not in client.post("/my/check-in/", WEEKLY_ANSWERS).text


def test_without_a_round_they_are_offered_every_four_weeks(
    world: CarerWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_with(Secret.new())
    offered = []
    for days in (0, 7, 7, 7, 14, 7):
        days_later(monkeypatch, days)
        offered.append(OFFER in client.post("/my/check-in/", WEEKLY_ANSWERS).text)
    assert offered == [True, False, False, False, True, False]


def test_whoever_has_answered_them_is_not_asked(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    page = client.post("/my/check-in/more/", LONGER).text
    assert OFFER not in page
    assert OFFER not in client.post("/my/check-in/", WEEKLY_ANSWERS).text


def test_afterwards_there_is_one_next_step_and_where_the_answers_count(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    page = client.post("/my/check-in/", WEEKLY_ANSWERS).text
    buttons = re.findall(r'<a class="button( second)?" href="([^"]+)"', page)
    assert buttons == [("", "/my/picture/"), (" second", "/practise/")]
    assert "also counted for your group in this round" in page
    assert "streak" not in page
    assert "missed" not in page


def test_a_missed_week_is_not_mentioned(
    seated: tuple[Secret, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After seven weeks away the pages are the same, but for the key of the form."""
    _, client = seated
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    days_later(monkeypatch, 7)
    after_one = without_key(client.get("/my/check-in/").text)
    days_later(monkeypatch, 42)
    assert without_key(client.get("/my/check-in/").text) == after_one


def without_key(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_form_that_is_sent_twice_under_one_id_is_kept_once(seated: tuple[Secret, Client]) -> None:
    secret, client = seated
    form = {"sign.dread": "2", "turn": "AbCdEfGhIjKl"}
    client.post("/my/check-in/", form)
    client.post("/my/check-in/", form | {"sign.dread": "4"})
    box = my_box(secret)
    assert box is not None
    (said,) = box.check_ins
    assert said.answers == {"sign.dread": 2.0}


@pytest.mark.parametrize("turn", ["", "x", "A" * 13, "A" * 11 + "!", "AbCdEfGhIjK;"])
def test_an_id_that_is_none_gets_another(seated: tuple[Secret, Client], turn: str) -> None:
    secret, client = seated
    for answer in ("1", "2"):
        client.post("/my/check-in/", {"sign.dread": answer, "turn": turn})
    box = my_box(secret)
    assert box is not None
    assert box.check_ins[0].answers == {"sign.dread": 2.0}
    assert turn == "" or turn not in str(box.settings["turns"]).split()
