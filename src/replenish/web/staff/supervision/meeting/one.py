"""One meeting: what stands about it, and what its parties can do with it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.supervision.comes_next import my_meeting
from replenish.supervision.points import points
from replenish.supervision.taking_place import facts_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.home import every_meeting
from replenish.web.staff.supervision.said import MEDIUMS, REASONS, SIDES, state_of, title_of

ASKED = "meeting"


def address_of(meeting: str) -> str:
    """Where the page of a meeting is."""
    return f"{reverse('staff-supervision-meeting')}?{urlencode({ASKED: meeting})}"


@staff_page()
@require_safe
def meeting(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What stands about it; without one, the list of those there are."""
    asked = request.GET.get(ASKED, "")
    if not asked:
        return which(request, asker, "staff-supervision-meeting")
    mine, one = my_meeting(asker, asked)
    shown = {
        "mine": mine,
        "one": one,
        "title": title_of(mine),
        "stands": state_of(one),
        "medium": MEDIUMS.get(one.medium, ""),
        "side": SIDES.get(one.side, ""),
        "reason": REASONS.get(one.reason, ""),
        "told": facts_of(asker, asked),
        "functions": points().functions,
        "can_be_held": one.is_open and one.day is not None and one.day <= clock.today(),
    }
    return drawn(request, "staff/supervision/meeting.html", shown)


def which(request: HttpRequest, asker: Asker, leads_to: str) -> HttpResponse:
    """The meetings to choose from, where none was chosen."""
    shown = {"every": every_meeting(asker), "leads_to": reverse(leads_to)}
    return drawn(request, "staff/supervision/which.html", shown)
