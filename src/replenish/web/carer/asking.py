"""Asking for a debrief or for time to reflect, for a team and without a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.web.carer.door import card_page


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def ask_for_team(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """Asking for a debrief or for time to reflect, for a team and without a name."""
    return render(request, "carer/asking.html")
