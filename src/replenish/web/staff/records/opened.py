"""Whether somebody's records are open in this browser, by one cookie that staff pages alone receive."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.people.askers import Asker
from replenish.people.record_keys import opened_key
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.record_hold import held_records, hold_records_open
from replenish.sealing.record_key import RecordKey, RecordSecret

COOKIE = "replenish_records"
COOKIE_SECURE = "__Secure-replenish_records"
PATH = "/staff/"
# A working day; whoever signs out ends it sooner, and the browser forgets it when it closes.
LONGEST = timedelta(hours=9)


def records_cookie() -> str:
    """The name of the cookie on this installation."""
    return COOKIE_SECURE if settings.REPLENISH_SECURE else COOKIE


def opened(request: HttpRequest, asker: Asker) -> RecordSecret | None:
    """The phrase that came with the request; None where records are closed, or open for another account."""
    held = request.COOKIES.get(records_cookie(), "")
    if not held or asker.account is None:
        return None
    return held_records(held, _keys().opening(clock.today()), clock.now(), bound_to=asker.account)


def open_key(request: HttpRequest, asker: Asker) -> RecordKey | None:
    """The key that opens and shares what is sealed to the asker; None where records are closed.

    A phrase that was replaced since, in another browser, opens nothing here either.
    """
    secret = opened(request, asker)
    if secret is None:
        return None
    try:
        return opened_key(asker, secret)
    except Refused:
        return None


def keep_open(response: HttpResponse, asker: Asker, secret: RecordSecret) -> None:
    """Hold the records of an account open in this browser."""
    held = hold_records_open(
        secret, _keys().holding(clock.today()), clock.now() + LONGEST, bound_to=asker.account or ""
    )
    response.set_cookie(
        records_cookie(),
        held,
        path=PATH,
        secure=settings.REPLENISH_SECURE,
        httponly=True,
        samesite="Strict",
    )


def close_records(response: HttpResponse) -> None:
    """Close them: with a button, when somebody signs out, and when a phrase is replaced."""
    response.delete_cookie(records_cookie(), path=PATH, samesite="Strict")


def _keys() -> DeviceKeys:
    return DeviceKeys(settings.REPLENISH_KEYS)
