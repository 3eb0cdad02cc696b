"""The table of the peer: one row for each request, under a random name as ours are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Line(models.Model):
    """A row."""

    name = models.CharField(max_length=64, primary_key=True)
    text = models.CharField(max_length=200)
    objects: ClassVar[models.Manager[Line]] = models.Manager()

    class Meta:
        """It belongs to no application."""

        app_label = "bench"
