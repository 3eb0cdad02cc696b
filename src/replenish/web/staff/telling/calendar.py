"""The address of the calendar: made, or made anew, by those who may tell everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.people.actions.telling import renew_calendar
from replenish.people.askers import Asker
from replenish.people.telling import ways_to_tell
from replenish.web.staff.drawn import drawn
from replenish.web.staff.telling.chosen import telling_page
from replenish.web.staff.telling.overview import address_of


@telling_page
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Say what a new address does, then make it."""
    if request.method == "POST":
        renew_calendar(asker=asker, instead_of=request.POST.get("instead_of", ""))
        return redirect("staff-telling")
    key = ways_to_tell(asker.organisation).calendar_key
    shown = {"key": key or "", "address": address_of(key)}
    return drawn(request, "staff/telling/calendar.html", shown)
