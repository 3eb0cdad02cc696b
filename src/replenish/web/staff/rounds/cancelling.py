"""Giving a round up: asked once more, because what it destroys does not come back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.conditions import queries
from replenish.conditions.rounds import cancel, may_set_rounds
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.rounds.told import NOT_OVER, round_told


@staff_page(RoleKind.STEWARD, RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_round(request: HttpRequest, asker: Asker) -> HttpResponse:
    """First which one, then whether really, then it is done."""
    if not may_set_rounds(asker):
        raise Http404
    held = queries.rounds(asker.organisation)
    choices = [round_told(row) for row in held if row.state in NOT_OVER]
    if request.method != "POST":
        return drawn(request, "staff/rounds/cancel.html", {"rounds": choices})
    chosen = next((row for row in held if row.round == request.POST.get("round", "")), None)
    if chosen is None and request.POST.get("round"):
        raise Http404
    if chosen is None:
        problems = [FormProblem("round", _("Choose a round."))]
        return drawn(
            request, "staff/rounds/cancel.html", {"rounds": choices, "problems": problems}, status=400
        )
    if chosen.state == "cancelled":
        return redirect("staff-rounds")
    if request.POST.get("step") == "cancel":
        cancel(chosen.round, asker=asker)
        return redirect("staff-rounds")
    shown = {"row": round_told(chosen), "begun": chosen.state != "planned"}
    return drawn(request, "staff/rounds/cancel_asked.html", shown)
