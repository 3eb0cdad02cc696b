"""The card on this device: one cookie that only the carer's own pages receive."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from replenish.basis import clock
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.secret import Secret
from replenish.web.carer.kept_card import SHARED_MINUTES, Device, KeptCard, marks_in, read_kept, write_kept

CARD_COOKIE = "replenish_card"
# A browser takes a cookie of this name from an encrypted page only, so that a network cannot slip one in.
# The name that would keep out other pages of the same domain (`__Host-`) would send the card to every path.
CARD_COOKIE_SECURE = "__Secure-replenish_card"
ACCOUNT_COOKIE = "replenish_account"
PATH = "/my/"
_READ = "replenish_kept_card"
# Browsers keep no cookie for longer than 400 days.
LASTING_SECONDS = 400 * 24 * 60 * 60


def card_cookie() -> str:
    """The name of the cookie on this installation."""
    return CARD_COOKIE_SECURE if settings.REPLENISH_SECURE else CARD_COOKIE


def has_two_cards(request: HttpRequest) -> bool:
    """Whether two cookies claim to be the card: one of them was set by another site of the same domain.

    Browsers send the one with the longer path first, and Django keeps one of them. Nobody can tell which is
    the person's own; under the other one, somebody else would hold what is answered.
    """
    sent = str(request.META.get("HTTP_COOKIE", "")).split(";")
    return sum(part.partition("=")[0].strip() == card_cookie() for part in sent) > 1


def kept_card(request: HttpRequest) -> KeptCard | None:
    """How the card lies on this device; None where there is none that can be read.

    It is read once for each request, and goes with it.
    """
    text = request.COOKIES.get(card_cookie())
    if not text:
        return None
    read: tuple[str, KeptCard | None] | None = getattr(request, _READ, None)
    if read is None or read[0] != text:
        read = (text, read_kept(text, _keys(), clock.now()))
        setattr(request, _READ, read)
    return read[1]


def card_of(request: HttpRequest) -> Secret | None:
    """The card that came with the request; None where there is none, or it is locked, or its time is over."""
    kept = kept_card(request)
    return None if kept is None else kept.secret


def is_shared_device(request: HttpRequest) -> bool:
    """Whether the person said that others use this device too."""
    kept = kept_card(request)
    return kept is not None and kept.device is Device.SHARED


def has_code(request: HttpRequest) -> bool:
    """Whether a code locks the card on this device, be it open at this moment or not."""
    kept = kept_card(request)
    return kept is not None and kept.device is Device.LOCKED


def is_locked(request: HttpRequest) -> bool:
    """Whether there is a card on this device that a code must open first."""
    kept = kept_card(request)
    return kept is not None and kept.device is Device.LOCKED and kept.secret is None


def marks_of_card(request: HttpRequest, name: str) -> frozenset[str]:
    """By what the card on this device can be known again, be it open or not."""
    return marks_in(request.COOKIES.get(card_cookie(), ""), _keys(), clock.now(), name)


def keep_card(response: HttpResponse, secret: Secret, *, shared_device: bool) -> None:
    """Leave the card on the device; on a shared one only what holds it open for a while."""
    if shared_device:
        keep(response, KeptCard(Device.SHARED, secret, SHARED_MINUTES))
    else:
        keep(response, KeptCard(Device.PRIVATE, secret))


def keep(response: HttpResponse, kept: KeptCard) -> None:
    """Leave the card on the device as it is kept there; on a shared one no longer than the browser runs."""
    response.set_cookie(
        card_cookie(),
        write_kept(kept, _keys(), clock.now()),
        max_age=None if kept.device is Device.SHARED else LASTING_SECONDS,
        path=PATH,
        secure=settings.REPLENISH_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_card(response: HttpResponse) -> None:
    """Take the card off the device, and whatever the browser stored beside it.

    The worker is taken off as well, and comes back with the page that says so.
    """
    response.delete_cookie(card_cookie(), path=PATH, samesite="Strict")
    response["Clear-Site-Data"] = '"cache", "storage"'


def _keys() -> DeviceKeys:
    return DeviceKeys(settings.REPLENISH_KEYS)
