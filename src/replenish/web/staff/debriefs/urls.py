"""Addresses of the pages about debriefs, below `/staff/debriefs/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.debriefs.leading import lead
from replenish.web.staff.debriefs.not_held import not_held
from replenish.web.staff.debriefs.overview import before, overview, reviews
from replenish.web.staff.debriefs.points import answer, points
from replenish.web.staff.debriefs.register import register

urlpatterns = [
    path("", overview, name="staff-debriefs"),
    path("before/", before, name="staff-debriefs-before"),
    path("lead/", lead, name="staff-debriefs-lead"),
    path("not-held/", not_held, name="staff-debriefs-not-held"),
    path("points/", points, name="staff-debriefs-points"),
    path("answer/", answer, name="staff-debriefs-answer"),
    path("reviews/", reviews, name="staff-debriefs-reviews"),
    path("register/", register, name="staff-debriefs-register"),
]
