"""Two organisations with somebody in every part, and browsers that are signed in as them."""

from __future__ import annotations

from dataclasses import dataclass
from http.cookies import Morsel
from typing import Any

import pytest
from argon2 import PasswordHasher
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from replenish.basis.rate_limit import RateLimit
from replenish.people import codes
from replenish.people.actions import add_unit, appoint, create_organisation
from replenish.people.askers import Asker, operator_of
from replenish.people.roles import OF_UNITS, RoleKind
from replenish.web.staff import tries


@dataclass(frozen=True)
class Person:
    """Somebody with an account: the number and the code on their printed sheet."""

    account: str
    code: str


@dataclass(frozen=True)
class StaffWorld:
    """One organisation: its operator at the command line, a unit, and a person for each part."""

    organisation: str
    operator: Asker
    unit: str
    people: dict[RoleKind, Person]

    def asker(self, role: RoleKind) -> Asker:
        """The person of this part, as actions want them."""
        return Asker(self.organisation, self.people[role].account)


def begin_organisation(name: str) -> StaffWorld:
    """An organisation with one unit and one person in each part."""
    organisation = create_organisation(name=name, setting="charity")
    operator = operator_of(organisation)
    unit = add_unit(asker=operator, name="Oak")
    people = {}
    for role in RoleKind:
        made = appoint(
            asker=operator,
            name=f"{role.label} of {name}",
            role=role.value,
            unit=unit if role in OF_UNITS else None,
        )
        assert made.code is not None
        people[role] = Person(made.account, made.code)
    return StaffWorld(organisation, operator, unit, people)


class Browser(Client):
    """A test client that sends a cookie to the addresses below its path alone, as browsers do."""

    def request(self, **request: Any) -> Any:  # noqa: ANN401 - Django's signature
        """One request, with the cookies that belong to its address."""
        kept = self.cookies.copy()
        for name, morsel in kept.items():
            if not str(request["PATH_INFO"]).startswith(path_of(morsel)):
                del self.cookies[name]
        try:
            return super().request(**request)
        finally:
            for name, morsel in kept.items():
                self.cookies.setdefault(name, morsel)


def path_of(morsel: Morsel[str]) -> str:
    """Where a cookie is sent."""
    return str(morsel["path"] or "/")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The cost of codes and passwords, and how often they may be tried, are tested by themselves."""
    make_quick(monkeypatch)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make_quick(patch: pytest.MonkeyPatch) -> None:
    """Let printed codes cost little, and be tried often."""
    patch.setattr(codes, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name in ("_FROM_ONE_PLACE", "_FOR_ONE_NAME", "_MESSAGES"):
        patch.setattr(tries, name, RateLimit(each=10_000, together=10_000))


@pytest.fixture
def ours(db: None, quick: None) -> StaffWorld:
    return begin_organisation("Ours")


@pytest.fixture
def theirs(db: None, quick: None) -> StaffWorld:
    return begin_organisation("Theirs")


def signed_in(person: Person) -> Browser:
    """A browser that came in with the printed code."""
    client = Browser()
    response = client.post(reverse("staff-sign-in"), {"account": person.account, "code": person.code})
    assert response.status_code == 302, response.content
    return client
