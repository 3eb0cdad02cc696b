"""Invented carers at the pages: each joins, checks in and comes by as a person would, at the real addresses.

Nothing here knows a table. One browser serves them all, with each person's own cookies put in, because the
application behind a browser takes longer to begin than a hundred check-ins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import SimpleCookie
from django.test import Client
from django.urls import reverse

from replenish.basis.errors import refuse
from replenish.basis.faults.demo import DemoFault
from replenish.sealing.secret import Secret

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

_CARD = re.compile(r'<ol class="words">(.*?)</ol>', re.DOTALL)
_WORD = re.compile(r"<li>(.*?)</li>")
SHOWN, MOVED = 200, 302
FORM = "application/x-www-form-urlencoded"


@dataclass
class Carer:
    """One person with a browser of their own: where they come from, and what the browser keeps."""

    place: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    words: tuple[str, ...] = ()

    @property
    def has_card(self) -> bool:
        """Whether they have joined."""
        return bool(self.words)

    def card(self) -> Secret:
        """The card that was shown to them."""
        return Secret.of_words(" ".join(self.words))


class Pages:
    """The carers' pages of the installation that is being invented."""

    def __init__(self) -> None:
        self._client = Client(SERVER_NAME="localhost")

    def join(self, carer: Carer, slip: str) -> None:
        """Draw a slip, keep the card that is shown, and prove it with its first two words."""
        shown = self._post(carer, "join", {"code": slip})
        self._keep(carer, shown)
        self._prove(carer, slip)

    def begin_alone(self, carer: Carer) -> None:
        """A card without a slip, as where a home is too small for any figure."""
        shown = self._post(carer, "new-card", {})
        self._keep(carer, shown)
        self._prove(carer, "")

    def check_in(self, carer: Carer, answers: Mapping[str, float], *, longer: bool = False) -> None:
        """Answer the eight questions of the week, or the longer set."""
        if answers:
            address = "round-questions" if longer else "check-in"
            self._post(carer, address, {code: f"{value:g}" for code, value in answers.items()})

    def come_by(self, carer: Carer) -> None:
        """Look at one's own page; in the first weeks of a season that renews the seat."""
        self._client.cookies = carer.cookies
        response = self._client.get(reverse("own-page"), REMOTE_ADDR=_address(carer))
        _require(response, SHOWN, "own-page")

    def _keep(self, carer: Carer, shown: Response) -> None:
        card = _CARD.search(shown.content.decode())
        carer.words = tuple(unescape(word) for word in _WORD.findall(card[1])) if card else ()

    def _prove(self, carer: Carer, slip: str) -> None:
        proof = {"position-1": "1", "word-1": carer.words[0], "position-2": "2", "word-2": carer.words[1]}
        self._post(carer, "card-steps", {"step": "check", "slip": slip, **proof}, expected=MOVED)

    def _post(
        self, carer: Carer, address: str, fields: Mapping[str, str], *, expected: int = SHOWN
    ) -> Response:
        self._client.cookies = carer.cookies
        response = self._client.post(
            reverse(address), urlencode(fields), content_type=FORM, REMOTE_ADDR=_address(carer)
        )
        _require(response, expected, address)
        return response


def _address(carer: Carer) -> str:
    """Everybody comes with a phone of their own, so that no limit for one place holds them up."""
    return f"10.0.{carer.place // 250}.{carer.place % 250 + 1}"


def _require(response: Response, expected: int, page: str) -> None:
    if response.status_code != expected:
        refuse(DemoFault.PAGE, status=response.status_code, page=page)
