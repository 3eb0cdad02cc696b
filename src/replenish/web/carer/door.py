"""What holds for every page of a carer: no copies, no account or second card beside the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import ACCOUNT_COOKIE, card_of, has_two_cards
from replenish.web.shared.problems import sentence_of
from replenish.web.shared.written import unsent

Page = Callable[[HttpRequest], HttpResponse]
CardPage = Callable[[HttpRequest, Secret], HttpResponse]


def carer_page(view: Page) -> Page:
    """A page of the carer's world.

    A request that also carries an account is refused: whoever reads such a request would hold a name and
    a card in one hand. So is one with two cards, before either is looked at.
    Nothing is kept in a cache, so that Back on a shared device shows nothing.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if ACCOUNT_COOKIE in request.COOKIES:
            response = render(request, "carer/two_worlds.html", status=400)
        elif has_two_cards(request):
            response = render(request, "carer/two_cards.html", status=400)
        else:
            response = _answered(view, request)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def card_page(view: CardPage) -> Page:
    """A page for which a card is needed; without one, the ways to get in are shown."""

    @wraps(view)
    def with_card(request: HttpRequest) -> HttpResponse:
        secret = card_of(request)
        if secret is None:
            return render(request, "carer/no_card.html", {"unsent": unsent(request)}, status=403)
        return view(request, secret)

    return carer_page(with_card)


def _answered(view: Page, request: HttpRequest) -> HttpResponse:
    """The view's answer; what it refuses is said in the sentence of the catalogue."""
    try:
        return view(request)
    except Refused as refused:
        return render(request, "carer/refused.html", {"sentence": sentence_of(refused)}, status=409)
