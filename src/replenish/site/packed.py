"""Style sheets, scripts and the pages for anybody travel packed; a page of a person never does.

How well a page can be packed tells something about what is in it, and a page that repeats what was sent to it
beside a secret gives the secret away letter by letter (BREACH). What is the same for everybody holds none.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

SAME_FOR_EVERYBODY = ("/static/", "/offline-pages/")

Answer = Callable[[HttpRequest], HttpResponse]


def pack_what_is_the_same(answer: Answer) -> Answer:
    """Middleware, before the one that serves files."""
    packing = GZipMiddleware(answer)

    def answered(request: HttpRequest) -> HttpResponse:
        same = request.path.startswith(SAME_FOR_EVERYBODY)
        return packing(request) if same else answer(request)  # type: ignore[return-value]

    return answered
