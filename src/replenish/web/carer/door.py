"""What holds for every page of a carer: no copies, no account or second card beside the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import ACCOUNT_COOKIE, card_cookie, has_two_cards, keep, kept_card
from replenish.web.carer.carried import carried_on
from replenish.web.carer.kept_card import NEVER, Device, KeptCard
from replenish.web.shared.problems import FormProblem, sentence_of

Page = Callable[[HttpRequest], HttpResponse]
CardPage = Callable[[HttpRequest, Secret], HttpResponse]
FIRST_ERROR = 400


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
            response = _hidden_after(request, _answered(view, request))
            _go_on(request, response)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def card_page(view: CardPage) -> Page:
    """A page for which a card is needed; without one, the ways to get in are shown."""

    @wraps(view)
    def with_card(request: HttpRequest) -> HttpResponse:
        kept = kept_card(request)
        if kept is None or kept.secret is None or kept.hidden:
            return closed_page(request, kept)
        return view(request, kept.secret)

    return carer_page(with_card)


def closed_page(
    request: HttpRequest, kept: KeptCard | None, problems: tuple[FormProblem, ...] = ()
) -> HttpResponse:
    """In place of a page that needs a card: the way in, or the way back for whoever hid or locked theirs.

    Nothing of the person is on it but what they had just written, sealed until the card is open again.
    """
    said = {"carried": carried_on(request), "problems": problems}
    if kept is not None and kept.device is Device.LOCKED and kept.secret is None:
        return render(request, "carer/locked.html", said, status=403)
    if kept is not None and kept.secret is not None:
        return render(request, "carer/hidden.html", said, status=403)
    return render(request, "carer/no_card.html", said | {"over": kept is not None}, status=403)


def _hidden_after(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For whoever hides the screen while writing: the text is taken in, and then the screen is quiet.

    If it could not be taken in, it waits sealed on the page that says so; but not on a shared device
    whose time is over, where whoever comes next would find it.
    """
    kept = kept_card(request)
    if request.method != "POST" or request.POST.get("then") != "hide" or kept is None:
        return response
    taken = response.status_code < FIRST_ERROR
    left = kept.device is Device.SHARED and kept.secret is None
    quiet = redirect("quiet") if taken or left else closed_page(request, kept.closed())
    keep(quiet, kept.closed())
    return quiet


def _go_on(request: HttpRequest, response: HttpResponse) -> None:
    """After a page, the time of a card that is held open begins anew, and the page knows when to hide.

    What a script fetches by itself does not count as a sign of life; it asks for a page's head alone while
    somebody writes.
    """
    kept = kept_card(request)
    drawn = response.get("Content-Type", "").startswith("text/html")
    if kept is None or kept.secret is None or kept.hidden or not drawn or card_cookie() in response.cookies:
        return
    if kept.device is not Device.PRIVATE:
        keep(response, kept)
    if kept.minutes != NEVER and not response.streaming:
        held = "" if kept.device is Device.PRIVATE else " data-held"
        mark = f'<body data-hide-after="{kept.minutes}"{held}>'.encode()
        response.content = response.content.replace(b"<body>", mark, 1)


def _answered(view: Page, request: HttpRequest) -> HttpResponse:
    """The view's answer; what it refuses is said in the sentence of the catalogue."""
    try:
        return view(request)
    except Refused as refused:
        return render(request, "carer/refused.html", {"sentence": sentence_of(refused)}, status=409)
