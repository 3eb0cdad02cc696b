"""What holds for every page of a carer, found by walking the addresses: a new page cannot forget it."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings
from tests.web.carer_world import WEEKLY_ANSWERS, CarerWorld, client_with

from replenish.sealing.secret import Secret
from replenish.voices.queries import is_in_use
from replenish.web.carer import urls
from replenish.web.carer.card_cookie import ACCOUNT_COOKIE, CARD_COOKIE, CARD_COOKIE_SECURE

OPEN_WITHOUT_CARD = {"join/", "new-card/", "return/", "leave/"}
ROUTES = [str(pattern.pattern) for pattern in urls.urlpatterns]
AWAY = {"hide/"}
POST_ONLY = {"card/", "card/picture/"}


def test_addresses_hold_no_places_for_codes_or_names() -> None:
    assert len(ROUTES) == len(urls.urlpatterns)
    assert [route for route in ROUTES if "<" in route] == []


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_card_only_the_ways_in_are_open(db: None, client: Client, route: str) -> None:
    response = client.post(f"/my/{route}") if route in POST_ONLY else client.get(f"/my/{route}")
    assert response["Cache-Control"] == "no-store"
    if route in AWAY:
        assert (response.status_code, response["Location"]) == (302, "/quiet/")
        return
    assert response.status_code == (200 if route in OPEN_WITHOUT_CARD else 403)
    if route not in OPEN_WITHOUT_CARD:
        assert "There is no key card here yet" in response.text


@pytest.mark.parametrize("route", ROUTES)
def test_an_account_beside_a_card_is_refused_everywhere(world: CarerWorld, route: str) -> None:
    client = client_with(Secret.new())
    client.cookies[ACCOUNT_COOKIE] = "anything"
    for response in (
        client.get(f"/my/{route}"),
        client.post(f"/my/{route}", {"understood": "on", "words": "x"}),
    ):
        if response.status_code == 405:
            continue
        assert response.status_code == 400
        assert "An account came along" in response.text
        assert CARD_COOKIE not in response.cookies
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("route", ROUTES)
def test_a_second_card_beside_the_first_is_refused_everywhere(world: CarerWorld, route: str) -> None:
    """Another site of the same domain can add one; which of the two is the person's nobody can tell."""
    own, foreign = Secret.new(), Secret.new()
    both = f"{CARD_COOKIE}={foreign.cookie()}; lang=en;  {CARD_COOKIE} ={own.cookie()}"
    for response in (
        Client().get(f"/my/{route}", headers={"cookie": both}),
        Client().post(f"/my/{route}", {"understood": "on", **WEEKLY_ANSWERS}, headers={"cookie": both}),
    ):
        if response.status_code == 405:
            continue
        assert response.status_code == 400
        assert "Two cards came along" in response.text
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies
    assert not is_in_use(own)
    assert not is_in_use(foreign)


@pytest.mark.parametrize("route", sorted(set(ROUTES) - POST_ONLY))
def test_every_form_is_refused_without_its_key(world: CarerWorld, route: str) -> None:
    client = client_with(Secret.new(), enforce_csrf_checks=True)
    response = client.post(f"/my/{route}", {"understood": "on"})
    assert response.status_code in (403, 405)
    if response.status_code == 403:
        assert "open for too long" in response.text
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("route", sorted(set(ROUTES) - POST_ONLY))
def test_the_policy_is_strict_and_nothing_stands_inline(world: CarerWorld, route: str) -> None:
    response = client_with(Secret.new()).get(f"/my/{route}")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response["Referrer-Policy"] == "same-origin"
    for inline in ("style=", "<style", " onclick", " onload", "javascript:"):
        assert inline not in response.text


def test_the_card_travels_only_to_the_carers_pages(world: CarerWorld) -> None:
    response = Client().post("/my/return/", {"words": " ".join(Secret.new().words())})
    cookie = response.cookies[CARD_COOKIE]
    assert cookie["path"] == "/my/"
    assert cookie["samesite"] == "Strict"
    assert cookie["httponly"] is True
    assert cookie["max-age"] == 400 * 24 * 60 * 60


def test_on_a_shared_device_the_card_goes_with_the_browser(world: CarerWorld) -> None:
    response = Client().post("/my/return/", {"words": " ".join(Secret.new().words()), "shared": "on"})
    assert response.cookies[CARD_COOKIE]["max-age"] == ""


@override_settings(REPLENISH_SECURE=True)
def test_where_pages_are_encrypted_no_other_kind_of_page_can_leave_a_card(world: CarerWorld) -> None:
    response = Client().post("/my/return/", {"words": " ".join(Secret.new().words())})
    assert set(response.cookies) == {CARD_COOKIE_SECURE}
    cookie = response.cookies[CARD_COOKIE_SECURE]
    assert cookie["secure"] is True
    tossed = client_with(Secret.new())
    assert tossed.get("/my/").status_code == 403
    tossed.cookies[CARD_COOKIE_SECURE] = cookie.value
    assert tossed.get("/my/").status_code == 200
    left = tossed.post("/my/leave/")
    assert left.cookies[CARD_COOKIE_SECURE]["max-age"] == 0
    assert left.cookies[CARD_COOKIE_SECURE]["secure"] is True


def test_a_damaged_card_is_no_card(db: None, client: Client) -> None:
    client.cookies[CARD_COOKIE] = "not-a-card"
    assert client.get("/my/").status_code == 403
