"""The root of all addresses."""

from __future__ import annotations

from replenish.web.urls import urlpatterns

__all__ = ["urlpatterns"]
