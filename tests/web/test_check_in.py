"""The check-in: what is asked, what is kept, and what is said about it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, begin_world, client_with, open_first_round

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import erase, spend_slip
from replenish.voices.models import ArrivingBox, Contribution
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of

WEEKLY = "replenish-weekly"


@pytest.fixture
def seated(db: None) -> tuple[Secret, Client]:
    """A card whose seat counts in the round that is open."""
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    return secret, client_with(secret)


def test_every_question_says_who_can_see_its_answer(world: CarerWorld) -> None:
    page = client_with(Secret.new()).get("/my/check-in/").text
    questions = re.findall(r'<fieldset class="question".*?</fieldset>', page, re.DOTALL)
    assert len(questions) == len(load_pack(WEEKLY).items) == 8
    assert all("Only you can see this answer." in question for question in questions)
    never = [question for question in questions if "It is never counted." in question]
    assert len(never) == 2
    assert "real warmth" in never[0]
    assert "hard moments" in never[1]


def test_answers_are_kept_and_counted(seated: tuple[Secret, Client]) -> None:
    secret, client = seated
    page = client.post("/my/check-in/", WEEKLY_ANSWERS).text
    assert "Your answers are kept for you" in page
    assert "also counted for your group in this round" in page
    box = my_box(secret)
    assert box is not None
    (said,) = box.check_ins
    assert said.week == week_of(clock.today())
    assert said.answers == {code: float(value) for code, value in WEEKLY_ANSWERS.items() if value}
    assert Contribution.objects.count() == 1


def test_sending_twice_keeps_one(seated: tuple[Secret, Client]) -> None:
    secret, client = seated
    for _ in range(2):
        assert client.post("/my/check-in/", WEEKLY_ANSWERS).status_code == 200
    box = my_box(secret)
    assert box is not None
    assert len(box.check_ins) == 1
    assert Contribution.objects.count() == 1
    assert ArrivingBox.objects.count() == 1


def test_a_second_visit_in_the_week_shows_what_was_said(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    page = client.get("/my/check-in/").text
    assert "You have answered these this week already." in page
    assert 'name="sign.recovery" value="4" checked' in page
    assert 'name="sign.motions" value="" checked' in page
    assert page.count(" checked") == 8


def test_an_untouched_form_shows_nobodys_answers(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    client.get("/my/check-in/")
    other = client_with(Secret.new()).get("/my/check-in/").text
    assert other.count('value="" checked') == 8
    assert other.count(" checked") == 8


def test_without_a_seat_the_answers_are_for_oneself(world: CarerWorld) -> None:
    page = client_with(Secret.new()).post("/my/check-in/", WEEKLY_ANSWERS).text
    assert "your card has no seat" in page
    assert Contribution.objects.count() == 0


def test_a_new_seat_counts_from_the_next_round(world: CarerWorld) -> None:
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    page = client_with(secret).post("/my/check-in/", WEEKLY_ANSWERS).text
    assert "a new seat counts from the next round on" in page


def test_too_few_answers_are_kept_and_not_counted(seated: tuple[Secret, Client]) -> None:
    _, client = seated
    page = client.post("/my/check-in/", {"sign.dread": "1"}).text
    assert "at least half of the questions" in page


def test_nothing_answered_is_all_right_and_keeps_nothing(seated: tuple[Secret, Client]) -> None:
    secret, client = seated
    response = client.post("/my/check-in/", {})
    assert response.status_code == 400
    assert "That is all right." in response.text
    assert my_box(secret) is None


@pytest.mark.parametrize("value", ["5", "-1", "nan", "1.0", "x"])
def test_an_answer_that_is_none_is_named_and_the_others_stay(
    seated: tuple[Secret, Client], value: str
) -> None:
    secret, client = seated
    response = client.post("/my/check-in/", WEEKLY_ANSWERS | {"sign.dread": value})
    assert response.status_code == 400
    assert '<a href="#sign.dread">Choose one of the answers, or skip the question.</a>' in response.text
    assert 'name="sign.recovery" value="4" checked' in response.text
    assert my_box(secret) is None


def test_the_longer_questions_have_a_page_of_their_own(seated: tuple[Secret, Client]) -> None:
    secret, client = seated
    page = client.get("/my/check-in/more/").text
    assert page.count("<fieldset") == 23
    assert page.count("It is never counted.") == 2
    answers = {item.code: "1" for item in load_pack("replenish-round").items}
    assert "also counted" in client.post("/my/check-in/more/", answers).text
    box = my_box(secret)
    assert box is not None
    assert [said.pack for said in box.check_ins] == ["replenish-round"]


def test_an_erased_card_is_told_so(world: CarerWorld) -> None:
    secret = Secret.new()
    client = client_with(secret)
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    erase(secret)
    response = client.post("/my/check-in/", WEEKLY_ANSWERS)
    assert response.status_code == 409
    assert "make a new card" in response.text


def test_a_check_in_asks_the_database_little(
    seated: tuple[Secret, Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, client = seated
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    with django_assert_max_num_queries(11):
        client.post("/my/check-in/", WEEKLY_ANSWERS)
    with django_assert_max_num_queries(2):
        client.get("/my/check-in/")
