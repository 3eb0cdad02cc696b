"""The tables of this room: seasons, rounds, and what was published. Nothing here is about a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from replenish.disclosure.bands import FLOOR

KEY_LENGTH = 32
HASH_LENGTH = 64


class State(models.TextChoices):
    """Where a round stands; it only ever moves down this list."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Season(models.Model):
    """Twelve weeks with the same reporting groups (P1); no groups where there are too few people (P10)."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    partition = models.JSONField()
    headcount = models.JSONField()
    """By code of unit, how many people were declared."""
    unit_codes = models.JSONField()
    """By id of unit, the opaque code under which the carers' side knows it; kept from season to season."""
    unit_paths = models.JSONField()
    """By code of unit, its path on the first day: what the partition calls it."""
    group_codes = models.JSONField()
    """By label of reporting group, its opaque code; new in each season."""
    pauses = models.JSONField(default=list)
    """Holidays, as pairs of days, the first included and the last not."""

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "number"], name="season_number_once"),
        ]


class Round(models.Model):
    """Four weeks of answers, planned, open, closing, closed or cancelled."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="rounds")
    number_in_season = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    closes_on = models.DateField()
    """The day of the close: answers count until the day before."""
    state = models.CharField(max_length=16, choices=State.choices, default=State.PLANNED)
    claim = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Who is closing: random text, so that of two closers only one can finish."""
    asked = models.JSONField(default=list)
    """What is asked, frozen when the round opens: name, range and role of each scale."""
    people = models.JSONField(default=dict)
    """By label of reporting group, the headcount when the round opened."""
    floor = models.PositiveIntegerField(default=FLOOR)
    """The least number of voices, as it was when the round opened."""
    recipient = models.CharField(max_length=200, default="", blank=True)
    """The public key of the round."""
    holders = models.JSONField(default=dict)
    """Where the key is split: by name of its holder, the public key their half is sealed to."""
    key_destroyed = models.BooleanField(default=False)

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["season", "number_in_season"], name="round_number_once"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="round_state_known"),
            models.CheckConstraint(condition=models.Q(floor__gte=FLOOR), name="round_floor_not_lowered"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("starts_on")), name="round_closes_after_start"
            ),
        ]


class Doubt(models.Model):
    """A doubt about how many slips were made for a group, as all of it read; nobody knows whose it is.

    `words` are an answer, which holds when both keys have agreed on it (`answered`).
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    """The opaque code of the group, which is new in each season."""
    season = models.ForeignKey(Season, on_delete=models.PROTECT, related_name="doubts")
    label = models.TextField()
    words = models.CharField(max_length=200, default="", blank=True)
    proposed_by = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    proposed_as = models.CharField(max_length=20, default="", blank=True)
    answered = models.BooleanField(default=False)


class PublishedRelease(models.Model):
    """What was published about one round: never changed, never deleted (triggers of the database refuse)."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="release")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=64)
    body = models.TextField()
    """Canonical JSON of the release; the bytes that are hashed, signed and shown."""
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    previous = models.CharField(max_length=HASH_LENGTH, default="", blank=True)
    signature = models.CharField(max_length=2 * HASH_LENGTH)
    public_key = models.CharField(max_length=HASH_LENGTH)
    visible_from = models.DateField()

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "number"], name="release_number_once"),
        ]
