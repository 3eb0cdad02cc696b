"""Coming back to a page that was hidden, or to a card that is locked on this device."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.sealing.device_lock import unlock
from replenish.voices.rate_limit import code_attempt_allowed
from replenish.web.carer.card_cookie import keep, kept_card
from replenish.web.carer.carried import FIELD as CARRIED
from replenish.web.carer.carried import opened
from replenish.web.carer.door import carer_page, closed_page
from replenish.web.carer.kept_card import Device, KeptCard
from replenish.web.shared.problems import FormProblem

FIELD = "code"
LONGEST_CODE = 64


@require_http_methods(["GET", "HEAD", "POST"])
@carer_page
def open_again(request: HttpRequest) -> HttpResponse:
    """Show the page again; a locked card asks for its code first."""
    kept = kept_card(request)
    if kept is not None and kept.secret is not None:
        wanted = request.method == "POST" or not kept.hidden
        return _open(request, kept) if wanted else closed_page(request, kept)
    if request.method != "POST" or kept is None or kept.device is not Device.LOCKED:
        return closed_page(request, kept)
    code = request.POST.get(FIELD, "")
    if not code.strip():
        return closed_page(request, kept, (FormProblem(FIELD, _("Type the code of this device.")),))
    if not code_attempt_allowed(request, kept.locked):
        wait = _("Too many codes were tried. Wait a minute, then try again, or use the words of your card.")
        return closed_page(request, kept, (FormProblem(FIELD, wait),))
    secret = unlock(kept.locked, code[:LONGEST_CODE])
    if secret is None:
        wrong = _("That is not the code of this device. Nothing is lost; the words of your card always work.")
        return closed_page(request, kept, (FormProblem(FIELD, wrong),))
    return _open(request, replace(kept, secret=secret))


def _open(request: HttpRequest, kept: KeptCard) -> HttpResponse:
    """The way in; for a text that a closed page carried, the page it is sent on from.

    Nobody gets there by a code: the browser would send the code once more when that page is loaded anew.
    """
    if request.POST.get(CARRIED) and FIELD not in request.POST:
        wrote = opened(request)
        response = render(request, "carer/carried.html", {"unsent": wrote}, status=200 if wrote else 409)
        if not kept.hidden:
            return response
    else:
        response = redirect("own-page")
    keep(response, replace(kept, hidden=False))
    return response
