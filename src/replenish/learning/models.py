"""The table of this room: sessions that are planned or were held. There is no table of who comes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from replenish.learning.attendance import Came

KEY_LENGTH = 32
CODE_LENGTH = 40
LONGEST_WORDS = 120


class SessionState(models.TextChoices):
    """Where a session stands."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


class Session(models.Model):
    """A session of an offer, and afterwards that it was held. Nobody who came or stayed away is named.

    `came` says how many came as far as it may be kept, and `number` only where it says "some".
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """For whom; empty for the whole organisation."""
    offer = models.CharField(max_length=CODE_LENGTH)
    part = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    """The unit of the offer; empty for the whole offer."""
    title = models.CharField(max_length=LONGEST_WORDS, default="", blank=True)
    day = models.DateField()
    begins = models.CharField(max_length=5)
    ends = models.CharField(max_length=5)
    place = models.CharField(max_length=LONGEST_WORDS)
    led_by = models.CharField(max_length=LONGEST_WORDS)
    places = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    came = models.CharField(max_length=4, choices=[(one.value, one.value) for one in Came], default="")
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "day"], name="sessions_by_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(came="some", number__isnull=False)
                | (~models.Q(came="some") & models.Q(number__isnull=True)),
                name="a_number_for_some_alone",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held") | models.Q(came=""), name="came_where_it_was_held"
            ),
        ]
