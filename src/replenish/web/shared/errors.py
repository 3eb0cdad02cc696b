"""Pages for when something did not work: what happened, that nothing is lost, and what to do.

A request that failed is never written down, and no page here repeats what was asked for.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form came without its key: a page left open for long, or another site that tried to post it."""
    response = render(request, "shared/form_expired.html", status=403)
    response["Cache-Control"] = "no-store"
    return response
