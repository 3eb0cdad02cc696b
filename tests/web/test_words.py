"""Finding words: the steps, what they carry, what is kept and what never is."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.carer_world import CarerWorld, client_with

import replenish.web
from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of

PAGE = "/my/words/"
CHOSEN = {
    "signs": ["sign.patience"],
    "since": "weeks",
    "conditions": ["no-time"],
    "request": "minutes",
    "receiver": "supervisor",
    "length": "message",
}


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


def carried(page: str) -> dict[str, list[str]]:
    """What a browser would send from the page: hidden fields and ticks, by name."""
    form = page.split("<form", 2)[1]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = 'type="hidden"' in tag or 'type="text"' in tag or " checked" in tag
        if name and value and ticked and name[1] != "csrfmiddlewaretoken":
            sent.setdefault(name[1], []).append(unescape(value[1]))
    return sent


def field(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def test_the_steps_lead_to_a_text_without_a_word_in_an_address(client: Client) -> None:
    page = client.get(PAGE).text
    answers: list[dict[str, str | list[str]]] = [
        {"signs": "sign.patience", "text-sign": "I am short with my children"},
        {"since": "months"},
        {"conditions": ["no-time", "breaks"]},
        {"request": "cover"},
        {"receiver": "manager", "length": "note"},
    ]
    for number, answer in enumerate(answers, 1):
        assert f"Step {number} of 5" in page
        response = client.post(PAGE, {**carried(page), **answer, "go": "next"})
        assert response.status_code == 200
        page = response.text
    assert field(page) == (
        "I am writing to you about how the work is set up at the moment.\n\n"
        "For a few months now, there has been no time to catch my breath after a hard moment, and breaks "
        "have been missed or cut short.\n\n"
        "Alongside this, I notice that I am short with my children and that my patience runs out sooner "
        "than I would like.\n\n"
        "Could somebody be named on each shift who covers breaks?\n\n"
        "Thank you for reading this."
    )
    assert not re.search(r'(?:href|action)="[^"]*\?', page)


def test_back_keeps_what_was_chosen_and_skip_empties_the_step(client: Client) -> None:
    page = client.post(PAGE, {**CHOSEN, "step": "around", "shown": ["notice", "around"], "go": "back"}).text
    assert "Step 2 of 5" in page
    assert carried(page)["signs"] == ["sign.patience"]
    assert carried(page)["since"] == ["weeks"]
    page = client.post(PAGE, {**carried(page), "go": "skip"}).text
    assert "Step 3 of 5" in page
    assert "since" not in carried(page)
    assert carried(page)["conditions"] == ["no-time"]


def test_every_step_can_be_skipped_and_there_is_a_text_all_the_same(client: Client) -> None:
    page = client.get(PAGE).text
    for _ in range(5):
        page = client.post(PAGE, {**carried(page), "go": "skip"}).text
    assert field(page).startswith("I wanted to tell you how work is for me")


def test_all_on_one_page_asks_the_same(client: Client) -> None:
    page = client.post(PAGE, {"go": "all", "step": "notice"}).text
    for name in ("signs", "since", "conditions", "request", "receiver", "length", "in_confidence"):
        assert f'name="{name}"' in page, name
    written = client.post(PAGE, {**carried(page), **CHOSEN, "go": "write"}).text
    assert "Could you help me get ten minutes to myself" in field(written)


def test_own_answers_are_ticked_beforehand_and_only_once(client: Client, secret: Secret) -> None:
    week = week_of(clock.today())
    check_in(secret, {"replenish-weekly": {"sign.dread": 4, "sign.patience": 1}}, week)
    check_in(secret, {"replenish-round": {"supervision.held": 1, "workload.breaks": 4}}, week)
    page = client.get(PAGE).text
    assert carried(page)["signs"] == ["sign.dread"]
    assert "ticked from your last check-ins" in page
    without = {name: value for name, value in carried(page).items() if name != "signs"}
    page = client.post(PAGE, {**without, "go": "next"}).text
    page = client.post(PAGE, {**carried(page), "go": "next"}).text
    assert carried(page)["conditions"] == ["supervision-cancelled"]
    page = client.post(PAGE, {**carried(page), "go": "back"}).text
    page = client.post(PAGE, {**carried(page), "go": "back"}).text
    assert "signs" not in carried(page), "what was unticked stays unticked"


def test_all_on_one_page_ticks_only_what_was_not_shown_yet(client: Client, secret: Secret) -> None:
    said = {"replenish-weekly": {"sign.dread": 4}, "replenish-round": {"process.time": 0}}
    check_in(secret, said, week_of(clock.today()))
    without = {name: value for name, value in carried(client.get(PAGE).text).items() if name != "signs"}
    page = client.post(PAGE, {**without, "go": "all"}).text
    assert "signs" not in carried(page)
    assert carried(page)["conditions"] == ["no-time"]


def test_nobody_elses_answers_are_ticked(client: Client) -> None:
    check_in(Secret.new(), {"replenish-weekly": {"sign.dread": 4}}, week_of(clock.today()))
    assert "signs" not in carried(client.get(PAGE).text)


def test_nothing_is_kept_until_keep_is_pressed(client: Client, secret: Secret) -> None:
    for go in ("next", "skip", "back", "all", "write", "paper", "edit", "nonsense"):
        client.post(PAGE, {**CHOSEN, "step": "notice", "text": "My words.", "go": go})
    assert my_box(secret) is None
    for _ in range(2):
        assert "Your words are kept" in client.post(PAGE, {**CHOSEN, "text": "My words.", "go": "keep"}).text
    box = my_box(secret)
    assert box is not None
    (kept,) = box.reflections
    assert (kept.topic, kept.text, kept.week) == ("words", "My words.", week_of(clock.today()))


def test_the_paper_shows_the_changed_text_and_leads_back_to_it(client: Client) -> None:
    page = client.post(PAGE, {**CHOSEN, "text": "First.\r\n\r\nMy <own> change.", "go": "paper"}).text
    assert "<p>My &lt;own&gt; change.</p>" in page
    page = client.post(PAGE, {**carried(page), "text": field(page), "go": "edit"}).text
    assert field(page) == "First.\n\nMy <own> change."


@pytest.mark.parametrize(("text", "said"), [("", "The field is empty"), ("a" * 4001, "longer than 4000")])
def test_a_text_that_cannot_be_kept_stays_in_its_field(client: Client, text: str, said: str) -> None:
    response = client.post(PAGE, {**CHOSEN, "text": text, "go": "keep"})
    assert response.status_code == 400
    assert said in response.text
    assert field(response.text) == text


def test_own_words_that_are_too_long_come_back_on_their_step(client: Client) -> None:
    sent = {**CHOSEN, "text-condition": "a" * 121, "step": "whom", "go": "next"}
    response = client.post(PAGE, sent)
    assert response.status_code == 400
    assert "Step 3 of 5" in response.text
    assert 'href="#own_condition"' in response.text
    assert "a" * 121 in response.text


def test_what_is_no_choice_of_the_page_is_left_out(client: Client) -> None:
    strange = {"signs": ["sign.strange"], "since": "x", "request": "y", "receiver": "z", "length": "q"}
    page = client.post(PAGE, {**strange, "go": "write"}).text
    assert field(page).startswith("I wanted to tell you")


@pytest.mark.parametrize("go", ["next", "write", "all", "paper"])
def test_help_stands_under_every_text_field(client: Client, go: str) -> None:
    page = client.post(PAGE, {**CHOSEN, "text": "Words.", "step": "since", "go": go}).text
    fields = re.findall(
        r'<(?:input type="text"|textarea(?![^>]*hidden))[^>]*aria-describedby="([^" ]*)', page
    )
    assert (go == "paper") == (not fields)
    for described in fields:
        hint = re.search(rf'id="{described}">.*?</p>', page)
        assert hint is not None
        assert "/help-now/" in hint[0]
        assert "nobody reads along" in hint[0]


def test_before_it_leaves_the_page_says_what_changes(client: Client) -> None:
    page = client.post(PAGE, {**CHOSEN, "go": "write"}).text
    aside = page.split("Before it leaves this page")[1]
    assert "somebody else has them too" in aside
    assert "A supervisor may write notes" in aside
    assert "what can stay between us" in aside


def test_a_step_asks_the_database_once_or_not_at_all(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        page = client.get(PAGE).text
    with django_assert_max_num_queries(0):
        page = client.post(PAGE, {**carried(page), "go": "next"}).text
    with django_assert_max_num_queries(0):
        client.post(PAGE, {**carried(page), "go": "write"})


def test_the_script_sends_nothing_but_the_form_and_keeps_nothing() -> None:
    script = (Path(replenish.web.__file__).parent / "static" / "web" / "words.js").read_text("utf-8")
    for call in ("XMLHttpRequest", "sendBeacon", "WebSocket", "Storage", "indexedDB", "cookie", "http"):
        assert call not in script
    assert script.count("fetch(") == 1
    assert "window.fetch(form.action" in script


def test_a_stranger_is_let_in_nowhere(world: CarerWorld) -> None:
    assert Client().post(PAGE, {**CHOSEN, "go": "write"}).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {"text-sign": "I am short", "text-request": "swap Mondays", "step": "notice"},
        {"text-sign": "I am short", "text-request": "swap Mondays", "step": "all"},
    ],
)
def test_own_words_are_kept_when_the_screen_is_hidden(
    client: Client, secret: Secret, sent: dict[str, str]
) -> None:
    for go in ("", "all"):
        page = client.post(PAGE, {"go": go}).text
        assert 'name="go" value="keep" data-keeps hidden' in page
    gone = client.post(PAGE, {**sent, "go": "keep", "then": "hide"})
    assert gone["Location"] == "/quiet/"
    box = my_box(secret)
    assert box is not None
    assert [note.text for note in box.reflections] == ["I am short\nswap Mondays"]


def test_no_field_for_own_words_cuts_them_off(client: Client) -> None:
    written = client.post(PAGE, {**CHOSEN, "go": "write"}).text
    for page in (client.post(PAGE, {"go": "all"}).text, written, client.get("/my/case/").text):
        assert "maxlength" not in page
    assert 'data-most="4000"' in written
