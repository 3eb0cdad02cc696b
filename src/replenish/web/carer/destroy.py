"""Destroying one's own box, in two steps, because nobody can bring it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.voices.actions import erase
from replenish.web.carer.card_cookie import forget_card
from replenish.web.carer.door import card_page
from replenish.web.shared.problems import FormProblem


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def destroy(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Explain, ask for a tick, then destroy and take the card off this device."""
    if request.method != "POST":
        return render(request, "carer/destroy.html")
    if "understood" not in request.POST:
        problem = FormProblem("understood", _("Tick the box first if you are sure. Nothing was destroyed."))
        return render(request, "carer/destroy.html", {"problems": [problem]}, status=400)
    erase(secret)
    response = render(request, "carer/destroyed.html")
    forget_card(response)
    return response
