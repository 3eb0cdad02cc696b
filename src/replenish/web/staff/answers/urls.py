"""Addresses of the pages about the answers of leaders."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
