"""The table of what was published about sessions of supervision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY_LENGTH = 32
HASH_LENGTH = 64


class PublishedRating(models.Model):
    """One release over a whole organisation and season: never changed, never deleted (triggers refuse)."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    round = models.CharField(max_length=KEY_LENGTH, unique=True)
    """The round with whose close it was made: the last of its season."""
    season = models.PositiveIntegerField()
    """Counted from the organisation's first."""
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=64)
    body = models.TextField()
    """Canonical JSON of the release; the bytes that are hashed and signed."""
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    previous = models.CharField(max_length=HASH_LENGTH, default="", blank=True)
    signature = models.CharField(max_length=2 * HASH_LENGTH)
    public_key = models.CharField(max_length=HASH_LENGTH)
    visible_from = models.DateField()

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "number"], name="rating_number_once"),
            models.UniqueConstraint(fields=["organisation", "season"], name="rating_season_once"),
        ]
