"""The table of this room: one chain of entries for the whole installation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

HASH_LENGTH = 64
KEY_LENGTH = 32


class Entry(models.Model):
    """One thing an administrator did, or one thing that was released.

    The running number is given under a lock, not by the database, so that it has no gaps: a gap is a
    removed entry.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    organisation = models.CharField(max_length=KEY_LENGTH, blank=True)
    """The organisation it is about; empty for what concerns the whole installation."""
    at = models.DateTimeField()
    """In whole seconds, so that every database gives back what was hashed."""
    event = models.CharField(max_length=40)
    """A public name of `events.Event`; not a choice of the database, so that a new event moves no table."""
    actor = models.CharField(max_length=KEY_LENGTH)
    content = models.JSONField()
    previous = models.CharField(max_length=HASH_LENGTH, unique=True)
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    class Meta:
        """Entries of one organisation are read together; a chain has no fork."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "number"], name="entries_of_an_organisation")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="entries_begin_with_one")
        ]
