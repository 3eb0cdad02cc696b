"""The door of the staff pages: silence for strangers, an asker of the right organisation for the others."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.people.actions import dissolve_unit, end_account, end_role, replace_code
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.site import urls as root
from replenish.site.forms_key import STAFF_COOKIE
from replenish.web.carer.card_cookie import ACCOUNT_COOKIE, CARD_COOKIE
from replenish.web.staff.door import staff_page
from replenish.web.staff.navigation import PLACES, Place

__all__ = ["ours", "quick", "theirs"]

pytestmark = pytest.mark.django_db


@staff_page(RoleKind.STEWARD)
def stewards_only(request: HttpRequest, asker: Asker, unit: str = "") -> HttpResponse:
    if unit:
        dissolve_unit(asker=asker, unit=unit)
    return HttpResponse(f"{asker.organisation} {asker.account}")


@staff_page()
@require_POST
def only_sent(request: HttpRequest, asker: Asker) -> HttpResponse:
    return HttpResponse(asker.organisation)


urlpatterns = [
    path("staff/stewards/", stewards_only),
    path("staff/stewards/<slug:unit>/", stewards_only),
    path("staff/sent/", only_sent),
    *root.urlpatterns,
]
handler404 = root.handler404

with_doors = pytest.mark.urls(__name__)


@with_doors
def test_the_view_is_given_who_asks(ours: StaffWorld, theirs: StaffWorld) -> None:
    person = ours.people[RoleKind.STEWARD]
    said = signed_in(person).get("/staff/stewards/")
    assert said.text == f"{ours.organisation} {person.account}"
    assert said["Cache-Control"] == "no-store"


@with_doors
@pytest.mark.parametrize("role", sorted(set(RoleKind) - {RoleKind.STEWARD}))
def test_another_part_gets_the_answer_of_an_address_that_does_not_exist(
    ours: StaffWorld, role: RoleKind
) -> None:
    client = signed_in(ours.people[role])
    closed, nothing = client.get("/staff/stewards/"), client.get("/staff/stewardz/")
    assert (closed.status_code, nothing.status_code) == (404, 404)
    assert closed.text == nothing.text.replace("stewardz", "stewards")


@with_doors
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_a_stranger_learns_nothing_by_any_method(ours: StaffWorld, method: str) -> None:
    for address in ("/staff/", "/staff/sent/", "/staff/account/", "/staff/account/passkey/remove/"):
        said = getattr(Client(), method)(address)
        assert said.status_code == 404
        assert ACCOUNT_COOKIE not in said.cookies
        assert said["Cache-Control"] == "no-store"


@with_doors
def test_what_another_organisation_has_is_not_there(ours: StaffWorld, theirs: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert client.get(f"/staff/stewards/{theirs.unit}/").status_code == 404
    assert client.get(f"/staff/stewards/{ours.unit}/").status_code == 200


@with_doors
def test_a_refusal_that_may_be_told_is_a_page(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert client.get(f"/staff/stewards/{ours.unit}/").status_code == 200
    said = client.get("/staff/organisations/")
    assert said.status_code == 200


def test_a_part_that_ends_closes_the_door_at_once(ours: StaffWorld) -> None:
    person = ours.people[RoleKind.FACILITATOR]
    client = signed_in(person)
    assert "Facilitator" in client.get("/staff/").text
    end_role(asker=ours.operator, account=person.account, role="facilitator")
    said = client.get("/staff/")
    assert said.status_code == 200
    assert "You play no part here today" in said.text
    end_account(asker=ours.operator, account=person.account)
    assert client.get("/staff/").status_code == 404


def test_a_new_code_closes_the_door_for_whoever_came_in_before(ours: StaffWorld) -> None:
    person = ours.people[RoleKind.STEWARD]
    client = signed_in(person)
    replace_code(asker=ours.operator, account=person.account)
    assert client.get("/staff/").status_code == 404


def test_the_cookies_are_for_the_staff_pages_alone(ours: StaffWorld, settings: object) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    client.get("/staff/account/")
    for name, same_site in ((ACCOUNT_COOKIE, "Lax"), (STAFF_COOKIE, "Lax")):
        cookie = client.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/staff/", True, same_site)
        assert cookie["max-age"] == cookie["expires"] == ""
    assert set(client.cookies) == {ACCOUNT_COOKIE, STAFF_COOKIE}


def test_a_card_in_the_same_browser_is_not_sent_to_the_staff_pages(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    client.cookies[CARD_COOKIE] = "anything"
    client.cookies[CARD_COOKIE]["path"] = "/my/"
    said = client.get("/staff/")
    assert said.status_code == 200
    assert CARD_COOKIE not in said.wsgi_request.COOKIES
    assert ACCOUNT_COOKIE not in client.get("/my/").wsgi_request.COOKIES


def test_a_form_of_the_staff_pages_needs_its_own_key(ours: StaffWorld) -> None:
    client = Browser(enforce_csrf_checks=True)
    person = ours.people[RoleKind.STEWARD]
    page = client.get("/staff/sign-in/")
    token = str(page.context["csrf_token"])
    sent = {"account": person.account, "code": person.code}
    refused = client.post("/staff/sign-in/", sent)
    assert refused.status_code == 403
    assert "This page was open for too long" in refused.text
    assert "My page" not in refused.text
    assert client.post("/staff/sign-in/", {**sent, "csrfmiddlewaretoken": token}).status_code == 302
    carers = Browser(enforce_csrf_checks=True)
    other = str(carers.get("/my/join/").context["csrf_token"])
    for sent_to in ("/my/", "/"):
        carers.cookies["csrftoken"]["path"] = sent_to
        assert carers.post("/staff/sign-in/", {**sent, "csrfmiddlewaretoken": other}).status_code == 403


def test_pages_of_carers_and_of_everybody_ask_nobody_who_they_are(
    ours: StaffWorld, django_assert_num_queries: object
) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    for address in ("/", "/my/", "/help-now/"):
        with django_assert_num_queries(0):  # type: ignore[operator]
            said = client.get(address)
        assert not hasattr(said.wsgi_request, "session")
        assert not hasattr(said.wsgi_request, "user")


def test_a_page_behind_the_door_costs_few_queries(
    ours: StaffWorld, django_assert_max_num_queries: object
) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    client.get("/staff/telling/notices/")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        client.get("/staff/telling/notices/")


def test_places_are_shown_to_those_whose_they_are(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("staff-organisations", "A place of stewards", "What it is for.", (RoleKind.STEWARD,))
    monkeypatch.setattr("replenish.web.staff.drawn.PLACES", (*PLACES, place))
    assert "A place of stewards" in signed_in(ours.people[RoleKind.STEWARD]).get("/staff/").text
    assert "A place of stewards" not in signed_in(ours.people[RoleKind.DEPUTY]).get("/staff/").text


def test_the_page_that_is_not_there_leads_back_after_signing_in(ours: StaffWorld) -> None:
    said = Client().get("/staff/account/")
    assert "/staff/sign-in/?then=/staff/account/" in said.text


@with_doors
def test_what_is_no_text_is_answered_like_an_address_that_does_not_exist(ours: StaffWorld) -> None:
    """A NUL in a field would be an error of PostgreSQL's, and of nobody who writes by hand."""
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert client.get("/staff/stewards/", {"unit": "a\0b"}).status_code == 404
    assert client.post("/staff/sent/", {"unit": "a\0b"}).status_code == 404
    assert client.post("/staff/sent/", {"unit": "ab"}).status_code == 200


def test_a_form_may_have_a_field_for_each_unit_of_a_large_employer(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    fields = {f"people-{number}": "1" for number in range(6_000)}
    said = client.post("/staff/keys/headcount/", fields)
    assert "Look again: How many people work where" in said.text, "read, and asked to look at it again"
