"""Taking one's answers along, leaving a device, and destroying everything."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.test import Client
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, client_with

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box, spend_slip
from replenish.voices.box_content import Reflection
from replenish.voices.models import ArrivingBox, ArrivingSeat, Contribution, ErasedBox
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.carer.my_data import REMEMBERED


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    """A card with a seat and a week of answers."""
    made = Secret.new()
    spend_slip(made, world.codes[0])
    client_with(made).post("/my/check-in/", WEEKLY_ANSWERS)
    return made


def test_json_holds_the_whole_box(secret: Secret) -> None:
    response = client_with(secret).get("/my/data/my-answers.json")
    assert response["Content-Type"] == "application/json"
    assert 'filename="my-answers.json"' in response["Content-Disposition"]
    box = my_box(secret)
    assert box is not None
    assert json.loads(response.text) == box.model_dump(mode="json")
    assert len(box.check_ins) == 1


def test_csv_says_every_answer_in_figures_and_in_words(secret: Secret) -> None:
    response = client_with(secret).get("/my/data/my-answers.csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert {row["question"]: row["answer"] for row in rows} == {
        code: value for code, value in WEEKLY_ANSWERS.items() if value
    }
    dread = next(row for row in rows if row["question"] == "sign.dread")
    assert dread["week"] == week_of(clock.today())
    assert dread["answer_in_words"] == "Once"
    assert dread["wording"].startswith("I dreaded a part")


def test_notes_are_a_text_to_read_anywhere(secret: Secret) -> None:
    for topic, text in (("cycle:gibbs", "What took place\n=1+1 is no formula here"), ("note", "Ünd so on")):
        note = Reflection(week="2026-W03", topic=topic, text=text)
        edit_box(secret, lambda box, note=note: box.with_reflection(note))  # type: ignore[misc]
    response = client_with(secret).get("/my/data/my-notes.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert 'attachment; filename="my-notes.txt"' in response["Content-Disposition"]
    first, second = response.text.split("\n----\n\n")
    assert first == "Six steps, week of 12 January 2026\n\nWhat took place\n=1+1 is no formula here\n"
    assert second == "Note, week of 12 January 2026\n\nÜnd so on\n"
    page = client_with(secret).get("/my/data/").text
    assert "2 notes" in page
    assert "from 1 week" in page


def test_copies_are_kept_by_no_cache_and_carry_no_secret(secret: Secret) -> None:
    for name in ("my-answers.json", "my-answers.csv", "my-notes.txt"):
        response = client_with(secret).get(f"/my/data/{name}")
        assert response["Cache-Control"] == "no-store"
        assert secret.code() not in response.text


def test_an_empty_box_is_an_empty_copy(world: CarerWorld) -> None:
    client = client_with(Secret.new())
    assert json.loads(client.get("/my/data/my-answers.json").text)["check_ins"] == []
    assert client.get("/my/data/my-answers.csv").text.count("\n") == 1
    assert client.get("/my/data/my-notes.txt").text == "There are no notes.\n"
    assert "0 answers" in client.get("/my/data/").text


def test_what_the_pages_remember_is_said_in_words(secret: Secret) -> None:
    edit_box(secret, lambda box: box.with_settings(**dict.fromkeys(REMEMBERED, "2026-W03")))
    page = client_with(secret).get("/my/data/").text
    told = page.partition("What the pages remember for you:")[2].partition("</ul>")[0]
    assert told.count("<li>") == len(REMEMBERED)
    assert "which of your latest answers came last" in told
    assert not [name for name in REMEMBERED if f"{name}<" in told]


def test_every_setting_that_a_page_keeps_has_words(secret: Secret) -> None:
    """The setting of a page that is new would be shown by its code."""
    client = client_with(secret)
    client.post("/my/check-in/more/", {"supervision.held": "3"})
    client.post("/my/check-in/", WEEKLY_ANSWERS | {"pace": "one"})
    client.post("/my/picture/", {"usual": "now"})
    box = my_box(secret)
    assert box is not None
    assert {"pace", "turns"} <= set(box.settings) <= set(REMEMBERED)


def test_destroying_asks_twice(secret: Secret) -> None:
    client = client_with(secret)
    assert "Nobody can bring it back" in client.get("/my/data/destroy/").text
    unsure = client.post("/my/data/destroy/", {})
    assert unsure.status_code == 400
    assert "Nothing was destroyed." in unsure.text
    assert my_box(secret) is not None


def test_what_is_destroyed_is_gone(secret: Secret) -> None:
    client = client_with(secret)
    response = client.post("/my/data/destroy/", {"understood": "on"})
    assert "It is gone" in response.text
    assert response.cookies[CARD_COOKIE].value == ""
    assert response.cookies[CARD_COOKIE]["path"] == "/my/"
    assert not ArrivingBox.objects.exists()
    assert not ArrivingSeat.objects.exists()
    assert not Contribution.objects.exists()
    assert ErasedBox.objects.count() == 1
    assert client.get("/my/").status_code == 403


def test_leaving_takes_the_card_and_nothing_else(secret: Secret) -> None:
    client = client_with(secret)
    assert client.get("/my/leave/").cookies.get(CARD_COOKIE) is None
    response = client.post("/my/leave/")
    assert "You have left" in response.text
    assert response.cookies[CARD_COOKIE]["max-age"] == 0
    assert client.get("/my/").status_code == 403
    assert my_box(secret) is not None


def test_a_card_comes_back_by_words_or_by_code(secret: Secret) -> None:
    for sent in ({"words": ", ".join(secret.words())}, {"code": secret.code()}):
        client = Client()
        assert client.post("/my/return/", sent)["Location"] == "/my/"
        assert "You have checked in this week." in client.get("/my/").text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": ""}, "Type the words of your key card, in their order."),
        ({"words": "one two"}, "A key card has 13 words, and 2 were given"),
        ({"code": "nonsense"}, "This is not the code of a key card"),
    ],
)
def test_what_cannot_be_read_is_said_and_opens_nothing(
    db: None, client: Client, sent: dict[str, str], sentence: str
) -> None:
    response = client.post("/my/return/", sent)
    assert response.status_code == 400
    assert sentence in response.text
    assert '<a href="#words">' in response.text
    assert CARD_COOKIE not in response.cookies


def test_many_attempts_from_one_place_have_to_wait(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("replenish.web.carer.come_back.card_attempt_allowed", lambda _: False)
    response = client.post("/my/return/", {"words": " ".join(Secret.new().words())})
    assert response.status_code == 400
    assert "Wait a minute" in response.text
    assert CARD_COOKIE not in response.cookies
