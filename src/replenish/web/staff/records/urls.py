"""Addresses of the pages about the phrase of somebody's records, below `/staff/records/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.records.pages import close, lost, make, new_words, records

urlpatterns = [
    path("", records, name="staff-records"),
    path("make/", make, name="staff-records-make"),
    path("lost/", lost, name="staff-records-lost"),
    path("new-words/", new_words, name="staff-records-new-words"),
    path("close/", close, name="staff-records-close"),
]
