"""Two organisations with somebody in every part, and browsers that are signed in as them."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from replenish.people.actions import add_unit, appoint, create_organisation
from replenish.people.askers import Asker, operator_of
from replenish.people.roles import OF_UNITS, RoleKind


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


def signed_in(person: Person) -> Client:
    """A browser that came in with the printed code."""
    client = Client()
    response = client.post(reverse("staff-sign-in"), {"account": person.account, "code": person.code})
    assert response.status_code == 302, response.content
    return client
