"""Addresses of the pages for anybody."""

from __future__ import annotations

from django.urls import path

from replenish.web.public.help_now import help_now
from replenish.web.public.slip_landing import slip_landing
from replenish.web.public.welcome import quiet, welcome
from replenish.web.public.who_can_see import who_can_see

urlpatterns = [
    path("", welcome, name="welcome"),
    path("who-can-see-what/", who_can_see, name="who-can-see-what"),
    path("help-now/", help_now, name="help-now"),
    path("quiet/", quiet, name="quiet"),
    path("join/", slip_landing, name="slip-landing"),
]
