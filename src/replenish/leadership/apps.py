"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """The room as an application of Django."""

    name = "replenish.leadership"
    label = "leadership"
