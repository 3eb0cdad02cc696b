"""The table of figures that the rooms of supervision and debrief give by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY_LENGTH = 32


class RoomFigure(models.Model):
    """What a room counts for one part, kind and month; written by the night alone, and by nobody's hand."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Empty: the whole organisation."""
    kind = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField()
    count = models.BigIntegerField()
    """In hundredths, as figures that are entered."""
    out_of = models.BigIntegerField()

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "unit"], name="room_figure_by_unit"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "kind", "first_day"], name="room_figure_once"
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=0, out_of__gt=0), name="room_figure_out_of_something"
            ),
        ]
