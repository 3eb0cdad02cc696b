"""The key card as a picture to keep: drawn for one answer and forgotten with it."""

from __future__ import annotations

import io
import json
from importlib.resources import as_file, files

import segno
import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.sealing.card import card_link
from replenish.sealing.secret import Secret
from replenish.voices.queries import is_in_use
from replenish.voices.rate_limit import card_attempt_allowed
from replenish.web.carer.door import card_page

# A phone shows it in full width, and a camera reads its code from paper.
PIXELS_PER_INCH = 254


@require_POST
@card_page
def card_picture(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The card as a file to save; like the card itself, only while nothing is kept under it.

    It is the answer to a form: no address holds the card, and no cache keeps it.
    """
    if is_in_use(secret):
        return redirect("own-page")
    # Drawing takes a tenth of a second, and anybody may have a new card.
    if not card_attempt_allowed(request):
        refuse(WebFault.BUSY)
    headers = {"Content-Disposition": 'attachment; filename="key-card.png"'}
    return HttpResponse(drawn_card(secret), content_type="image/png", headers=headers)


def drawn_card(secret: Secret) -> bytes:
    """The card as a PNG: its words in their order, its code, and what it is for."""
    card = {
        "title": _("Replenish key card"),
        "keep": _("Who holds this card sees your page. Keep it where only you find it."),
        "words": secret.words(),
        "qr": _qr(secret),
        "qr-says": _("The same card as a code to scan"),
        "use": _("Scan the code, or type the thirteen words here:"),
        "address": f"{settings.REPLENISH_ADDRESS.partition('://')[2]}/my/return/",
    }
    with as_file(files("replenish.web.carer") / "card_picture.typ") as template:
        drawn: bytes = typst.compile(
            str(template),
            format="png",
            ppi=PIXELS_PER_INCH,
            ignore_system_fonts=True,
            sys_inputs={"card": json.dumps(card, ensure_ascii=False)},
        )
    return drawn


def _qr(secret: Secret) -> str:
    link = card_link(secret, base_url=settings.REPLENISH_ADDRESS)
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()
