"""The sheet that is handed to somebody who gets an account or a new code: shown once, and kept nowhere.

By e-mail it goes only where somebody types an address. The address is used for this letter and is not kept;
the code in it passes through the machines on the way, which the page says.
"""

from __future__ import annotations

from collections.abc import Sequence

import segno
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.people.actions.logins import readable_email
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff import mailed
from replenish.web.staff.accounts.parts_told import PartTold
from replenish.web.staff.drawn import drawn
from replenish.web.staff.tries import may_send_to


def asked_address(request: HttpRequest, typed: str) -> tuple[str, list[FormProblem]]:
    """The address to which an invitation goes, or what is wrong with it."""
    try:
        address = readable_email(typed)
    except Refused as refused:
        return "", problems_of(refused, "email")
    if not may_send_to(request, address):
        return "", [FormProblem("email", _("Too many letters went there just now. Wait a minute."))]
    return address, []


def hand_over(
    request: HttpRequest,
    asker: Asker,
    account: str,
    code: str,
    *,
    name: str,
    address: str = "",
    parts: Sequence[PartTold] = (),
    is_new: bool = True,
) -> HttpResponse:
    """The page with the sheet; the letter goes with it where there is an address."""
    organisation = organisation_summary(asker.organisation).name
    link = f"{settings.REPLENISH_ADDRESS}{reverse('staff-sign-in')}"
    if address:
        mailed.post(_letter(address, organisation, account, code, link))
    shown = {
        "name": name,
        "organisation": organisation,
        "account": account,
        "code": code,
        "link": link,
        "qr": _qr(link),
        "parts": parts,
        "sent": bool(address),
        "is_new": is_new,
    }
    return drawn(request, "staff/accounts/invitation.html", shown)


def _qr(link: str) -> SafeString:
    """The address of the sign-in page alone: whoever photographs the picture has no code by it."""
    drawing = segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return mark_safe(drawing)  # noqa: S308 - drawn here from an address of our own


def _letter(address: str, organisation: str, account: str, code: str, link: str) -> EmailMessage:
    words = (
        _("You are invited to act for %(organisation)s in Replenish.") % {"organisation": organisation},
        _("Sign in here: %(link)s") % {"link": link},
        _("Account: %(account)s") % {"account": account},
        _("Code: %(code)s") % {"code": code},
        _("Sign in soon and choose a way of your own. Then delete this letter."),
        _("Your address was used for this letter and is not kept."),
    )
    subject = _("Your account for %(organisation)s") % {"organisation": organisation}
    return EmailMessage(subject, "\n\n".join(words), to=[address])
