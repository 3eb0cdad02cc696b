"""Changes that are announced, and calling one off before its day."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.people.actions import call_off
from replenish.people.askers import Asker
from replenish.people.changes import coming
from replenish.people.queries import places_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.units.changing import CHANGERS
from replenish.web.staff.units.told import told


@staff_page(*CHANGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def announced(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All that is announced; or one change of one unit, with the button that calls it off."""
    named = request.POST.get("unit") or request.GET.get("unit") or ""
    if request.method == "POST":
        call_off(asker=asker, unit=named, on=_day(request))
        return redirect("staff-units")
    places = places_of(asker.organisation)
    known = coming(places, clock.today())
    if not named:
        return drawn(request, "staff/units/announced.html", {"changes": told(known, places)})
    of_unit = [one for one in known if one.unit == named and one.is_last]
    if not of_unit:
        raise Http404
    return drawn(request, "staff/units/call_off.html", {"change": told(of_unit, places)[0]})


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
