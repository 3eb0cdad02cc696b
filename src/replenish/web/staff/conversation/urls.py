"""Addresses of the pages about the conversation of a small team."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
