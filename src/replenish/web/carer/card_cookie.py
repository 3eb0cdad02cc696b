"""The card on this device: one cookie that only the carer's own pages receive."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret

CARD_COOKIE = "replenish_card"
ACCOUNT_COOKIE = "replenish_account"
PATH = "/my/"
# Browsers keep no cookie for longer than 400 days.
LASTING_SECONDS = 400 * 24 * 60 * 60


def card_of(request: HttpRequest) -> Secret | None:
    """The card that came with the request, or None where there is none that can be read."""
    text = request.COOKIES.get(CARD_COOKIE)
    if not text:
        return None
    try:
        return Secret.of_cookie(text)
    except Refused:
        return None


def keep_card(response: HttpResponse, secret: Secret, *, shared_device: bool) -> None:
    """Leave the card on the device; on a shared one only until the browser is closed."""
    response.set_cookie(
        CARD_COOKIE,
        secret.cookie(),
        max_age=None if shared_device else LASTING_SECONDS,
        path=PATH,
        secure=settings.REPLENISH_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_card(response: HttpResponse) -> None:
    """Take the card off the device."""
    response.delete_cookie(CARD_COOKIE, path=PATH, samesite="Strict")
