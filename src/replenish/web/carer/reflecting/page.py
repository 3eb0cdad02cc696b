"""Structured reflection and free notes, kept in the own box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.web.carer.door import card_page


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def reflect(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """Structured reflection and free notes, kept in the own box."""
    return render(request, "carer/reflecting/reflect.html")
