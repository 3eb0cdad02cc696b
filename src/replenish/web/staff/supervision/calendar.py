"""Supervision in one's own calendar: a private address that is shown once, and files."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from replenish.people.askers import Asker
from replenish.supervision.calendar_keys import calendar_chosen, end_calendar, renew_calendar_key
from replenish.supervision.comes_next import my_meeting, my_supervision
from replenish.web.shared.supervision_calendar import CONTENT_TYPE, meeting_file, supervision_calendar
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.supervision.meeting.one import ASKED

WHAT, END = "what", "end"
NAMES = "names"


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Make the address, make it anew, or end it; it is shown on the answer to the form alone."""
    address = ""
    if request.method == "POST":
        if request.POST.get(WHAT) == END:
            end_calendar(asker=asker)
            return redirect("staff-supervision-calendar")
        key = renew_calendar_key(asker=asker, with_names=bool(request.POST.get(NAMES)))
        address = f"{settings.REPLENISH_ADDRESS}{reverse('supervision-calendar', args=[key])}"
    shown = {"chosen": calendar_chosen(asker), "address": address}
    return drawn(request, "staff/supervision/calendar.html", shown)


@staff_page()
@require_safe
def calendar_of_meetings(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One meeting as a file, or all of them; with names if their reader chose so."""
    asked = request.GET.get(ASKED, "")
    with_names = calendar_chosen(asker).with_names
    if asked:
        mine, one = my_meeting(asker, asked)
        content = meeting_file(mine, one, with_names=with_names)
    else:
        content = supervision_calendar(my_supervision(asker), with_names=with_names)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="supervision.ics"'
    return response
