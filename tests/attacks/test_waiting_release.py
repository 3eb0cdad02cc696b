"""What waits for a leader shows nowhere: two houses that differ in the waiting round alone look alike.

The newest round of the two differs in every value, and in which groups had enough voices. A steward and
the head of one service, neither of whom has an answer for it, follow every link from every address. Were any
page, file, size of an answer or letter a function of that round, the two crawls would differ.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Mapping
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from pytest_django import Settings
from tests.attacks.test_every_door import ARRANGED, MAY
from tests.conditions.instances import Prepared, copied, prepared
from tests.web.rounds_world import VOICES, RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import Browser, make_quick, signed_in

from replenish.basis import clock
from replenish.conditions.models import Round
from replenish.conditions.queries import releases
from replenish.conditions.response import Readable, respond
from replenish.conditions.telling.letters import letter_to
from replenish.leadership.queries import Promise
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.people.telling import Rhythm, WantsNotices
from replenish.web.staff.report import reading

__all__ = ["prepared"]
pytestmark = pytest.mark.patient

PROMISES = (Promise("Supervision is never cancelled.", "", None),)
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
CHANCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|\b[0-9a-f]{16,}\b|<!--.*?-->|\s+', re.DOTALL)
ORDERED_BY_CHANCE = {"/staff/keys/headcount/"}
"""Declarations of one day stand in the order of their ids."""
LEAST_PAGES = 60
MOST_PAGES = 400

Seen = Mapping[str, Counter[tuple[str, str]]]


def gated(world: RoundsWorld) -> dict[str, Browser]:
    people = {"steward": world.people[RoleKind.STEWARD], "head": world.head}
    return {who: signed_in(person) for who, person in people.items()}


def lived(patch: pytest.MonkeyPatch, *, shift: float, voices: Mapping[str, int]) -> RoundsWorld:
    """Three rounds; the first two are answered, and the last is as it is told."""
    world = begin_rounds_world(patch)
    for at, said in ((-18.0, VOICES), (-18.0, VOICES), (shift, voices)):
        row = live_round(patch, world, shift=at, voices=said)
    days_after_close(patch, row, 3)
    for one in Round.objects.filter(release__isnull=False).order_by("number")[:2]:
        respond(asker=world.asker(RoleKind.STEWARD), round_id=one.id, unit=None, promises=PROMISES)
    return world


def crawled(client: Browser) -> Counter[tuple[str, str]]:
    """Every page and file that can be reached, as a reader without the ids of chance reads it."""
    waiting = deque(f"/{address}" for address in sorted(MAY) if address not in ARRANGED)
    known, seen = set(waiting), Counter[tuple[str, str]]()
    for _ in range(MOST_PAGES):
        if not waiting:
            return seen
        address = waiting.popleft()
        found = client.get(address)
        body = found.content if not found.streaming else b"".join(found)
        said = told(body)
        if address in ORDERED_BY_CHANCE:
            said = " ".join(sorted(said.split()))
        seen[CHANCE.sub(" ", address), f"{found.status_code} {said}"] += 1
        if "html" not in found["Content-Type"]:
            continue
        for link in LINK.findall(found.text):
            to = urljoin(address, unescape(link))
            if to not in known and is_to_follow(to):
                known.add(to)
                waiting.append(to)
    raise AssertionError(f"the pages have no end: {Counter(urlsplit(one).path for one in known)}")


def is_to_follow(to: str) -> bool:
    """Ours; of drawings the archive of them all, and of paper the sheet of the own part, are enough."""
    parts = urlsplit(to)
    if parts.netloc or not parts.path.startswith("/staff/") or parts.path.startswith("/staff/sign-"):
        return False
    return not (parts.query and parts.path.endswith((".pdf", ".png", ".svg")))


def told(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        # What stands on paper is drawn from what the page and the file of figures are drawn from.
        return f"paper of {body.count(b'/Type /Page')} pages"
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(told(archive.read(name)) for name in sorted(archive.namelist()))
    return CHANCE.sub(" ", body.decode(errors="replace"))


def seen_in(patch: pytest.MonkeyPatch, **newest: object) -> Seen:
    world = lived(patch, **newest)  # type: ignore[arg-type]
    seen = {who: crawled(client) for who, client in gated(world).items()}
    return {**seen, "letters": letters(world)}


def letters(world: RoundsWorld) -> Counter[tuple[str, str]]:
    people = {
        RoleKind.STEWARD: world.people[RoleKind.STEWARD],
        RoleKind.DEPUTY: world.people[RoleKind.DEPUTY],
    }
    found = Counter[tuple[str, str]]()
    for kind, person in people.items():
        wants = WantsNotices(
            Asker(world.organisation, person.account), "a@example.org", Rhythm.WEEK, "en", clock.today()
        )
        letter = letter_to(wants, clock.today())
        found[kind.value, str(letter.body) if letter else ""] += 1
    return found


@pytest.fixture
def two_houses(
    prepared: Prepared,
    tmp_path: Path,
    settings: Settings,
    django_db_blocker: object,
) -> object:
    """Live something twice, each time in an installation of its own."""
    number = count()

    def lives(patch: pytest.MonkeyPatch, **newest: object) -> Seen:
        folder = tmp_path / str(next(number))
        folder.mkdir()
        with django_db_blocker.unblock(), copied(prepared, folder) as made:  # type: ignore[attr-defined]
            settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = made.folder, made.keys
            make_quick(patch)
            return seen_in(patch, **newest)

    return lives


LOW = {"shift": -18.0, "voices": VOICES}
HIGH = {"shift": 18.0, "voices": {**VOICES, "Yew": 4}}


def test_nothing_that_a_waiting_leader_can_fetch_depends_on_the_round_that_waits(
    two_houses: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two_houses(monkeypatch, **LOW), two_houses(monkeypatch, **HIGH)  # type: ignore[operator]
    for who, seen in one.items():
        assert sum(seen.values()) > (LEAST_PAGES if who != "letters" else 1)
        differing = sorted({address for address, _ in (seen - other[who]) + (other[who] - seen)})
        assert differing == [], (who, differing)


def test_a_report_that_forgets_the_gate_is_found(two_houses: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "readable_to", lambda asker, _on: Readable(releases(asker.organisation), ()))
    one, other = two_houses(monkeypatch, **LOW), two_houses(monkeypatch, **HIGH)  # type: ignore[operator]
    for who in ("steward", "head"):
        differing = {address for address, _ in one[who] - other[who]}
        assert {"/staff/report/", "/staff/report/report.csv", "/staff/report/page/"} <= differing, who
