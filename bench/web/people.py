"""People for the load: an open round, cards with boxes of some weeks, and slips that nobody has spent yet."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from replenish.sealing.secret import Secret

SEASON, ROUND_ID = "bench-season", "bench-round"
TEAM = 25
WEEKS = 6
WEEKLY, ROUND = "replenish-weekly", "replenish-round"


@dataclass(frozen=True)
class Requests:
    """The next request of each kind, as bytes."""

    join: Callable[[], bytes]
    check_in: Callable[[], bytes]
    open_page: Callable[[], bytes]
    insert: Callable[[], bytes]
    insert_in_project: Callable[[], bytes]


def make_people(people: int, joining: int) -> Requests:
    """Fill the database that Django is connected to, and prepare what everybody will send.

    Args:
        people: how many have a seat in the open round, a box, and some weeks of answers in it.
        joining: how many slips are there to be spent.
    """
    from django.conf import settings

    from replenish.basis import clock
    from replenish.measures.library import load_pack
    from replenish.sealing.round_key import RoundKeys
    from replenish.sealing.secret import Secret
    from replenish.voices.actions import check_in, spend_slip
    from replenish.voices.nightly import rewrite
    from replenish.voices.rounds import begin_season, open_round
    from replenish.voices.slips import make_slips
    from replenish.voices.weeks import week_of

    today = clock.today()
    begin_season(
        SEASON,
        groups={unit: f"group of {unit}" for unit in {*_teams(people), *_teams(joining)}},
        renew_until=today + timedelta(days=14),
    )
    cards = [Secret.new() for _ in range(people)]
    for card, slip in zip(cards, make_slips(season=SEASON, counts=_teams(people)), strict=True):
        spend_slip(card, slip.code)
    open_round(
        ROUND_ID,
        season=SEASON,
        number=1,
        recipient=RoundKeys(settings.REPLENISH_KEYS).create(ROUND_ID),
        starts_on=today - timedelta(days=14),
        closes_on=today + timedelta(days=14),
    )
    answers = {pack: dict.fromkeys(load_pack(pack).item_codes, 1.0) for pack in (WEEKLY, ROUND)}
    for card in cards:
        for ago in range(WEEKS, 0, -1):
            said = answers if ago == 1 else {WEEKLY: answers[WEEKLY]}
            check_in(card, said, week_of(today - timedelta(weeks=ago)))
    rewrite()
    slips = make_slips(season=SEASON, counts=_teams(joining))
    joins = iter([_join(Secret.new(), slip.code) for slip in slips])
    weekly = dict.fromkeys(load_pack(WEEKLY).item_codes, "1")
    check_ins = itertools.cycle([_post("/my/check-in/", card.cookie(), weekly) for card in cards])
    pages = itertools.cycle([_get("/my/", card.cookie()) for card in cards])
    text = {"text": "t" * 100}
    insert, in_project = _post("/", "", text), _post("/bare/", "", text)
    return Requests(joins.__next__, check_ins.__next__, pages.__next__, lambda: insert, lambda: in_project)


def _teams(people: int) -> dict[str, int]:
    """Units with their number of slips, together so many."""
    full, rest = divmod(people, TEAM)
    counts = {f"team-{number}": TEAM for number in range(full)}
    return {**counts, f"team-{full}": rest} if rest else counts


def _join(card: Secret, code: str) -> bytes:
    """The last step of joining: two words of the card were read off it, and the slip is spent."""
    words = card.words()
    sent = {
        "step": "check", "slip": code,
        "position-1": "2", "word-1": words[1], "position-2": "7", "word-2": words[6],
    }  # fmt: skip
    return _post("/my/card/", card.cookie(), sent)


def _post(path: str, card: str, sent: Mapping[str, str]) -> bytes:
    form = secrets.token_hex(16)
    body = urlencode({"csrfmiddlewaretoken": form, **sent}).encode()
    cookies = f"csrftoken={form}" + (f"; replenish_card={card}" if card else "")
    head = [
        f"POST {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Accept-Language: en-GB,en",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode() + body


def _get(path: str, card: str) -> bytes:
    head = [
        f"GET {path} HTTP/1.1", "Host: localhost", f"Cookie: replenish_card={card}",
        "Accept-Language: en-GB,en", "", "",
    ]  # fmt: skip
    return "\r\n".join(head).encode()
