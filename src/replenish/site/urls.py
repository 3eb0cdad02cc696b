"""The root of all addresses."""

from __future__ import annotations

from replenish.web.urls import urlpatterns

handler404 = "replenish.web.shared.errors.no_page"

__all__ = ["handler404", "urlpatterns"]
