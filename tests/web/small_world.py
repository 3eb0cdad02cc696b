"""A home with six staff, beside a larger organisation, and what a page about people must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from django.urls import reverse
from tests.web.rounds_world import RoundsWorld, begin_rounds_world
from tests.web.staff_world import Browser

HOME = {"Care": {"Willow": 6}}
POINT = {
    "words": "One person on each shift covers the breaks",
    "condition": "workload",
    "taken_on_by": "team",
    "by_when": "",
}
_SPOKEN = (
    r"\b(one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(people|persons|staff|carers|voices|seats)\b"
)
_TAGS = re.compile(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", re.DOTALL)


def small_home(patch: pytest.MonkeyPatch, name: str = "Willow House") -> RoundsWorld:
    """An organisation of one team of six, in a season without groups."""
    return begin_rounds_world(patch, name, HOME)


def spoken_text(page: str) -> str:
    """What a reader of a page sees, without marks."""
    return " ".join(_TAGS.sub(" ", page).split())


def numbers_about_people(text: str, *, allowed: Iterable[str] = ()) -> list[str]:
    """Figures in a text that are no date and not allowed, and numbers of people in words."""
    plain = re.sub(
        r"\b\d{1,2} (January|February|March|April|May|June|July|August|\w+ember|October) \d{4}", "", text
    )
    for known in allowed:
        plain = plain.replace(known, "")
    spoken = [hit.group() for hit in re.finditer(_SPOKEN, plain, re.IGNORECASE)]
    return [
        *re.findall(r"\d[\d.,]*", plain),
        *(said for said in spoken if not said.startswith("seven people")),
    ]


def place_of(client: Browser, unit: str = "") -> str:
    """The page of a team."""
    asked = {"unit": unit} if unit else {}
    return str(client.get(reverse("staff-conversation"), asked).text)


def written(client: Browser, unit: str, **said: str) -> int:
    """A point put on the list; the status of the answer."""
    sent = {**POINT, "unit": unit, **said}
    return int(client.post(reverse("staff-conversation"), sent).status_code)
