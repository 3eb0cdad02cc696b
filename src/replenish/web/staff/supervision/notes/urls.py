"""Addresses of the pages about what is sealed, below `/staff/supervision/notes/`."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.supervision.notes.notebook import notebook
from replenish.web.staff.supervision.notes.pages import file, notes, share, write

urlpatterns = [
    path("", notes, name="staff-notes"),
    path("write/", write, name="staff-note-write"),
    path("share/", share, name="staff-note-share"),
    path("notes.txt", file, name="staff-notes-file"),
    path("notebook/", notebook, name="staff-notebook"),
]
