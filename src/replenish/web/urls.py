"""Addresses by who is asking."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("replenish.web.public.urls")),
    path("my/", include("replenish.web.carer.urls")),
]
