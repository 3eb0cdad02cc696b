"""Coming back with a key card: by its words, or by its QR code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices.rate_limit import card_attempt_allowed
from replenish.web.carer.card_cookie import card_of, keep_card
from replenish.web.carer.door import carer_page
from replenish.web.shared.problems import FormProblem, problems_of

WORDS_FIELD = "words"


@require_http_methods(["GET", "HEAD", "POST"])
@carer_page
def come_back(request: HttpRequest) -> HttpResponse:
    """Read the card and leave it on this device.

    A scanned code is not taken in by itself: somebody must press the button, so that a link sent by
    another person cannot slip that person's card onto the device.
    """
    if request.method != "POST":
        return _form(request, [])
    words, code = request.POST.get("words", ""), request.POST.get("code", "")
    if not words.strip() and not code:
        return _form(
            request, [FormProblem(WORDS_FIELD, _("Type the words of your key card, in their order."))]
        )
    if not card_attempt_allowed(request):
        return _form(
            request,
            [
                FormProblem(
                    WORDS_FIELD,
                    _("Many people are trying cards at this moment. Wait a minute, then try again."),
                )
            ],
        )
    try:
        secret = Secret.of_code(code) if code else Secret.of_words(words)
    except Refused as refused:
        return _form(request, problems_of(refused, WORDS_FIELD), words=words)
    response = redirect("own-page")
    keep_card(response, secret, shared_device="shared" in request.POST)
    return response


def _form(request: HttpRequest, problems: list[FormProblem], *, words: str = "") -> HttpResponse:
    return render(
        request,
        "carer/come_back.html",
        {"problems": problems, "words": words, "has_card": card_of(request) is not None},
        status=400 if problems else 200,
    )
