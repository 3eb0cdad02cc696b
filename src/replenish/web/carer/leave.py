"""Leaving: the card goes from this device; everything that was kept stays for whoever holds the card."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.web.carer.card_cookie import forget_card
from replenish.web.carer.door import carer_page


@require_http_methods(["GET", "HEAD", "POST"])
@carer_page
def leave(request: HttpRequest) -> HttpResponse:
    """Ask first, because without the card at hand the way back is closed."""
    if request.method != "POST":
        return render(request, "carer/leave.html")
    response = render(request, "carer/left.html")
    forget_card(response)
    return response
