"""Codes sent by e-mail: kept as a digest in the session that asked, for a quarter of an hour and five tries.

The answer is the same, and takes as long, whether an address is known or not.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread

from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.people.codes import new_code, plain

GOOD_FOR = timedelta(minutes=15)
TRIES = 5
_KEPT = "mailed"


@dataclass(frozen=True)
class Redeemed:
    """What a code was sent for: the login it opens, or the address it proves."""

    login: str
    address: str


def send_code(
    request: HttpRequest, *, purpose: str, address: str, login: str = "", known: bool = True
) -> None:
    """Send a code for a purpose; to an address that nobody here has, nothing is sent, and it looks alike."""
    code = new_code()
    request.session[_KEPT] = {
        "purpose": purpose,
        "login": login,
        "address": address if known and not login else "",
        "digest": _digest(code),
        "until": (clock.now() + GOOD_FOR).timestamp(),
        "tries": 0,
    }
    if known:
        post(_letter(address, code))


def redeem(request: HttpRequest, *, purpose: str, code: str) -> Redeemed | None:
    """What the code was sent for; None where it is none, too old, tried too often, or for something else."""
    kept = request.session.get(_KEPT)
    if kept is None or kept["purpose"] != purpose:
        return None
    kept["tries"] += 1
    request.session[_KEPT] = kept
    alive = clock.now().timestamp() < kept["until"] and kept["tries"] <= TRIES
    if not hmac.compare_digest(_digest(code), kept["digest"]) or not alive:
        return None
    del request.session[_KEPT]
    return Redeemed(kept["login"], kept["address"]) if kept["login"] or kept["address"] else None


def post(letter: EmailMessage) -> None:
    """Hand a letter to the mail server, aside: how long that takes must not tell whether there is one."""
    Thread(target=letter.send, kwargs={"fail_silently": True}, daemon=True).start()


def _letter(address: str, code: str) -> EmailMessage:
    words = (
        _("Your code: %(code)s") % {"code": code},
        _("Type it into the page that asked for it. It works once, for a quarter of an hour."),
        _("If you did not ask for it, you need do nothing. Nobody gets in without this code."),
    )
    return EmailMessage(_("Your code for signing in"), "\n\n".join(words), to=[address])


def _digest(code: str) -> str:
    return hashlib.sha256(plain(code).encode()).hexdigest()
