"""A home with six staff, beside a larger organisation, and what a page about people must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

import pytest
from django.urls import reverse
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Browser

from replenish.conditions.models import Season
from replenish.conditions.rounds import draw_slips
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip

HOME = {"Care": {"Willow": 6}}
POINT = {
    "words": "Somebody is named on each shift who covers the breaks",
    "condition": "workload",
    "taken_on_by": "team",
    "by_when": "",
}
THE_FLOOR = "at least seven people"
"""A rule that holds everywhere, and no number of anybody's people."""
_SPOKEN = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten) (?:people|persons|staff|carers|voices|seats)\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
_FINGERPRINT = re.compile(r"begins with [0-9a-f]{16}")
_UNSEEN = re.compile(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", re.DOTALL)


def small_home(patch: pytest.MonkeyPatch, name: str = "Willow House") -> RoundsWorld:
    """An organisation of one team of six, in a season without groups."""
    return begin_rounds_world(patch, name, HOME)


def spoken_text(page: str) -> str:
    """What a reader of a page sees, without marks."""
    return " ".join(unescape(_UNSEEN.sub(" ", page)).split())


def numbers_about_people(text: str, *, allowed: Iterable[str] = ()) -> list[str]:
    """Figures in a text that are no day and not allowed, and numbers of people in words."""
    plain = _FINGERPRINT.sub("", _DAY.sub("", text)).replace(THE_FLOOR, "")
    for known in allowed:
        plain = plain.replace(known, "")
    return [*re.findall(r"\d[\d.,]*", plain), *_SPOKEN.findall(plain)]


def place_of(client: Browser, unit: str = "") -> str:
    """The page of a team."""
    asked = {"unit": unit} if unit else {}
    return str(client.get(reverse("staff-conversation"), asked).text)


def written(client: Browser, unit: str, **said: str) -> int:
    """A form sent to the page of a team; the status of the answer."""
    sent = {**POINT, "unit": unit, **said}
    return int(client.post(reverse("staff-conversation"), sent).status_code)


def points_on(client: Browser, unit: str) -> list[str]:
    """The ids of the points that the page of a team lets somebody work on."""
    return sorted(set(re.findall(r'name="point" value="(\w+)"', place_of(client, unit))))


def seat_in(world: RoundsWorld, team: str) -> Secret:
    """A card with a seat, taken with a slip that both keys agreed on."""
    season = Season.objects.filter(organisation=world.organisation).order_by("-number")[0]
    agreed = world.staffed.agree_on_slips(season.id, {team: 1})
    slips = draw_slips(asker=world.staffed.steward, proposal=agreed)
    secret = Secret.new()
    spend_slip(secret, slips[0].code)
    return secret
