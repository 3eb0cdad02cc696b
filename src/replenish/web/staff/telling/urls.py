"""Addresses of the pages about posters, messages, calendar and notices."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
