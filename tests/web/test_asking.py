"""Asking for the team: with a seat, without one, and without anything arranged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.conditions.organisations import Staffed, staffed
from tests.people.cast import FIRST_DAY, set_day

from replenish.conditions.queries import units_of
from replenish.conditions.rounds.seasons import plan_season
from replenish.conditions.rounds.slips import draw_slips
from replenish.debrief import actions
from replenish.debrief.actions import arrange, draw_offers
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.web.carer.card_cookie import CARD_COOKIE

ADDRESS = "/my/ask/"


@pytest.fixture
def hospice(db: None, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    set_day(monkeypatch, FIRST_DAY)
    return staffed()


@pytest.fixture
def seated(hospice: Staffed, client: Client) -> Client:
    """The browser of somebody with a seat in a team."""
    season = plan_season(asker=hospice.operator, starts_on=FIRST_DAY)
    slips = draw_slips(asker=hospice.steward, proposal=hospice.agree_on_slips(season.id, {"Ash": 2}))
    secret = Secret.new()
    spend_slip(secret, slips[0].code)
    client.cookies[CARD_COOKIE] = secret.cookie()
    return client


def _stored() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit, kind, from_day, made FROM debrief_teamoffer ORDER BY id")
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_a_card_without_a_seat_is_told_so(client: Client) -> None:
    client.cookies[CARD_COOKIE] = Secret.new().cookie()
    page = client.get(ADDRESS)
    assert "belongs to no team here" in page.text
    assert client.post(ADDRESS, {"kind": "debrief"}).status_code == 200


def test_where_nothing_is_arranged_nothing_is_promised(seated: Client) -> None:
    page = seated.get(ADDRESS).text
    assert "has not yet said who leads debriefs" in page
    assert '<button type="submit">' not in page
    assert seated.post(ADDRESS, {"kind": "debrief"}).status_code == 400


def test_asking_turns_the_next_offer_on(
    hospice: Staffed, seated: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "made_unasked", lambda: False)
    arrange(asker=hospice.operator, kind="debrief", turn_to="Ida <b>, extension 12")
    draw_offers(units_of([hospice.id]))
    assert "Nothing stands on offer" in seated.get(ADDRESS).text
    before = _stored()
    answer = seated.post(ADDRESS, {"kind": "debrief"})
    assert "It will be offered" in answer.text
    assert len([row for row in zip(before, _stored(), strict=True) if row[0] != row[1]]) == 1
    set_day(monkeypatch, FIRST_DAY + timedelta(2))
    page = seated.get(ADDRESS).text
    assert "On offer now: A debrief for the team" in page
    assert "Ida &lt;b&gt;, extension 12" in page


def test_what_is_not_arranged_cannot_be_asked(hospice: Staffed, seated: Client) -> None:
    arrange(asker=hospice.operator, kind="debrief", turn_to="Ida")
    draw_offers(units_of([hospice.id]))
    before = _stored()
    for kind in ("reflection", "", "debrief2"):
        answer = seated.post(ADDRESS, {"kind": kind})
        assert (answer.status_code, "Choose what your team should be offered" in answer.text) == (400, True)
    assert _stored() == before


def test_before_the_first_night_the_page_says_when(hospice: Staffed, seated: Client) -> None:
    arrange(asker=hospice.operator, kind="debrief", turn_to="Ida")
    answer = seated.post(ADDRESS, {"kind": "debrief"})
    assert answer.status_code == 409
    assert "come back tomorrow" in answer.text


def test_looking_writes_nothing(hospice: Staffed, seated: Client) -> None:
    arrange(asker=hospice.operator, kind="debrief", turn_to="Ida")
    draw_offers(units_of([hospice.id]))
    before = _stored()
    seated.get(ADDRESS)
    assert _stored() == before


def test_the_own_page_shows_what_stands(
    hospice: Staffed, seated: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "made_unasked", lambda: True)
    assert "On offer to your team" not in seated.get("/my/").text
    arrange(asker=hospice.operator, kind="reflection", turn_to="Ida")
    draw_offers(units_of([hospice.id]))
    set_day(monkeypatch, FIRST_DAY + timedelta(1))
    page = seated.get("/my/").text
    assert "On offer to your team now" in page
    assert "Time to reflect together" in page
    assert "A debrief for the team" not in page
