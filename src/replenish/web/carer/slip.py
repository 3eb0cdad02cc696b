"""Spending a slip: one seat for one code, and calm words when that cannot be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.queries import my_seat
from replenish.voices.rate_limit import slip_attempt_allowed
from replenish.web.shared.problems import sentence_of


def slip_spent(request: HttpRequest, secret: Secret, code: str) -> HttpResponse:
    """Exchange the code for a seat and go to the person's own page; a refusal is said, with what to do."""
    if not slip_attempt_allowed(request):
        return _refused(
            request, secret, _("Many people are joining at this moment. Wait a minute, then try again.")
        )
    try:
        spend_slip(secret, code)
    except Refused as refused:
        return _refused(request, secret, sentence_of(refused))
    return redirect("own-page")


def _refused(request: HttpRequest, secret: Secret, sentence: str) -> HttpResponse:
    said = {"sentence": sentence, "has_seat": my_seat(secret) is not None}
    return render(request, "carer/slip_refused.html", said, status=409)
