"""The key card: shown while nothing is kept under it, checked by two of its words, then never again.

The card is shown before a slip is spent. If the answer to the last step is lost on the way, the card is
already on paper and on the device, and sending the step again does no harm.
"""

from __future__ import annotations

import secrets as random_numbers
from collections.abc import Sequence
from unicodedata import normalize

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.sealing.card import card_link
from replenish.sealing.secret import WORDS, Secret
from replenish.voices.queries import is_in_use
from replenish.web.carer.card_cookie import is_shared_device, keep_card
from replenish.web.carer.door import card_page
from replenish.web.carer.slip import slip_spent
from replenish.web.shared.problems import FormProblem


def show_card(
    request: HttpRequest, secret: Secret, *, slip: str = "", shared_device: bool = False
) -> HttpResponse:
    """The card in words and as a code, and the card itself left on this device."""
    response = _card(request, secret, slip, shared=shared_device)
    keep_card(response, secret, shared_device=shared_device)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def card_steps(request: HttpRequest, secret: Secret) -> HttpResponse:
    """From the card to the question for two words, back to the card, or onwards; nothing without a form."""
    if request.method != "POST":
        return redirect("own-page")
    slip = request.POST.get("slip", "")
    step = request.POST.get("step")
    positions = _positions_asked(request) if step == "check" else _two_positions()
    wrong = _wrong_words(request, secret, positions) if step == "check" else []
    # The last step may come twice, or the card be used in between: its words are not shown again.
    if (step == "check" and not wrong) or is_in_use(secret):
        return slip_spent(request, secret, slip) if slip else redirect("own-page")
    if step == "show":
        return _card(request, secret, slip, shared=is_shared_device(request))
    return _ask(request, positions, slip, problems=wrong)


def _card(request: HttpRequest, secret: Secret, slip: str, *, shared: bool) -> HttpResponse:
    shown = {"words": secret.words(), "qr": _qr(secret), "slip": slip, "shared": shared}
    return render(request, "carer/key_card.html", shown)


def _qr(secret: Secret) -> str:
    """The card's code as an SVG without a style of its own, so that the page's strict policy can stay."""
    link = card_link(secret, base_url=settings.REPLENISH_ADDRESS)
    return mark_safe(segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True))  # noqa: S308 - drawn here from letters and digits


def _ask(
    request: HttpRequest, positions: tuple[int, int], slip: str, *, problems: Sequence[FormProblem] = ()
) -> HttpResponse:
    asked = [
        {"number": number, "position": position, "typed": request.POST.get(f"word-{number}", "")}
        for number, position in enumerate(positions, 1)
    ]
    return render(
        request,
        "carer/check_words.html",
        {"asked": asked, "slip": slip, "problems": problems},
        status=400 if problems else 200,
    )


def _two_positions() -> tuple[int, int]:
    first, second = sorted(random_numbers.SystemRandom().sample(range(1, WORDS + 1), 2))
    return first, second


def _positions_asked(request: HttpRequest) -> tuple[int, int]:
    """The two places that were asked for; a page that was tampered with is asked for others."""
    try:
        first, second = (int(request.POST[f"position-{number}"]) for number in (1, 2))
    except (KeyError, ValueError):
        return _two_positions()
    return (first, second) if 1 <= first < second <= WORDS else _two_positions()


def _wrong_words(request: HttpRequest, secret: Secret, positions: tuple[int, int]) -> list[FormProblem]:
    words = secret.words()
    return [
        FormProblem(
            f"word-{number}",
            _("Word %(position)d is not the one on your card. Look at the card again.")
            % {"position": position},
        )
        for number, position in enumerate(positions, 1)
        if _plain(request.POST.get(f"word-{number}", "")) != words[position - 1]
    ]


def _plain(typed: str) -> str:
    return normalize("NFKC", typed).strip().casefold()
