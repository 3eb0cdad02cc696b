"""Addresses of the pages about facts of provision."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
