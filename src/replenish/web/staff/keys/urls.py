"""Addresses of the pages about headcounts and slips, under two keys."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.keys.deciding import decide
from replenish.web.staff.keys.doubts import doubts
from replenish.web.staff.keys.drawing import draw
from replenish.web.staff.keys.headcount import headcounts
from replenish.web.staff.keys.overview import keys
from replenish.web.staff.keys.slips import replacements, slips

urlpatterns = [
    path("", keys, name="staff-keys"),
    path("decide/", decide, name="staff-keys-decide"),
    path("headcount/", headcounts, name="staff-keys-headcount"),
    path("slips/", slips, name="staff-keys-slips"),
    path("replacements/", replacements, name="staff-keys-replacements"),
    path("draw/", draw, name="staff-keys-draw"),
    path("doubts/", doubts, name="staff-keys-doubts"),
]
