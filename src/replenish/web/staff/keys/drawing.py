"""Drawing slips and printing them: the sheet is made once, shown once, and kept nowhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.conditions import queries
from replenish.conditions.rounds import SheetOnPaper, may_draw, write_slips
from replenish.people.askers import Asker
from replenish.people.roles import KEY_HOLDERS
from replenish.people.two_keys import AgreedSlips, agreed_slips, was_proposed
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What two people agreed on is listed; drawing it gives the sheet, and no second one.

    A fresh draw ends seats, so it is asked once more.
    """
    agreed = [one for one in agreed_slips(asker.organisation) if may_draw(asker, one.units)]
    if request.method != "POST":
        return _listed(request, asker, agreed, [])
    named = request.POST.get("proposal", "")
    found = next((one for one in agreed if one.proposal == named), None)
    if found is None:
        if was_proposed(asker.organisation, named):
            return drawn(request, "staff/keys/drawn_before.html", status=409)
        raise Http404

    fresh = request.POST.get("fresh") == "on"
    if fresh and request.POST.get("step") != "sure":
        return drawn(request, "staff/keys/draw_afresh.html", {"one": found})

    def write(sheet: SheetOnPaper) -> HttpResponse:
        return drawn(request, "staff/keys/sheet.html", {"sheet": sheet})

    try:
        return write_slips(asker=asker, proposal=named, fresh=fresh, write=write)
    except Refused as refused:
        return _listed(request, asker, agreed, problems_of(refused, f"draw-{named}"))


def _listed(
    request: HttpRequest, asker: Asker, agreed: list[AgreedSlips], problems: list[FormProblem]
) -> HttpResponse:
    numbers = {one.season: one.number for one in queries.seasons(asker.organisation)}
    shown = {
        "agreed": [(one, numbers.get(one.season), f"draw-{one.proposal}") for one in agreed],
        "problems": problems,
    }
    return drawn(request, "staff/keys/draw.html", shown, status=400 if problems else 200)
