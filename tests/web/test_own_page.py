"""A person's own page: their own words back, week by week, and an honest word about their seat."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.carer_world import (
    ROUND,
    WEEKLY_ANSWERS,
    CarerWorld,
    begin_world,
    client_with,
    open_first_round,
)

from replenish.basis import clock
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.voices import rounds
from replenish.voices.actions import check_in, spend_slip
from replenish.voices.models import Contribution
from replenish.voices.slips import make_slips
from replenish.voices.weeks import week_of


def weeks_ago(number: int) -> str:
    return week_of(clock.today() - timedelta(weeks=number))


def test_an_empty_page_says_what_will_stand_there(world: CarerWorld) -> None:
    client = client_with(Secret.new())
    answers = client.get("/my/data/answers/").text
    assert "After your first check-in, your answers stand here" in answers
    assert "<table" not in answers
    page = client.get("/my/").text
    assert "How was this week" in page
    assert "Your card has no seat" in page


def test_weeks_stand_newest_first_with_gaps_and_words(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 4, "event.encounters": 3}}, weeks_ago(3))
    check_in(secret, {"replenish-weekly": {"sign.dread": 1}}, weeks_ago(0))
    page = client_with(secret).get("/my/data/answers/").text
    dread = re.search(r'<th scope="row">Dread</th>(.*)', page)
    assert dread is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", dread[1]) == ["Once", "Nearly every day"]
    hard = re.search(r'<th scope="row">Hard moments</th>(.*)', page)
    assert hard is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", hard[1]) == ["–", "Three or four"]
    assert "You have checked in this week." in client_with(secret).get("/my/").text


def test_nobody_sees_the_answers_of_another_card(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 4}}, weeks_ago(0))
    assert "Nearly every day" in client_with(secret).get("/my/data/answers/").text
    assert "Nearly every day" not in client_with(Secret.new()).get("/my/data/answers/").text


def test_the_longer_questions_are_folded_away(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 1}}, weeks_ago(0))
    check_in(secret, {"replenish-round": {"supervision.held": 3}}, weeks_ago(0))
    page = client_with(secret).get("/my/data/answers/").text
    assert "<summary>The longer questions</summary>" in page
    assert "Yes, with time to reflect" in page


def test_only_the_longer_questions_answered(world: CarerWorld) -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-round": {"supervision.held": 3}}, weeks_ago(0))
    page = client_with(secret).get("/my/data/answers/").text
    assert page.count("<table") == 1
    assert "Yes, with time to reflect" in page


def test_the_slips_of_the_group_are_told(world: CarerWorld) -> None:
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    page = client_with(secret).get("/my/").text
    made = re.findall(r"<tr><td>Slips</td><td>(\d+)</td><td>(\d+)</td>", page)
    assert sorted(made) == [("6", "0"), ("9", "0")], "a use of today is counted at night"


def test_a_seat_that_counts_names_the_close(db: None) -> None:
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    client = client_with(secret)
    assert "No round is open at this moment" in client.get("/my/").text
    open_first_round(world)
    assert "your answers count in the present round" in client.get("/my/").text
    moved = make_slips(season="season-a", counts={"ash": 1})[0].code
    oak = Secret.new()
    spend_slip(oak, make_slips(season="season-a", counts={"oak": 1})[0].code)
    spend_slip(oak, moved)
    assert "counts from the next round" in client_with(oak).get("/my/").text


def test_a_visit_contributes_again_after_a_key_was_lost(db: None) -> None:
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    client = client_with(secret)
    client.post("/my/check-in/", WEEKLY_ANSWERS)
    rounds.replace_key(ROUND, RoundKeys(settings.REPLENISH_KEYS / "other").create(ROUND))
    assert Contribution.objects.count() == 0
    client.get("/my/")
    assert Contribution.objects.count() == 1


def test_a_visit_renews_the_seat_in_a_new_season(world: CarerWorld) -> None:
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    rounds.remove_round(ROUND)
    rounds.begin_season(
        "season-b", groups={"oak": "g1", "ash": "g1"}, renew_until=clock.today(), follows="season-a"
    )
    client = client_with(secret)
    page = client.get("/my/").text
    assert "Your card has a seat" in page
    rounds.open_round(
        "round-b",
        season="season-b",
        number=1,
        recipient=RoundKeys(settings.REPLENISH_KEYS).create("round-b"),
        starts_on=clock.today() - timedelta(7),
        closes_on=clock.today() + timedelta(21),
    )
    assert "also counted" in client.post("/my/check-in/", WEEKLY_ANSWERS).text


@pytest.mark.parametrize("weeks", [1, 52])
def test_a_year_of_weeks_costs_no_more_queries_than_one(
    db: None,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    weeks: int,
) -> None:
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    for number in range(weeks):
        check_in(secret, {"replenish-weekly": {"sign.dread": 1, "sign.patience": 2}}, weeks_ago(number))
    client: Client = client_with(secret)
    # What is the same for the whole group is read once a minute, for whoever comes first.
    client.get("/my/")
    with django_assert_max_num_queries(2):
        client.get("/my/")
