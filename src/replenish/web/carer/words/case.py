"""One page of conditions and sourced facts to take to a manager or a union."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.web.carer.door import card_page


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def make_the_case(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """One page of conditions and sourced facts to take to a manager or a union."""
    return render(request, "carer/words/make_the_case.html")
