"""Browsers of a supervisor and of Ana, whom they supervise, with phrases in their hands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from tests.supervision.sealed_pairs import employee
from tests.web.staff_world import Browser, Person, StaffWorld, signed_in

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.supervision.points import points

RECORDS = ("staff-records", "staff-records-make", "staff-records-lost", "staff-records-new-words")
PAGES = (
    "staff-agreements",
    "staff-agreement",
    "staff-agreement-propose",
    "staff-agreement-change",
    "staff-notes",
    "staff-note-write",
    "staff-note-share",
    "staff-notes-file",
    "staff-notebook",
)


@dataclass
class Reader:
    """Somebody at a browser."""

    asker: Asker
    client: Browser
    phrase: str = ""

    def page(self, name: str, **asked: str) -> str:
        """The text of a page that opens."""
        answer = self.client.get(reverse(name), asked)
        assert answer.status_code == 200, answer.content
        return str(answer.text)

    def send(self, name: str, **sent: str | list[str]) -> int:
        """Send a form and give the status of the answer."""
        return int(self.client.post(reverse(name), sent).status_code)

    def make_phrase(self) -> None:
        """Have words made, and keep them as on paper."""
        self.phrase = words_on(self.client.post(reverse("staff-records-make")).text)

    def open(self, later: str = "") -> int:
        """Type them in."""
        return self.send("staff-records", phrase=self.phrase, later=later)


def words_on(page: str) -> str:
    """The phrase that a page shows once."""
    found = re.findall(r'<li lang="en">(\w+)</li>', page)
    assert len(found) == 14, page
    return " ".join(found)


def reader_of(world: StaffWorld, role: RoleKind) -> Reader:
    """Somebody with this part."""
    return Reader(world.asker(role), signed_in(world.people[role]))


def employed(world: StaffWorld, name: str, role: RoleKind = RoleKind.FACILITATOR) -> Reader:
    """Somebody more with an account."""
    asker, person = employee(world, name, role)
    return Reader(asker, signed_in(Person(person.account, person.code)))


def form(world: StaffWorld, led_by: Reader, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """A proposal as a browser sends it."""
    answers: dict[str, str | list[str]] = {
        f"point-{point.code}": point.choices[0].code for point in points().points
    }
    return {
        **answers,
        "kind": "individual",
        "unit": world.unit,
        "supervisor": led_by.asker.account or "",
        "rhythm": "own",
        "weeks": "4",
        "minutes": "60",
        "share": "50",
        "review_on": (clock.today() + timedelta(days=180)).isoformat(),
        "functions": ["formative", "restorative"],
        **changes,
    }


def agreed_on_pages(world: StaffWorld, supervisor: Reader, ana: Reader, **changes: str) -> str:
    """An agreement that Ana proposed and both agreed to, each on their own page."""
    answer = ana.client.post(reverse("staff-agreement-propose"), form(world, supervisor, **changes))
    assert answer.status_code == 302, answer.content
    agreement = str(answer.headers["Location"]).partition("agreement=")[2]
    for one in (ana, supervisor):
        assert one.send("staff-agreement", agreement=agreement, version="1", limits="read") == 302
    return agreement
