"""Sessions as a file for a calendar: one of them, or all that are to come."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.conditions.telling.calendar_file import AtTimes, calendar_file
from replenish.learning.queries import session_of, sessions_of
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.staff.door import staff_page
from replenish.web.staff.learning.session import ASKED
from replenish.web.staff.learning.told import SessionShown, shelf_of


@staff_page(*READERS)
@require_safe
def sessions_file(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Day, time and place; the same whoever takes it, and nothing of who comes."""
    asked = request.GET.get(ASKED, "")
    found = (session_of(asker, asked),) if asked else tuple(x for x in sessions_of(asker) if x.is_open)
    shelf = shelf_of(asker)
    days = [_entry(shelf.shown(one)) for one in found if one.state != "called_off"]
    response = HttpResponse(
        calendar_file(_("Learn together"), days), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response


def _entry(one: SessionShown) -> AtTimes:
    said = one.told.said
    reads = f"{settings.REPLENISH_ADDRESS}{reverse('learn-offer', args=[said.offer])}"
    about = _("Led by %(led_by)s. Nobody notes who comes. To read: %(reads)s") % {
        "led_by": said.led_by,
        "reads": reads,
    }
    return AtTimes(
        uid=f"session-{one.told.session}",
        day=said.day,
        begins=time.fromisoformat(said.begins),
        ends=time.fromisoformat(said.ends),
        stamp=one.told.planned_on,
        summary=one.title,
        description=about,
        place=said.place,
    )
