"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """The room as an application of Django."""

    name = "replenish.learning"
    label = "learning"
