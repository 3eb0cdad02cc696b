"""Addresses of the pages about the state of the installation and its ledger."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
