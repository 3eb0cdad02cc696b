"""The tables of this room: what an organisation has arranged, and what is on offer to a team."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY_LENGTH = 32
UNIT_LENGTH = 128


class Kind(models.TextChoices):
    """What can be offered to a team."""

    DEBRIEF = "debrief"
    REFLECTION = "reflection"


class Arrangement(models.Model):
    """What an organisation has arranged for all its teams, and in its own words whom to turn to."""

    id = models.CharField(primary_key=True, max_length=2 * KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    turn_to = models.CharField(max_length=200)
    since = models.DateField()

    class Meta:
        """One arrangement of a kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_arrangement_of_a_kind")
        ]


class TeamOffer(models.Model):
    """Whether something is on offer to a team in one window of days.

    There is a row for every team, kind and window, drawn by chance beforehand. Asking can only turn `made` to
    true, so a row says nothing more than the offer itself, which everybody in the team sees.
    """

    id = models.CharField(primary_key=True, max_length=UNIT_LENGTH + 32)
    unit = models.CharField(max_length=UNIT_LENGTH)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_day = models.DateField()
    made = models.BooleanField()

    class Meta:
        """One row for a team, a kind and a window."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind", "from_day"], name="one_offer_in_a_window")
        ]
