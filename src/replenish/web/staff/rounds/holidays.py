"""Holidays that pause the rounds: which rounds move, and to when, is shown before it is done."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.conditions import queries
from replenish.conditions.calendar import DAY, MOST_PAUSE_DAYS
from replenish.conditions.rounds import may_set_rounds, pause, preview_pause
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.rounds.days import HolidayFields, holiday_fields, read_pause

NOT_OVER = ("planned", "open")


@staff_page(RoleKind.STEWARD, RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def holidays(request: HttpRequest, asker: Asker) -> HttpResponse:
    """First the days, then what they move, then it is done."""
    if not may_set_rounds(asker):
        raise Http404
    (fields,) = holiday_fields(request.POST, 1)
    if request.method != "POST" or request.POST.get("step") == "change":
        return _form(request, asker, fields, [])
    problems: list[FormProblem] = []
    added = read_pause(fields, problems)
    if added is None and not problems:
        problems.append(FormProblem("first-1", _("Choose the first day and the last.")))
    if added is None:
        return _form(request, asker, fields, problems)
    try:
        if request.POST.get("step") == "fix":
            pause(asker=asker, first=added.first, until=added.until)
            return redirect("staff-rounds")
        moves = preview_pause(asker=asker, first=added.first, until=added.until)
    except Refused as refused:
        return _form(request, asker, fields, problems_of(refused, "first-1"))
    shown = {
        "fields": fields,
        "first": added.first,
        "last": added.until - DAY,
        "moves": [(one.number, one.before, one.before.closes_on - DAY, one.after, one.after.closes_on - DAY)
                  for one in moves],
    }  # fmt: skip
    return drawn(request, "staff/rounds/holidays_seen.html", shown)


def _form(
    request: HttpRequest, asker: Asker, fields: HolidayFields, problems: list[FormProblem]
) -> HttpResponse:
    held = queries.rounds(asker.organisation)
    shown = {
        "problems": problems,
        "fields": fields,
        "most": MOST_PAUSE_DAYS,
        "anything": any(row.state in NOT_OVER for row in held),
    }
    return drawn(request, "staff/rounds/holidays.html", shown, status=400 if problems else 200)
