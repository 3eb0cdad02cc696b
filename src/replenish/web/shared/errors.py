"""Pages for when something did not work: what happened, that nothing is lost, and what to do.

A request that failed is never written down, and no page here repeats what was asked for.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE
from django.shortcuts import render

from replenish.web.shared.written import unsent

# What another site may have sent is not shown as if the person had written it.
_OWN_PAGE_LEFT_OPEN = (REASON_NO_CSRF_COOKIE, REASON_CSRF_TOKEN_MISSING, "CSRF token")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its key: a page left open for long, or another site that tried to post it."""
    wrote = unsent(request) if reason.startswith(_OWN_PAGE_LEFT_OPEN) else None
    response = render(request, "shared/form_expired.html", {"unsent": wrote}, status=403)
    response["Cache-Control"] = "no-store"
    return response
