"""A service of the installation's own vouches for people: asked for one name, only where it is arranged."""

from __future__ import annotations

import time
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.people.models import OutsideName
from replenish.people.roles import RoleKind

__all__ = ["ours", "quick", "theirs"]

SERVICE = "https://id.example"
NOT_LOOKED_AT = "a token that comes straight from the service needs no key"

pytestmark = pytest.mark.django_db


class Reply:
    """What the service says to one request."""

    status_code = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012
    text = ""
    content = b""

    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said

    def json(self) -> dict[str, Any]:
        return self._said

    def raise_for_status(self) -> None:
        """All is well."""


class FakeService:
    """A service on the other side: what it says of people, and what it was asked."""

    def __init__(self) -> None:
        self.name = "noor-1234"
        self.issuer = SERVICE
        self.audience = "replenish"
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def get(self, address: str, **_: object) -> Reply:
        self.asked.append(address)
        return Reply(
            {
                "issuer": SERVICE,
                "authorization_endpoint": f"{SERVICE}/authorise",
                "token_endpoint": f"{SERVICE}/token",
                "jwks_uri": f"{SERVICE}/keys",
                "userinfo_endpoint": f"{SERVICE}/person",
            }
        )

    def request(self, _: str, address: str, *, data: dict[str, str], **__: object) -> Reply:
        self.asked.append(address)
        assert data["code_verifier"]
        claims = {"sub": self.name, "iss": self.issuer, "aud": self.audience, "exp": time.time() + 60}
        token = jwt.encode(
            {**claims, "iat": time.time()},
            "not looked at, since it came straight from the service",
            algorithm="HS256",
        )
        return Reply({"access_token": "x", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FakeService:
    settings.REPLENISH_SERVICE = SERVICE
    settings.REPLENISH_SERVICE_NAME = "Town sign-in"
    settings.REPLENISH_SERVICE_CLIENT = "replenish"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, *settings.SERVICE_APPS]
    from replenish.web.staff.openid import Troubles

    fake = FakeService()
    monkeypatch.setattr(Troubles, "get_requests_session", lambda _: fake)
    return fake


def there_and_back(client: Browser, start: str, **changed: str) -> Any:  # noqa: ANN401 - Django's response
    left = client.get(reverse(start))
    assert left.status_code == 302
    asked = {name: values[0] for name, values in parse_qs(urlsplit(left["Location"]).query).items()}
    assert left["Location"].startswith(f"{SERVICE}/authorise?")
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
    sent = {"state": asked["state"], "code": "given", **changed}
    return client.get(reverse("staff-sign-in-service-back"), sent)


def connected(ours: StaffWorld) -> Browser:
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert there_and_back(client, "staff-connect-service")["Location"] == reverse("staff-account")
    return client


def test_whoever_connected_the_service_signs_in_through_it(ours: StaffWorld, service: FakeService) -> None:
    client = connected(ours)
    assert "You can sign in with Town sign-in." in client.get(reverse("staff-account")).text
    fresh = Browser()
    assert "With Town sign-in" in fresh.get(reverse("staff-sign-in")).text
    assert there_and_back(fresh, "staff-sign-in-service")["Location"] == reverse("staff-home")
    assert "Steward of Ours" in fresh.get("/staff/").text


def test_it_is_asked_for_a_name_and_nothing_else(ours: StaffWorld, service: FakeService) -> None:
    connected(ours)
    assert f"{SERVICE}/person" not in service.asked
    assert OutsideName.objects.get().pk != service.name


def test_nobody_gets_an_account_by_it(ours: StaffWorld, service: FakeService) -> None:
    client = Browser()
    said = there_and_back(client, "staff-sign-in-service")
    assert (said.status_code, "This opened nothing" in said.text) == (400, True)
    assert client.get("/staff/").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [{"state": "x"}, {"state": ""}, {"code": "", "error": "access_denied"}, {"error": "server_error"}],
    ids=str,
)
def test_an_answer_to_nobody_is_no_answer(
    ours: StaffWorld, service: FakeService, changed: dict[str, str]
) -> None:
    connected(ours)
    client = Browser()
    assert there_and_back(client, "staff-sign-in-service", **changed).status_code == 400
    assert client.get("/staff/").status_code == 404


@pytest.mark.parametrize(("what", "wrong"), [("issuer", "https://other.example"), ("audience", "somebody")])
def test_a_token_for_somebody_else_is_refused(
    ours: StaffWorld, service: FakeService, what: str, wrong: str
) -> None:
    connected(ours)
    setattr(service, what, wrong)
    assert there_and_back(Browser(), "staff-sign-in-service").status_code == 400


def test_another_person_there_opens_nothing_here(ours: StaffWorld, service: FakeService) -> None:
    connected(ours)
    service.name = "somebody-else"
    assert there_and_back(Browser(), "staff-sign-in-service").status_code == 400


def test_it_can_be_disconnected(ours: StaffWorld, service: FakeService) -> None:
    client = connected(ours)
    client.post(reverse("staff-connect-service"), {"drop": "on"})
    assert there_and_back(Browser(), "staff-sign-in-service").status_code == 400


def test_a_service_that_cannot_be_reached_keeps_nobody_out_of_the_page(
    ours: StaffWorld, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests

    def nothing(*_: object, **__: object) -> None:
        raise requests.ConnectionError

    monkeypatch.setattr(FakeService, "get", nothing)
    assert Browser().get(reverse("staff-sign-in-service")).status_code == 400


def test_without_a_service_there_is_no_such_page(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    for name in ("staff-sign-in-service", "staff-sign-in-service-back", "staff-connect-service"):
        assert client.get(reverse(name)).status_code == 404
