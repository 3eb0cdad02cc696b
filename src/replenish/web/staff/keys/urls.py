"""Addresses of the pages about headcounts and slips, under two keys."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
