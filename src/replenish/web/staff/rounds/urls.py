"""Addresses of the pages about seasons, rounds and holidays."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
