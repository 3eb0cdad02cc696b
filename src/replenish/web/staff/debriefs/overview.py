"""Debriefs of the last half year, what waits for an answer, and what those who lead read of themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.debrief.conversations.aftercare import own_aftercare
from replenish.debrief.conversations.facts import KINDS, REVIEW, facts
from replenish.debrief.conversations.reading import conversations_of, points_of
from replenish.debrief.conversations.register import own_entry
from replenish.debrief.conversations.rules import is_facilitator
from replenish.debrief.incidents.rules import INCIDENT_READERS
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.staff.debriefs.guides import frame, guides
from replenish.web.staff.debriefs.told import shelf_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@staff_page(*INCIDENT_READERS)
@require_safe
def overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What was held and why not; and for whoever leads, their own count, which nobody else is shown."""
    shelf, leads = shelf_of(asker), is_facilitator(asker)
    kept = request.GET.get("kept", "")
    shown = {
        "leads": leads,
        "kept": kept if kept in KINDS else "",
        "aftercare": own_aftercare(asker) if leads else None,
        "own": own_entry(asker) if leads else None,
        "frame": frame(),
        "lines": [shelf.line(one) for one in conversations_of(asker)],
        "waiting": len([one for one in points_of(asker) if one.waits]),
    }
    return drawn(request, "staff/debriefs/overview.html", shown)


@staff_page(*INCIDENT_READERS)
@require_safe
def reviews(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Learning reviews, by themselves: nothing about support stands here, or leads here from there."""
    shelf = shelf_of(asker)
    shown = {
        "leads": is_facilitator(asker),
        "lines": [shelf.line(one) for one in conversations_of(asker, (REVIEW,))],
        "points": [shelf.point(one) for one in points_of(asker, (REVIEW,))],
        "guide": guides()[REVIEW],
    }
    return drawn(request, "staff/debriefs/reviews.html", shown)


@staff_page(*READERS)
@require_safe
def before(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What a debrief is, who does what, what is written and who reads it: to be read before the first one."""
    shown = {"frame": frame(), "guides": guides().values(), "facts": facts()}
    return drawn(request, "staff/debriefs/before.html", shown)
