"""Addresses by who is asking."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

# Addresses are tried in their order: the prefix comes before the list that has none.
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", include("replenish.web.carer.urls")),
    path("staff/", include("replenish.web.staff.urls")),
    path("learn/", include("replenish.web.learning.urls")),
    path("", include("replenish.web.public.urls")),
]
