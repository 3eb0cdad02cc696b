"""Addresses of the pages about the conditions report, as those with a part read it."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
