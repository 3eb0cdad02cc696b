"""The tables of the carers' side: names that are random to everybody but their owner, and nothing that ticks.

No table holds a person, a time, a running number or a count of what anybody did. Every primary key is text
and comes from a hash or from chance, so the order of rows says nothing; no foreign key leaves the room;
seasons, units, rounds and reporting groups are opaque text here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

NAME = 64  # hexadecimal digits of 32 bytes
OPAQUE = 128


class SeatSeason(models.Model):
    """A season in which seats are valid, and until when a visit renews a seat of the season before."""

    id = models.CharField(max_length=OPAQUE, primary_key=True)
    follows = models.CharField(max_length=OPAQUE, default="", blank=True)
    renew_until = models.DateField()


class GroupOfUnit(models.Model):
    """The season's plan: the reporting group of each unit. Contributions carry the group, never the unit."""

    id = models.CharField(max_length=2 * OPAQUE + 1, primary_key=True)
    season = models.CharField(max_length=OPAQUE)
    unit = models.CharField(max_length=OPAQUE)
    group = models.CharField(max_length=OPAQUE)

    class Meta:
        """A unit is in one group of a season; each visit asks for the units of one group."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "unit"], name="one_group_for_a_unit")
        ]
        indexes: ClassVar = [models.Index(fields=["season", "group"], name="units_of_a_group")]


class GroupDoubt(models.Model):
    """Whether somebody doubts the number of slips of a group, sealed: every group of a season has a row."""

    id = models.CharField(max_length=2 * OPAQUE + 1, primary_key=True)
    sealed = models.BinaryField()


class SlipKind(models.TextChoices):
    """What a row of slips stands for."""

    DRAWN = "drawn"
    RENEWED = "renewed"
    """No slips: seats of the season before that were renewed, counted once when no more could be."""
    REPLACEMENT = "replacement"
    """Slips beyond the headcount, for seats whose card is lost or whose owner left."""
    CARRIED = "carried"
    """Those of the renewed seats that may have been taken with a replacement: nobody can tell which were."""


class SlipDraw(models.Model):
    """The slips made for one unit at one time: how many, and how many were used by the last night.

    `withdrawn` counts slips that expired or were replaced unspent, so that `used` can be worked out in the
    night without a row that remembers a spending. After a fresh draw all earlier ones are withdrawn: the
    seats that were taken with them are gone.
    """

    id = models.CharField(max_length=NAME, primary_key=True)
    season = models.CharField(max_length=OPAQUE)
    unit = models.CharField(max_length=OPAQUE)
    kind = models.CharField(max_length=16, choices=SlipKind.choices, default=SlipKind.DRAWN)
    made = models.IntegerField()
    used = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    expires_on = models.DateField()

    class Meta:
        """No more slips are used or withdrawn than were made; each visit asks for those of a few units."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    used__gte=0, withdrawn__gte=0, made__gte=models.F("used") + models.F("withdrawn")
                ),
                name="slips_add_up",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["season", "unit"], name="draws_of_a_unit")]


class Slip(models.Model):
    """A slip that nobody has spent yet, under the hash of its code. Spending it deletes the row."""

    hash = models.CharField(max_length=NAME, primary_key=True)
    draw = models.ForeignKey(SlipDraw, on_delete=models.CASCADE)


class SeatRow(models.Model):
    """Membership of a unit for a season, under a name that only its owner's secret derives.

    `counts_from` is the number of the first round in which the seat counts. A move to another unit counts
    from the round `moves_from`; the night after that round has begun writes it into `unit`.
    """

    name = models.CharField(max_length=NAME, primary_key=True)
    season = models.CharField(max_length=OPAQUE)
    unit = models.CharField(max_length=OPAQUE)
    counts_from = models.IntegerField()
    moves_to = models.CharField(max_length=OPAQUE, default="", blank=True)
    moves_from = models.IntegerField(null=True, blank=True)

    class Meta:
        """Shared columns of the two tables of seats."""

        abstract = True


class Seat(SeatRow):
    """The seats that are in every backup."""


class ArrivingSeat(SeatRow):
    """The seats taken since arrivals were last moved; a night every four weeks moves them, all together."""


class BoxRow(models.Model):
    """A person's sealed box, wrapped once more in a layer that is made anew every night."""

    name = models.CharField(max_length=NAME, primary_key=True)
    wrapped = models.BinaryField()

    class Meta:
        """Shared columns of the two tables of boxes."""

        abstract = True


class Box(BoxRow):
    """The boxes that are in every backup, whoever opened theirs since."""


class ArrivingBox(BoxRow):
    """The boxes made since arrivals were last moved; a night every four weeks moves them, all together."""


class ErasedBox(models.Model):
    """The hash of an erased box's name, so that a restored older backup drops it again."""

    name_hash = models.CharField(max_length=NAME, primary_key=True)


class OpenRound(models.Model):
    """A round that is open or closing: to whom contributions are sealed, and what they hold."""

    id = models.CharField(max_length=OPAQUE, primary_key=True)
    season = models.CharField(max_length=OPAQUE)
    number = models.IntegerField()
    recipient = models.CharField(max_length=200, default="", blank=True)
    scales = models.JSONField()
    packs = models.JSONField()
    accepting = models.BooleanField(default=True)
    paused = models.TextField(default="", blank=True)
    """The codes of groups that contribute nothing for now, between blanks; given when the round opens."""
    starts_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        """Rounds of a season are numbered from one and end after they begin."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["season", "number"], name="one_round_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rounds_count_from_one"),
            models.CheckConstraint(condition=Q(closes_on__gt=models.F("starts_on")), name="round_has_length"),
        ]


class Contribution(models.Model):
    """One person's scores of one round, sealed to the key of the round, under a name that dies with it."""

    voice = models.CharField(max_length=NAME, primary_key=True)
    round = models.ForeignKey(OpenRound, on_delete=models.CASCADE)
    group = models.CharField(max_length=OPAQUE)
    sealed = models.BinaryField()


class NightState(models.Model):
    """One row: the key of tonight's outer layer, whether a rewrite is under way, when arrivals were moved."""

    id = models.CharField(max_length=8, primary_key=True)
    key_id = models.CharField(max_length=NAME)
    rewriting = models.BooleanField(default=False)
    mixed_on = models.DateField(null=True, blank=True)
