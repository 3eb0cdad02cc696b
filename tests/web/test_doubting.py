"""Saying that a number of slips is not right: what a person reads before, and the whole group after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.conditions.organisations import Staffed, staffed
from tests.people.cast import FIRST_DAY, set_day

from replenish.conditions.doubts import agree_on_answer, doubts_of, propose_answer, show_doubts
from replenish.conditions.rounds.seasons import plan_season
from replenish.conditions.rounds.slips import draw_slips
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.doubts import take_doubts
from replenish.web.carer.card_cookie import CARD_COOKIE

ADDRESS = "/my/doubt/"
NOTICE = "Somebody in this group doubts that number."


@pytest.fixture
def hospice(db: None, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    set_day(monkeypatch, FIRST_DAY)
    return staffed()


@pytest.fixture
def members(hospice: Staffed) -> list[Client]:
    """The browsers of two people in Ash and of one in Fir."""
    season = plan_season(asker=hospice.operator, starts_on=FIRST_DAY)
    proposal = hospice.agree_on_slips(season.id, {"Ash": 2, "Fir": 1})
    slips = draw_slips(asker=hospice.steward, proposal=proposal)
    ash = season.unit_codes[hospice.units["Ash"]]
    browsers = []
    for slip in sorted(slips, key=lambda one: one.unit != ash):
        secret = Secret.new()
        spend_slip(secret, slip.code)
        client = Client()
        client.cookies[CARD_COOKIE] = secret.cookie()
        browsers.append(client)
    return browsers


def next_day(monkeypatch: pytest.MonkeyPatch, days: int = 1) -> None:
    """The night carries doubts over; pages read what stands there anew each minute."""
    show_doubts()
    set_day(monkeypatch, FIRST_DAY + timedelta(days=days))


def test_the_page_says_what_a_doubt_gives_away_before_the_button(members: list[Client]) -> None:
    assert f'href="{ADDRESS}">That is not right</a>' in members[0].get("/my/").text
    page = members[0].get(ADDRESS).text
    before, _, _ = page.partition("<form method")
    assert "Everybody in your group will read that somebody doubts this" in before
    assert "in a small group people may guess" in before
    assert re.search(r"<td>Slips</td><td>2</td>", before)
    assert take_doubts() == frozenset(), "looking raises nothing"


def test_from_the_next_day_all_of_the_group_read_it_and_nobody_else(
    members: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = members[0].post(ADDRESS)
    assert "Your doubt will be read" in said.text
    assert [NOTICE in browser.get("/my/").text for browser in members] == [False] * 3
    next_day(monkeypatch)
    pages = [browser.get("/my/").text for browser in members]
    assert [NOTICE in page for page in pages] == [True, True, False]
    assert "tell your representative" in pages[0]
    assert "That is not right" not in pages[1]
    assert "<form" not in members[1].get(ADDRESS).text.partition("<main")[2].partition("</main>")[0]


def test_the_answer_of_both_keys_stands_beside_it(
    hospice: Staffed, members: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    members[0].post(ADDRESS)
    next_day(monkeypatch)
    (doubt,) = doubts_of(hospice.id)
    propose_answer(asker=hospice.steward, group=doubt.group, words="Two <b>came back</b> in May.")
    agree_on_answer(asker=hospice.representative, group=doubt.group)
    next_day(monkeypatch, 2)
    page = members[1].get("/my/").text
    assert "Two &lt;b&gt;came back&lt;/b&gt; in May." in page
    assert "That is not right" in page, "the answer may not be right either"
    assert "<button" in members[1].get(ADDRESS).text


def test_without_a_seat_there_is_nothing_to_doubt(hospice: Staffed, client: Client) -> None:
    client.cookies[CARD_COOKIE] = Secret.new().cookie()
    assert "no seat in a group" in client.get(ADDRESS).text
    answer = client.post(ADDRESS)
    assert (answer.status_code, "no seat in a group now" in answer.text) == (409, True)


def test_without_a_card_nothing_opens(db: None, client: Client) -> None:
    assert client.post(ADDRESS).status_code == 403
