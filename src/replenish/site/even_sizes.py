"""Pages are filled up to even sizes, so that their length on the way does not tell which page it was.

Https hides what a page says and not how long it is. Spaces after the end of a page change nothing for whoever
reads it. The head of the answer counts too, because a card that is held open is sent along with it. What a
person downloads is not filled up: its bytes are a file of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from replenish.site.packed import SAME_FOR_EVERYBODY
from replenish.site.staff_side import STAFF

STEP: Final = 16 * 1024
FILLED_UP = ("text/html", "application/json")
AS_THEY_ARE: Final = (STAFF, *SAME_FOR_EVERYBODY)
_SPACES: Final = b" " * STEP


def keep_even_sizes(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before all others, so that it sees every header of an answer."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not request.path.startswith(AS_THEY_ARE) and _is_a_page(response):
            content = response.content
            missing = -(len(content) + length_of_head(response)) % STEP
            response.content = content + _SPACES[:missing]
            response["Content-Length"] = str(len(content) + missing)
        return response

    return answered


def length_of_head(response: HttpResponse) -> int:
    """The bytes of status and headers; the length itself, which has as many digits for every page, not."""
    named = sum(len(name) + len(value) for name, value in response.items() if name != "Content-Length")
    kept = sum(len(cookie.OutputString()) for cookie in response.cookies.values())
    return len(response.reason_phrase) + named + kept


def _is_a_page(response: HttpResponse) -> bool:
    kind = response.get("Content-Type", "")
    is_a_file = "Content-Disposition" in response or "Content-Encoding" in response
    return not response.streaming and kind.startswith(FILLED_UP) and not is_a_file
