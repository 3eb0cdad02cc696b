"""The tables of this room: responses, their commitments, what became of these. Everybody reads all of it.

A row is written once. Triggers of the database refuse to change it or to delete it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY_LENGTH = 32
NAME_LENGTH = 120
LONGEST_WORDS = 280
MOST_COMMITMENTS = 5
LONGEST_CONDITION = 60
LONGEST_WHY = 160


class Outcome(models.TextChoices):
    """What a leader says became of a commitment."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"


class Response(models.Model):
    """What somebody who leads said about one round, for a part of the tree and all below it."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    round = models.CharField(max_length=KEY_LENGTH)
    """Opaque here: this room knows no rounds."""
    place = models.PositiveIntegerField()
    """Which response to this round it is, from 1."""
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Empty: the whole organisation."""
    account = models.CharField(max_length=KEY_LENGTH)
    signed = models.CharField(max_length=NAME_LENGTH)
    """The name of the writer, as it was on that day: who signs stays signed."""
    part = models.CharField(max_length=20)
    said_on = models.DateField()

    class Meta:
        """Two who write at the same moment do not take one place."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "round", "place"], name="response_place_once"),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="response_places_from_one"),
        ]


class Commitment(models.Model):
    """One thing that was promised."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH + 2)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="commitments")
    place = models.PositiveIntegerField()
    words = models.CharField(max_length=LONGEST_WORDS)
    condition = models.CharField(max_length=LONGEST_CONDITION, default="", blank=True)
    """The condition it is about, by its name in releases; empty where it is about none of them."""
    until = models.DateField(null=True)

    class Meta:
        """A response is one to five commitments."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["response", "place"], name="commitment_place_once"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=MOST_COMMITMENTS), name="commitments_at_most_five"
            ),
        ]


class LogEntry(models.Model):
    """What somebody who leads says became of a commitment; the commitment itself stays as it was."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="log")
    place = models.PositiveIntegerField()
    """Which entry about this commitment it is, from 1."""
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    why = models.CharField(max_length=LONGEST_WHY)
    account = models.CharField(max_length=KEY_LENGTH)
    signed = models.CharField(max_length=NAME_LENGTH)
    """The name of the writer, as it was on that day: who signs stays signed."""
    part = models.CharField(max_length=20)
    said_on = models.DateField()

    class Meta:
        """Two who write at the same moment do not take one place."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "place"], name="log_place_once"),
            models.CheckConstraint(condition=models.Q(place__gte=1), name="log_places_from_one"),
        ]
