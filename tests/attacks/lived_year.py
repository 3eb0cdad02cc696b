"""A year of three organisations on one installation, and a crawl of it as everybody who can open a page.

Twelve rounds in four seasons of the real application. The teams are large and odd in number, so that a count
of people, of voices or of slips stands out among the days and years that any page may show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from tests.attacks.actions_told import end_something, try_something
from tests.conditions import worlds
from tests.web.carer_world import client_with
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, live_round
from tests.web.staff_world import Browser, signed_in

from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.models import Round, Season
from replenish.conditions.queries import MEMBERS_READ_AFTER, seasons
from replenish.conditions.response import Promise, respond
from replenish.conditions.rounds import plan_season
from replenish.disclosure.attack.at_rest.doors import ADDRESSES
from replenish.people.roles import RoleKind
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.slips import make_slips

ROUNDS = 12
IN_SEASON = 3
OURS = {"Medicine": {"Ash": 64, "Elm": 58, "Oak": 6}, "Surgery": {"Fir": 97, "Yew": 52, "Bay": 41}}
VOICES = {"Ash": 47, "Elm": 43, "Oak": 5, "Fir": 73, "Yew": 39, "Bay": 34}
THEIRS = {"Harbour": {"Pine": 38, "Larch": 44}, "Hillside": {"Thorn": 35, "Maple": 48}}
THEIR_VOICES = {"Pine": 34, "Larch": 36, "Thorn": 32, "Maple": 37}
FACTS = {"Fir": (Decimal(217), Decimal(239)), "Yew": (Decimal(141), Decimal(151))}
"""Supervision held and due in the weeks of each round."""
TRIED_AFTER = 6
UNANSWERED = {5, ROUNDS}
"""Rounds to which leaders say nothing, so that their release waits for those who lead."""
HOME = {"Home": {"Nest": 6}}
MOST_PAGES = 900
# Looking at these ends the visit; every other look changes nothing.
ENDS = {"/staff/sign-out/", "/my/leave/"}
LINK = re.compile(r'href="([^"#]*)')


@dataclass(frozen=True)
class Fetched:
    """One answer of the server to one reader."""

    reader: str
    address: str
    kind: str
    content: bytes

    @property
    def text(self) -> str:
        """What a person reads of it: of a page the words between its bar and its feet."""
        said = self.content.decode("utf-8", errors="replace")
        if not self.kind.startswith("text/html"):
            return said
        inside = said.split("<main", 1)[-1].split("</main>", 1)[0]
        return unescape(re.sub(r"<[^>]+>", " ", inside))


@dataclass(frozen=True)
class LivedYear:
    """Three organisations, the last of them too small for figures."""

    ours: RoundsWorld
    theirs: RoundsWorld
    home: RoundsWorld
    members: Mapping[str, Secret]
    """A card with a seat, by organisation."""


def live_a_year(patch: pytest.MonkeyPatch) -> LivedYear:
    """Everything that happens in twelve rounds, up to the day on which members read the last."""
    ours = begin_rounds_world(patch, "Ours", OURS)
    theirs = begin_rounds_world(patch, "Theirs", THEIRS)
    home = begin_rounds_world(patch, "Nesthome", HOME)
    row: Round | None = None
    for number in range(1, ROUNDS + 1):
        row = live_round(
            patch,
            ours,
            voices={**VOICES, "Oak": 3 if number == 4 else 5},
            shift=8.0 if number > 6 else 0.0,
            beside={theirs.organisation: THEIR_VOICES},
        )
        _provide(ours, row)
        if number not in UNANSWERED:
            asker = ours.staffed.steward
            respond(asker=asker, round_id=row.id, unit=None, promises=[Promise("Time after each hard hour.")])
        if number == TRIED_AFTER:
            try_something(ours)
            try_something(home)
        if number % IN_SEASON == 0 and number < ROUNDS:
            for world in (ours, theirs, home):
                plan_season(asker=world.staffed.steward)
    assert row is not None
    end_something(patch, ours)
    worlds.set_day(patch, row.closes_on + MEMBERS_READ_AFTER + timedelta(days=1))
    members = {world.organisation: _member(world) for world in (ours, theirs)}
    return LivedYear(ours, theirs, home, members)


def _provide(world: RoundsWorld, row: Round) -> None:
    """What was provided in the weeks of a round, in two teams."""
    first, last = row.starts_on, row.closes_on - timedelta(days=1)
    for team, (held, due) in FACTS.items():
        entry = Entry(world.staffed.units[team], "supervision_held", first, last, held, due, "the diary")
        enter_fact(asker=world.staffed.steward, entry=entry)


def crawl(client: Client, reader: str) -> Iterator[Fetched]:
    """Every page this reader can come to: from the list of doors, and from each link on each page."""
    waiting = [f"/{address}" for address in ADDRESSES if "<" not in address]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        if address in seen or urlsplit(address).path in ENDS:
            continue
        seen.add(address)
        assert len(seen) <= MOST_PAGES, f"{reader} is led on without end: {sorted(seen)[-5:]}"
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = client.get(parts.path, query)
        if answer.status_code != 200:
            continue
        content = answer.getvalue()
        found = Fetched(reader, address, str(answer.get("Content-Type", "")), content)
        yield found
        if found.kind.startswith("text/html"):
            links = (urljoin(address, unescape(link)) for link in LINK.findall(content.decode()))
            waiting += [link for link in links if link.startswith("/") and not link.startswith("/static/")]


def readers(year: LivedYear) -> Iterator[tuple[str, RoundsWorld | None, Client]]:
    """Everybody who can open a page of the first organisation or the small home, and a stranger."""
    yield "a stranger", None, Browser()
    for world in (year.ours, year.home):
        for kind in RoleKind:
            yield f"{kind.value} of {world.organisation[:4]}", world, signed_in(world.people[kind])
        yield f"head of a service of {world.organisation[:4]}", world, signed_in(world.head)
    yield "a carer", year.ours, client_with(year.members[year.ours.organisation])


def _member(world: RoundsWorld) -> Secret:
    season = Season.objects.get(id=seasons(world.organisation)[-1].season)
    code = next(iter(season.unit_paths))
    secret = Secret.new()
    spend_slip(secret, make_slips(season=season.id, counts={code: 1})[0].code)
    return secret
