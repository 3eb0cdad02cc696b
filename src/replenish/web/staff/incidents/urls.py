"""Addresses of the pages about hard incidents, below `/staff/incidents/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.incidents.answers import answers
from replenish.web.staff.incidents.asking import asking
from replenish.web.staff.incidents.one import one
from replenish.web.staff.incidents.overview import overview
from replenish.web.staff.incidents.restraint import restraint
from replenish.web.staff.incidents.writing import write

urlpatterns = [
    path("", overview, name="staff-incidents"),
    path("write/", write, name="staff-incidents-write"),
    path("one/", one, name="staff-incident"),
    path("asking/", asking, name="staff-incidents-asking"),
    path("answers/", answers, name="staff-incidents-answers"),
    path("restraint/", restraint, name="staff-incidents-restraint"),
]
