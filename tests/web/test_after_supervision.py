"""Questions after a session: kept for the person, skipped freely, and never told of one supervisor."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.carer_world import CarerWorld, client_with

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.asked import POOLED_PACK
from replenish.voices.models import Contribution
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of

PAGE = "/my/reflect/after-supervision/"


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


def test_answers_are_kept_shown_again_and_replaced(client: Client, secret: Secret) -> None:
    page = client.get(PAGE).text
    assert "It needs at least seven people and three supervisors." in page
    assert page.count('type="radio"') == 12
    kept = client.post(PAGE, {"session.safe": "3", "session.reflecting": "1"})
    assert kept.status_code == 200
    assert "Your answers are kept for you" in kept.text
    again = client.get(PAGE).text
    assert "You have answered these this week already." in again
    assert '<input type="radio" name="session.safe" value="3" checked>' in again
    client.post(PAGE, {"session.safe": "0", "session.reflecting": ""})
    box = my_box(secret)
    assert box is not None
    ((week, pack, answers),) = [(one.week, one.pack, dict(one.answers)) for one in box.check_ins]
    assert (week, pack, answers) == (week_of(clock.today()), POOLED_PACK, {"session.safe": 0})
    assert "After supervision" in client.get("/my/data/answers/").text


def test_nothing_answered_and_nonsense_are_said_kindly(client: Client, secret: Secret) -> None:
    skipped = client.post(PAGE, {"session.safe": ""})
    assert skipped.status_code == 400
    assert "Both questions were skipped" in skipped.text
    wrong = client.post(PAGE, {"session.safe": "9", "session.reflecting": "2"})
    assert 'href="#session.safe"' in wrong.text
    assert '<input type="radio" name="session.reflecting" value="2" checked>' in wrong.text
    assert my_box(secret) is None


def test_nothing_is_contributed_before_the_last_round(client: Client, world: CarerWorld) -> None:
    client.post("/my/join/", {"code": world.codes[0]})
    client.post(PAGE, {"session.safe": "3", "session.reflecting": "1"})
    assert not Contribution.objects.exists()


def test_without_a_card_nothing_is_asked(world: CarerWorld) -> None:
    assert "session.safe" not in Client().get(PAGE).text
    assert "After supervision" in client_with(Secret.new()).get("/my/reflect/").text
