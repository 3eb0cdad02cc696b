"""Whom to ask again: a list that opens for one facilitator while their records are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.basis.faults.records import RecordFault
from replenish.debrief.incidents.asking import (
    LONGEST_LINE,
    MOST_LINES,
    Line,
    ListFrame,
    frame_of,
    give_up_list,
    keep_list,
    open_list,
    own_frames,
)
from replenish.debrief.incidents.model import step_model
from replenish.debrief.incidents.reading import incident_told
from replenish.debrief.incidents.writing import new_id
from replenish.people.askers import Asker
from replenish.people.record_keys import own_half
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordSecret
from replenish.web.public.sources import MEANINGS
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.one import INCIDENT, address_of
from replenish.web.staff.incidents.shown import desk_of
from replenish.web.staff.incidents.wording import day_said
from replenish.web.staff.records.opened import opened

EMPTY_LINES = 4
WHO, CHECK_IN, SECOND_CHECK = "who", "check_in", "second_check"


@dataclass(frozen=True)
class FrameShown:
    """A list as the server knows it, in words."""

    incident: str
    what: str
    ask_from: str
    destroy_on: str


@staff_page(RoleKind.FACILITATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The list of one incident, or the lists the facilitator keeps."""
    incident = (request.POST if request.method == "POST" else request.GET).get(INCIDENT, "")
    if not incident:
        return _lists(request, asker)
    frame = frame_of(asker=asker, incident=incident)
    if request.method == "POST" and request.POST.get("what") == "give-up":
        give_up_list(asker=asker, incident=incident)
        return redirect(address_of(incident))
    secret = opened(request, asker)
    if frame.is_over or secret is None:
        return _closed(request, asker, frame)
    if request.method == "POST":
        return _kept(request, asker, frame, secret)
    try:
        lines = open_list(asker=asker, incident=incident, secret=secret)
    except Refused as refused:
        # Sealed to an earlier key: the phrase was lost since. Nobody opens it again.
        if refused.problems[0].fault is not RecordFault.CLOSED:
            raise
        return _closed(request, asker, frame, is_lost=True)
    return _page(request, asker, frame, lines)


def _kept(request: HttpRequest, asker: Asker, frame: ListFrame, secret: RecordSecret) -> HttpResponse:
    lines = lines_sent(request.POST)
    try:
        keep_list(asker=asker, incident=frame.incident, secret=secret, lines=lines)
    except Refused as refused:
        if refused.problems[0].fault not in {IncidentFault.LIST_LONG, IncidentFault.CHOICE}:
            raise
        return _page(request, asker, frame, lines, problems_of(refused, "who-1"))
    return redirect(f"{reverse('staff-incidents-asking')}?{INCIDENT}={frame.incident}&kept=yes")


def lines_sent(sent: QueryDict) -> tuple[Line, ...]:
    """The lines as they were typed; a form that was cut short has empty answers."""
    names = sent.getlist(WHO)[: MOST_LINES + EMPTY_LINES]
    return tuple(
        Line(who, sent.get(f"{CHECK_IN}-{at}", ""), sent.get(f"{SECOND_CHECK}-{at}", ""))
        for at, who in enumerate(names, 1)
    )


def _lists(request: HttpRequest, asker: Asker) -> HttpResponse:
    desk = desk_of(asker)
    frames = []
    for frame in own_frames(asker):
        shown = desk.shown(incident_told(asker, frame.incident))
        what = f"{shown.kind}, {shown.when}, {shown.unit}"
        frames.append(_frame_shown(frame, what))
    return drawn(request, "staff/incidents/lists.html", {"frames": frames})


def _closed(request: HttpRequest, asker: Asker, frame: ListFrame, *, is_lost: bool = False) -> HttpResponse:
    times = step_model().asking_list
    shown = {
        "frame": _frame_shown(frame, ""),
        "is_over": frame.is_over,
        "exists": frame.exists,
        "is_lost": is_lost,
        "has_key": own_half(asker) is not None,
        "source": gettext(times.source),
        "meaning": MEANINGS[times.mark],
        "checked_on": times.checked_on.isoformat(),
        "one": desk_of(asker).shown(incident_told(asker, frame.incident)),
    }
    return drawn(request, "staff/incidents/closed.html", shown)


def _page(
    request: HttpRequest,
    asker: Asker,
    frame: ListFrame,
    lines: Sequence[Line],
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    empty = max(1, min(EMPTY_LINES, MOST_LINES - len(lines)))
    rows = [*lines, *(Line("") for _at in range(empty))] if not problems else list(lines)
    shown = {
        "frame": _frame_shown(frame, ""),
        "exists": frame.exists,
        "one": desk_of(asker).shown(incident_told(asker, frame.incident)),
        "lines": list(enumerate(rows, 1)),
        "answers": answers_said(),
        "longest": LONGEST_LINE,
        "once": new_id(),
        "kept": request.GET.get("kept") == "yes",
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/incidents/asking.html", shown, status=400 if problems else 200)


def answers_said() -> list[tuple[str, str]]:
    """What can be noted of somebody: four words, and no more."""
    return [
        ("", _("Not yet")),
        ("yes", _("Said yes")),
        ("no", _("Said no")),
        ("none", _("No answer")),
    ]


def _frame_shown(frame: ListFrame, what: str) -> FrameShown:
    return FrameShown(frame.incident, what, day_said(frame.ask_from), day_said(frame.destroy_on))
