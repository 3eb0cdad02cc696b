"""No page of a carer, of named people, or of an error is kept by a browser or on the way.

The pages say so themselves; this says it for what never reaches them: an address that does not exist, a
method that is not allowed, an error. A shared device would otherwise keep that somebody came.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOT_FOR_KEEPING = ("/my", "/staff")
FIRST_ERROR = 400


def keep_no_copies(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, before all others."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code >= FIRST_ERROR or request.path.startswith(NOT_FOR_KEEPING):
            response["Cache-Control"] = "no-store"
        return response

    return answered
