"""The room's name in Django."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The room as an application of Django."""

    name = "replenish.supervision"
    label = "supervision"
