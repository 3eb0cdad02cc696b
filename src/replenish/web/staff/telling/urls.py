"""Addresses of this room's pages, below `/staff/telling/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.telling import calendar, files, notices, overview, sending, wording

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="staff-telling"),
    path("poster.pdf", files.poster, name="staff-telling-poster"),
    path("message.txt", files.as_text, name="staff-telling-text"),
    path("message.eml", files.as_letter, name="staff-telling-letter"),
    path("rounds.ics", files.calendar, name="staff-telling-calendar-file"),
    path("wording/", wording.wording, name="staff-telling-wording"),
    path("calendar/", calendar.renew, name="staff-telling-calendar"),
    path("list/", sending.list_address, name="staff-telling-list"),
    path("send/", sending.send, name="staff-telling-send"),
    path("notices/", notices.notices, name="staff-notices"),
]
