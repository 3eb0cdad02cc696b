"""Addresses of the pages about the answers of leaders."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.answers.keeping import keeping
from replenish.web.staff.answers.overview import answers
from replenish.web.staff.answers.writing import write

urlpatterns: list[URLPattern] = [
    path("", answers, name="staff-answers"),
    path("write/", write, name="staff-answers-write"),
    path("kept/", keeping, name="staff-answers-kept"),
]
