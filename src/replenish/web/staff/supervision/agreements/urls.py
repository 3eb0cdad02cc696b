"""Addresses of the pages about agreements, below `/staff/supervision/agreements/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.supervision.agreements.pages import agreement, agreements, change_terms, propose_one

urlpatterns = [
    path("", agreements, name="staff-agreements"),
    path("one/", agreement, name="staff-agreement"),
    path("propose/", propose_one, name="staff-agreement-propose"),
    path("change/", change_terms, name="staff-agreement-change"),
]
