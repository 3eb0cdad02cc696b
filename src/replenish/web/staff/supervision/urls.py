"""Addresses of the pages about supervision, below `/staff/supervision/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.supervision.calendar import calendar, calendar_of_meetings
from replenish.web.staff.supervision.guide.page import guide, session_guide
from replenish.web.staff.supervision.home import home
from replenish.web.staff.supervision.meeting import planning
from replenish.web.staff.supervision.meeting.holding import held
from replenish.web.staff.supervision.meeting.one import meeting
from replenish.web.staff.supervision.meeting.preparing import prepare
from replenish.web.staff.supervision.rhythm.changing import change
from replenish.web.staff.supervision.rhythm.page import rhythms

urlpatterns = [
    path("", home, name="staff-supervision"),
    path("meeting/", meeting, name="staff-supervision-meeting"),
    path("meeting/plan/", planning.plan, name="staff-supervision-plan"),
    path("meeting/prepare/", prepare, name="staff-supervision-prepare"),
    path("meeting/move/", planning.move, name="staff-supervision-move"),
    path("meeting/held/", held, name="staff-supervision-held"),
    path("meeting/again/", planning.again, name="staff-supervision-again"),
    path("meeting/call-off/", planning.off, name="staff-supervision-call-off"),
    path("calendar/", calendar, name="staff-supervision-calendar"),
    path("meetings.ics", calendar_of_meetings, name="staff-supervision-file"),
    path("guide/", guide, name="staff-supervision-guide"),
    path("guide/session/", session_guide, name="staff-supervision-session"),
    path("rhythms/", rhythms, name="staff-supervision-rhythms"),
    path("rhythms/change/", change, name="staff-supervision-change-rhythm"),
]
