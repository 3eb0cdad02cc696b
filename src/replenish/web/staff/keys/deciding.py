"""One proposal with its exact figures beside those that hold now: the second key is turned here, or not."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.people.actions import confirm, withdraw
from replenish.people.askers import Asker
from replenish.people.roles import KEY_HOLDERS
from replenish.people.two_keys import was_proposed
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.keys.told import proposals_told


@staff_page(*KEY_HOLDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Look, and then turn the key, decline, or take back."""
    proposals = proposals_told(asker)
    named = (request.POST if request.method == "POST" else request.GET).get("proposal", "")
    found = next((one for one in proposals if one.shown.proposal == named), None)
    if found is None:
        if request.method == "POST" and was_proposed(asker.organisation, named):
            return redirect("staff-keys")
        if named:
            raise Http404
        return drawn(request, "staff/keys/waiting.html", {"proposals": proposals})
    if request.method != "POST":
        return drawn(request, "staff/keys/decide.html", {"one": found})
    if request.POST.get("key") == "turn":
        confirm(asker=asker, proposal=named)
    elif request.POST.get("key") == "end":
        withdraw(asker=asker, proposal=named)
    return redirect("staff-keys")
