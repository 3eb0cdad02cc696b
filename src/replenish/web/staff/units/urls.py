"""Addresses of the pages about the unit tree."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
