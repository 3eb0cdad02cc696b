"""A card without a slip: the whole private page for oneself, and no part in any figure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.voices.queries import is_in_use
from replenish.web.carer.card_cookie import card_of, is_locked, kept_card
from replenish.web.carer.door import carer_page, closed_page
from replenish.web.carer.key_card import show_card


@require_http_methods(["GET", "HEAD", "POST"])
@carer_page
def new_card(request: HttpRequest) -> HttpResponse:
    """Make a card, unless the one on this device already keeps something: that one would be lost."""
    if is_locked(request):
        return closed_page(request, kept_card(request))
    present = card_of(request)
    in_use = present is not None and is_in_use(present)
    if request.method != "POST" or in_use:
        return render(request, "carer/new_card.html", {"in_use": in_use})
    return show_card(request, present or Secret.new(), shared_device="shared" in request.POST)
