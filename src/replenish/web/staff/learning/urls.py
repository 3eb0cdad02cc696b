"""Addresses of the pages about learning, below `/staff/learning/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.learning.files import sessions_file
from replenish.web.staff.learning.overview import overview
from replenish.web.staff.learning.planning import plan
from replenish.web.staff.learning.session import session, sheet

urlpatterns = [
    path("", overview, name="staff-learning"),
    path("plan/", plan, name="staff-learning-plan"),
    path("session/", session, name="staff-learning-session"),
    path("sheet/", sheet, name="staff-learning-sheet"),
    path("sessions.ics", sessions_file, name="staff-learning-file"),
]
