"""One message to one address that reaches everybody; once for each occasion, and only after a second look."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.telling import TellingFault
from replenish.conditions.telling.letters import AUTOMATIC, NOT_TAKEN
from replenish.people.actions.telling import (
    begin_message,
    finish_message,
    give_message_up,
    set_list_address,
)
from replenish.people.askers import Asker
from replenish.people.telling import told_before, ways_to_tell
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.drawn import drawn
from replenish.web.staff.telling.chosen import ASKED, Shown, asked_for, mailing_page
from replenish.web.staff.telling.overview import draw_overview

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@mailing_page
@_FORM
def list_address(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Enter, change or remove the address of the list that everybody is on."""
    problems: list[FormProblem] = []
    kept = ways_to_tell(asker.organisation).list_address
    if request.method == "POST":
        try:
            set_list_address(asker=asker, address=request.POST.get("address", ""))
        except Refused as refused:
            problems = problems_of(refused, "address")
        else:
            return redirect("staff-telling")
    shown = {"problems": problems, "address": request.POST.get("address", kept), "kept": kept}
    return drawn(request, "staff/telling/list.html", shown, status=400 if problems else 200)


@mailing_page
@_FORM
def send(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Show the message as everybody will read it; send it when that is confirmed."""
    if not (request.GET.get(ASKED) or request.POST.get(ASKED)):
        return draw_overview(request, asker)
    chosen = asked_for(request, asker)
    if not chosen.occasion.is_now(clock.today()):
        raise Http404
    address = ways_to_tell(asker.organisation).list_address
    problems: list[FormProblem] = []
    if request.method == "POST":
        try:
            _send(asker, chosen, address)
        except Refused as refused:
            problems = problems_of(refused, "send")
        else:
            return redirect("staff-telling")
    named = (chosen.occasion.kind.value, chosen.occasion.about)
    shown = {
        "problems": problems,
        "key": chosen.occasion.key,
        "told": chosen.told,
        "text": chosen.told.as_text(),
        "address": address,
        "before": told_before(asker.organisation).get(named),
    }
    return drawn(request, "staff/telling/send.html", shown, status=409 if problems else 200)


def _send(asker: Asker, chosen: Shown, address: str) -> None:
    """Claimed first, so that two clicks send one message; the claim is let go if the server refuses."""
    if not address:
        refuse(TellingFault.LIST_ADDRESS_MISSING)
    named = {"kind": chosen.occasion.kind.value, "about": chosen.occasion.about}
    if not begin_message(asker=asker, **named):
        return
    letter = EmailMessage(chosen.told.title, chosen.told.as_text(), to=[address], headers=AUTOMATIC)
    try:
        letter.send()
    except NOT_TAKEN:
        give_message_up(asker=asker, **named)
        refuse(TellingFault.MAIL_UNREACHABLE)
    finish_message(asker=asker, **named)
