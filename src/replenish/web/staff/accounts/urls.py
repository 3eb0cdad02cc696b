"""Addresses of the pages about everybody who acts for the organisation."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.accounts import appointing, ending, listing, new_code

urlpatterns: list[URLPattern] = [
    path("", listing.people, name="staff-people"),
    path("one/", listing.person, name="staff-person"),
    path("appoint/", appointing.appointing, name="staff-appoint"),
    path("end-part/", ending.end_part, name="staff-end-part"),
    path("end-account/", ending.end_whole, name="staff-end-account"),
    path("new-code/", new_code.new_code, name="staff-new-code"),
]
