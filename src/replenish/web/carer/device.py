"""How the card is kept on this device, and when it locks itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.web.carer.door import card_page


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def this_device(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """How the card is kept on this device, and when it locks itself."""
    return render(request, "carer/device.html")
