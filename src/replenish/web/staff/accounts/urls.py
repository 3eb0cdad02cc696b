"""Addresses of the pages about who acts for the organisation."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
