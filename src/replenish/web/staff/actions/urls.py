"""Addresses of the pages about actions."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.actions.listing import actions
from replenish.web.staff.actions.one import one
from replenish.web.staff.actions.planning import plan
from replenish.web.staff.actions.said import said
from replenish.web.staff.actions.shelf import shelf

urlpatterns: list[URLPattern] = [
    path("", actions, name="staff-actions"),
    path("library/", shelf, name="staff-actions-library"),
    path("plan/", plan, name="staff-actions-plan"),
    path("one/", one, name="staff-actions-one"),
    path("said/", said, name="staff-actions-said"),
]
