"""The tables of this room: seasons, rounds, and what was published. Nothing here is about a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.ratings.tables import PublishedRating
from replenish.disclosure.bands import FLOOR

__all__ = ["PublishedRating", "RoomFigure"]

KEY_LENGTH = 32
HASH_LENGTH = 64
LONGEST_POINT = 280
LONGEST_TITLE = 140


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


class FactState(models.TextChoices):
    """What became of a figure that somebody entered."""

    CURRENT = "current"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"


class ProvidedFact(models.Model):
    """A count of what was provided, as somebody entered it; never deleted, and corrected by a new row."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Empty: the whole organisation."""
    kind = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField()
    count = models.BigIntegerField()
    """In hundredths, so that halves of a day add up exactly."""
    out_of = models.BigIntegerField()
    """In hundredths."""
    source = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=KEY_LENGTH)
    entered_on = models.DateField()
    replaces = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """The row that this one corrects."""
    state = models.CharField(max_length=16, choices=FactState.choices, default=FactState.CURRENT)
    ended_by = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "unit"], name="fact_by_unit"),
            models.Index(fields=["organisation", "kind", "last_day"], name="fact_by_kind"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "kind", "first_day"],
                condition=models.Q(state="current"),
                name="fact_one_current",
            ),
            models.CheckConstraint(condition=models.Q(state__in=FactState.values), name="fact_state_known"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="fact_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=0, out_of__gt=0), name="fact_out_of_something"
            ),
        ]


class AddedUp(models.Model):
    """What the figures of all parts of a unit come to, for one kind and period."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    kind = models.CharField(max_length=40)
    first_day = models.DateField()
    last_day = models.DateField()
    count = models.BigIntegerField()
    out_of = models.BigIntegerField()

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "kind", "last_day"], name="added_up_by_kind"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "kind", "first_day", "last_day"], name="added_up_once"
            ),
        ]


class PointState(models.TextChoices):
    """Where a point stands that a team agreed on."""

    AGREED = "agreed"
    DONE = "done"
    LET_GO = "let_go"


class TakenOnBy(models.TextChoices):
    """Who takes a point on: never one person."""

    TEAM = "team"
    LEADERS = "leaders"


class AgreedPoint(models.Model):
    """A point that a team agreed on in a conversation, in words that they all agreed to; no name is kept."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Whose list it stands on; empty for the whole organisation."""
    words = models.CharField(max_length=LONGEST_POINT)
    condition = models.CharField(max_length=20)
    taken_on_by = models.CharField(max_length=10, choices=TakenOnBy.choices)
    by_when = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PointState.choices, default=PointState.AGREED)
    agreed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "words", "agreed_on"], name="point_agreed_once_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(state=PointState.AGREED, ended_on__isnull=True)
                | models.Q(state__in=[PointState.DONE, PointState.LET_GO], ended_on__isnull=False),
                name="point_ended_or_not",
            ),
        ]


class ActionKind(models.TextChoices):
    """At what an action takes hold; the first change the work itself, the last leaves it to single people."""

    ELIMINATE = "eliminate"
    REDESIGN = "redesign"
    ROTA = "rota"
    SUPERVISION = "supervision"
    DEBRIEF = "debrief"
    LEADERSHIP = "leadership"
    TRAINING = "training"
    INDIVIDUAL = "individual"


class ActionState(models.TextChoices):
    """Where an action stands; it only ever moves down this list."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Expected(models.TextChoices):
    """Which way the condition is expected to go."""

    HIGHER = "higher"
    LOWER = "lower"


class Action(models.Model):
    """Something that is tried for a condition: public to everybody who works there, in the planner's words.

    Units, starts, condition and expectation are what it is judged by afterwards: once it runs they stay.
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    library = models.CharField(max_length=60, default="", blank=True)
    """The code of the library; empty for an action of their own."""
    words = models.CharField(max_length=LONGEST_TITLE, default="", blank=True)
    """The title of an action of their own."""
    kind = models.CharField(max_length=12, choices=ActionKind.choices)
    condition = models.CharField(max_length=60)
    expects = models.CharField(max_length=6, choices=Expected.choices)
    units = models.JSONField(default=list)
    """Ids of units, each with all below it; none for the whole organisation."""
    first_day = models.DateField()
    starts = models.JSONField(default=dict)
    """By unit where people work, the day it begins, or null where it waits."""
    by_lot = models.BooleanField(default=False)
    seed = models.PositiveIntegerField()
    """Of the lot, made by chance when the action is planned and never again."""
    waves = models.PositiveSmallIntegerField(default=1)
    waiting = models.PositiveSmallIntegerField(default=0)
    """How many groups wait for now, as asked."""
    owner = models.CharField(max_length=KEY_LENGTH)
    because_low = models.BooleanField(default=False)
    """Whether these units were chosen because the condition stood low there."""
    release = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """The release that it answers to."""
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.PLANNED)
    promised = models.JSONField(default=dict)
    """What was said beforehand about what could be seen, fixed when it began to run."""
    judged = models.JSONField(default=list)
    """What published bands say of its effect, as nights worked it out, oldest first; nothing beyond them."""
    planned_on = models.DateField()
    fixed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_words = models.CharField(max_length=LONGEST_POINT, default="", blank=True)
    entered_by = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="action_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=ActionState.values), name="action_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "running"], ended_on__isnull=True)
                | models.Q(state__in=["done", "stopped"], ended_on__isnull=False),
                name="action_ended_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", fixed_on__isnull=True)
                | models.Q(state__in=["running", "done"], fixed_on__isnull=False)
                | models.Q(state="stopped"),
                name="action_fixed_when_it_runs",
            ),
            models.CheckConstraint(condition=~models.Q(library="", words=""), name="action_has_a_name"),
        ]


class ActionNote(models.Model):
    """A few words on how an action goes, with their day; never changed."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    words = models.CharField(max_length=LONGEST_POINT)
    noted_on = models.DateField()
    entered_by = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        """The same words on the same day stand once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "words", "noted_on"], name="note_once_a_day"),
        ]
