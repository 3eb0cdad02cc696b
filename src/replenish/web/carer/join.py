"""Joining with a slip: what it means first, then the code, then a key card for whoever has none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.sealing.slips import normalise
from replenish.voices.queries import is_in_use
from replenish.web.carer.card_cookie import card_of, is_locked, kept_card
from replenish.web.carer.door import carer_page, closed_page
from replenish.web.carer.key_card import show_card
from replenish.web.carer.slip import slip_spent
from replenish.web.shared.floor import floor_in_force
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.shared.questions import counted_items, packs_asked, private_items

FIELD = "code"


@require_http_methods(["GET", "HEAD", "POST"])
@carer_page
def join(request: HttpRequest) -> HttpResponse:
    """Take the code of a slip.

    A card that keeps something already gets the seat at once. Otherwise the card comes first: the one on
    this device under which nothing is kept yet, so that a page sent twice shows the same card twice.
    """
    if is_locked(request):
        return closed_page(request, kept_card(request))
    if request.method != "POST":
        return join_form(request, [])
    code = request.POST.get("code", "")
    if not code.strip():
        return join_form(request, [FormProblem(FIELD, _("Type the code that is printed on your slip."))])
    try:
        normalise(code)
    except Refused as refused:
        return join_form(request, problems_of(refused, FIELD), code=code)
    present = card_of(request)
    if present is not None and is_in_use(present):
        return slip_spent(request, present, code)
    shared = "shared" in request.POST
    return show_card(request, present or Secret.new(), slip=code, shared_device=shared)


def join_form(request: HttpRequest, problems: list[FormProblem], *, code: str = "") -> HttpResponse:
    """The page that explains before it asks."""
    present = card_of(request)
    return render(
        request,
        "carer/join.html",
        {
            "problems": problems,
            "code": code,
            "has_card": present is not None and is_in_use(present),
            "floor": floor_in_force(),
            "counted": sum(len(counted_items(pack)) for pack in packs_asked()),
            "private": sum(len(private_items(pack)) for pack in packs_asked()),
        },
        status=400 if problems else 200,
    )
