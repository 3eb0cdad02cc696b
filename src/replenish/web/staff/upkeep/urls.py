"""Addresses of the pages about how the installation is, and what was done."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.upkeep import health, record

urlpatterns: list[URLPattern] = [
    path("", health.health, name="staff-upkeep"),
    path("ledger/", record.ledger, name="staff-ledger"),
]
