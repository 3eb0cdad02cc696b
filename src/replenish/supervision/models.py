"""The tables of this room: agreements of named people, facts about their meetings, and what is sealed.

A row tells that something was agreed, due, held or moved. Nothing tells how anybody feels, or what was said.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from replenish.supervision.kinds import AgreementKind as AgreementKind
from replenish.supervision.kinds import AgreementState as AgreementState
from replenish.supervision.kinds import MeetingState as MeetingState
from replenish.supervision.kinds import NoteKind as NoteKind
from replenish.supervision.kinds import Part as Part
from replenish.supervision.kinds import Side as Side

KEY_LENGTH = 32
CODE_LENGTH = 60
LONGEST_WORDS = 200
MOST_SUPERVISEES = 8


class Agreement(models.Model):
    """How some people work together in supervision."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH)
    """Where the supervisees work: facts are counted there."""
    kind = models.CharField(max_length=12, choices=AgreementKind.choices)
    external = models.CharField(max_length=LONGEST_WORDS, default="", blank=True)
    """Who the supervisor is, in words, where they have no account."""
    state = models.CharField(max_length=10, choices=AgreementState.choices, default=AgreementState.PROPOSED)
    proposed_by = models.CharField(max_length=KEY_LENGTH)
    proposed_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    """The day on which the last of them agreed to the first terms."""
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    """The agreement it takes over from, where a supervisor left or was changed."""

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state", "unit"], name="agreements_by_unit")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind="external") | Q(external=""), name="words_for_somebody_outside_alone"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="agreement_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_on__isnull=False), name="agreement_agreed_on_a_day"
            ),
        ]


class Terms(models.Model):
    """One wording of what they agreed; a later one has the next version, and earlier ones stay."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    written_by = models.CharField(max_length=KEY_LENGTH)
    written_on = models.DateField()
    in_force_from = models.DateField(null=True, blank=True)
    """The day on which all of them had agreed to it."""
    rhythm = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    """The preset; empty where they chose days of their own."""
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    reflective_share = models.PositiveSmallIntegerField()
    """Of the time, in per cent."""
    rebook_days = models.PositiveSmallIntegerField()
    """Working days within which a meeting that fell through is planned anew."""
    review_on = models.DateField()
    functions = models.JSONField()
    """Codes of what supervision is for."""
    points = models.JSONField()
    """What else they agreed, by point: codes of the list, and short words where a point has them."""

    class Meta:
        """What the database refuses."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "version"], name="terms_once_in_a_version"),
            models.CheckConstraint(condition=Q(reflective_share__lte=100), name="a_share_of_the_time"),
            models.CheckConstraint(
                condition=Q(rhythm="", every_days__isnull=False)
                | (~Q(rhythm="") & Q(every_days__isnull=True)),
                name="a_preset_or_own_days",
            ),
            models.CheckConstraint(condition=Q(review_on__gt=F("written_on")), name="a_review_to_come"),
        ]


class Party(models.Model):
    """Somebody with an account who belongs to an agreement, and to which wording they agreed."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    account = models.CharField(max_length=KEY_LENGTH)
    part = models.CharField(max_length=10, choices=Part.choices)
    read_limits = models.BooleanField(default=False)
    """Whether they have said that they read who can see what, before anything was written."""
    agreed_version = models.PositiveSmallIntegerField(default=0)
    agreed_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        """Nobody belongs to an agreement twice."""

        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["account"], name="parties_by_account")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "account"], name="party_once_in_an_agreement"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(part="supervisor"), name="one_supervisor_in_an_agreement"
            ),
            models.CheckConstraint(
                condition=Q(agreed_version=0) | Q(read_limits=True), name="limits_are_read_before_agreeing"
            ),
        ]


class Meeting(models.Model):
    """That a meeting was due, and what became of it: facts about what is provided, none about how it felt.

    `due_on` follows from the rhythm. A meeting that is moved keeps it, and the new one has none of its own.
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="meetings")
    due_on = models.DateField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    begins = models.CharField(max_length=5, default="", blank=True)
    place = models.CharField(max_length=LONGEST_WORDS, default="", blank=True)
    medium = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    side = models.CharField(max_length=12, choices=Side.choices, default="", blank=True)
    reason = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    """A code about conditions (short-staffed, an emergency, no room), never about somebody's health."""
    changed_on = models.DateField(null=True, blank=True)
    instead_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="instead")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    interrupted = models.BooleanField(null=True, blank=True)
    reflective_kept = models.BooleanField(null=True, blank=True)
    functions = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    """Codes of the list, never a story."""
    wellbeing_offered = models.BooleanField(null=True, blank=True)
    """That somebody asked how things are was offered; never what was said."""
    raised = models.PositiveSmallIntegerField(default=0)
    """How many points about conditions go on to those who can change them."""
    closed = models.PositiveSmallIntegerField(default=0)
    """How many such points came back with an answer."""
    recorded_by = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    recorded_on = models.DateField(null=True, blank=True)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agreement", "day"], name="meetings_by_day"),
            models.Index(fields=["state", "due_on"], name="meetings_by_due_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="held") | Q(minutes__isnull=True, reflective_kept__isnull=True),
                name="minutes_where_it_was_held",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "held"], side="", reason="")
                | (Q(state__in=["moved", "cancelled", "not_held"]) & ~Q(side="")),
                name="a_side_where_it_fell_through",
            ),
            models.UniqueConstraint(
                fields=["agreement", "due_on"], condition=Q(due_on__isnull=False), name="due_once_on_a_day"
            ),
        ]


class Confirmation(models.Model):
    """That one of the parties confirmed the facts of a meeting."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="confirmations")
    account = models.CharField(max_length=KEY_LENGTH)
    confirmed_on = models.DateField()

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "account"], name="confirmed_once_by_each")
        ]


class Note(models.Model):
    """Something the parties of an agreement share, sealed to them; the server opens none of it."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notes")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    version = models.PositiveSmallIntegerField(default=1)
    written_by = models.CharField(max_length=KEY_LENGTH)
    written_on = models.DateField()
    """The day of this version."""
    sealed = models.BinaryField()

    class Meta:
        """One shared note for a meeting; of agendas each supervisee may have one."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind="shared"), name="one_shared_note_for_a_meeting"
            ),
            models.UniqueConstraint(
                fields=["meeting", "written_by"], condition=Q(kind="agenda"), name="one_agenda_for_each"
            ),
        ]


class NoteKey(models.Model):
    """The key of a note, sealed to one who may read it."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="keys")
    account = models.CharField(max_length=KEY_LENGTH)
    key_number = models.PositiveIntegerField()
    """To which of their keys: after a phrase was lost, it opens with the new one once somebody shares it."""
    sealed_key = models.BinaryField()
    given_on = models.DateField()

    class Meta:
        """One for each reader."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account"], name="note_keys_by_account")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "account"], name="one_key_for_each_reader")
        ]


class Notebook(models.Model):
    """One person's own notes about their supervision, all in one, sealed to them alone.

    There is one as soon as there is a key, empty or not, and no date: that somebody wrote is not to be seen.
    """

    account = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    key_number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    sealed_key = models.BinaryField()


class CalendarKey(models.Model):
    """The key of somebody's own calendar of supervision; no names stand in it unless they choose so."""

    account = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    with_names = models.BooleanField(default=False)


class OwnRhythm(models.Model):
    """How an organisation changes a preset for one of its parts, from a day on."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """Empty for the whole organisation."""
    rhythm = models.CharField(max_length=CODE_LENGTH)
    every_days = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=LONGEST_WORDS, default="", blank=True)
    from_date = models.DateField()
    entered_by = models.CharField(max_length=KEY_LENGTH)
    entered_on = models.DateField()

    class Meta:
        """One for a part and a preset from a day on."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "rhythm", "from_date"], name="own_rhythm_once_from_a_day"
            )
        ]
