"""A guided few minutes that end in a short text in a person's own voice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.web.carer.door import card_page


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def find_words(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """A guided few minutes that end in a short text in a person's own voice."""
    return render(request, "carer/words/find_words.html")
