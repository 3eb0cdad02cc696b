"""Hiding the screen: a quiet page takes its place, and Back leads to nothing of a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from replenish.web.carer.card_cookie import keep, kept_card
from replenish.web.carer.door import carer_page


@require_safe
@carer_page
def hide(request: HttpRequest) -> HttpResponse:
    """Note on the device that the screen is hidden; a link is enough, so it works without script.

    Nothing is written on the server. Another site cannot do it: its requests come without the card.
    """
    response = redirect("quiet")
    kept = kept_card(request)
    if kept is not None:
        keep(response, kept.closed())
    return response
