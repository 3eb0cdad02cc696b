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

STAFF = "/staff/"


def no_page(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is nothing at this address; below the staff pages the same for what others may see."""
    if not request.path.startswith(STAFF):
        return render(request, "404.html", status=404)
    return render(request, "staff/no_page.html", {"then": request.path}, status=404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its key: a page left open for long, or another site that tried to post it."""
    wrote = unsent(request) if reason.startswith(_OWN_PAGE_LEFT_OPEN) else None
    page = "staff/form_expired.html" if request.path.startswith(STAFF) else "shared/form_expired.html"
    response = render(request, page, {"unsent": wrote}, status=403)
    response["Cache-Control"] = "no-store"
    return response
