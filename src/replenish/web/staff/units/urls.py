"""Addresses of the pages about the unit tree and the organisation as a whole."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.units import calling_off, changing, organisation, tree

urlpatterns: list[URLPattern] = [
    path("", tree.units, name="staff-units"),
    path("one/", tree.unit, name="staff-unit"),
    path("add/", changing.add, name="staff-unit-add"),
    path("rename/", changing.rename, name="staff-unit-rename"),
    path("move/", changing.move, name="staff-unit-move"),
    path("dissolve/", changing.dissolve, name="staff-unit-dissolve"),
    path("call-off/", calling_off.announced, name="staff-unit-call-off"),
    path("organisation/", organisation.organisation, name="staff-organisation"),
    path("organisation/setting/", organisation.setting, name="staff-organisation-setting"),
    path("organisation/floor/", organisation.floor, name="staff-organisation-floor"),
]
