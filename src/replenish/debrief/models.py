"""The tables of this room: what is arranged and on offer, and incidents with what was done after them.

No row about an incident holds a name, a case, a word of text or an account. Who was asked, and who said yes,
stands in sealed lists that only one facilitator opens.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KEY_LENGTH = 32
CODE_LENGTH = 40
UNIT_LENGTH = 128
QUARTER_LENGTH = 6
LONGEST_POINT = 280
LONGEST_COURSE = 120


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


class IncidentState(models.TextChoices):
    """Whether an incident counts."""

    CURRENT = "current"
    TAKEN_BACK = "taken_back"


class Incident(models.Model):
    """That something hard happened: what kind, where, in which hours, how heavy; of no person or case."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH)
    kind = models.CharField(max_length=CODE_LENGTH)
    setting = models.CharField(max_length=CODE_LENGTH)
    """The sort of place it happened in."""
    day = models.DateField()
    band = models.PositiveSmallIntegerField()
    """The hour at which its band of three hours begins: 0, 3, up to 21."""
    severity = models.PositiveSmallIntegerField()
    restraint = models.BooleanField()
    entered_as = models.CharField(max_length=20)
    """The part in which somebody wrote it down."""
    state = models.CharField(max_length=10, choices=IncidentState.choices, default=IncidentState.CURRENT)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "day"], name="incidents_by_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(severity__range=(1, 3)), name="severity_of_three"),
            models.CheckConstraint(
                condition=models.Q(band__in=(0, 3, 6, 9, 12, 15, 18, 21)), name="bands_of_three_hours"
            ),
        ]


class Outcome(models.TextChoices):
    """What became of a step."""

    DONE = "done"
    OFFERED = "offered"
    NOT_DONE = "not_done"


class IncidentStep(models.Model):
    """What became of one step after an incident; no row while nothing is said. Never who took part."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=CODE_LENGTH)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    because = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    """Why it was not done, as a code; empty otherwise."""
    day = models.DateField()
    band = models.PositiveSmallIntegerField()
    """When it was done or offered, in the same bands as incidents."""

    class Meta:
        """One row for a step of an incident."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "step"], name="one_row_for_a_step"),
            models.CheckConstraint(
                condition=models.Q(outcome="not_done", because__gt="")
                | (~models.Q(outcome="not_done") & models.Q(because="")),
                name="a_reason_for_what_was_not_done",
            ),
        ]


class AskingList(models.Model):
    """Whom a facilitator asks again, sealed to that facilitator; destroyed by the night on its day.

    Each time it is kept, the row is a new one, so that nothing counts how often it was opened or changed.
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    account = models.CharField(max_length=KEY_LENGTH)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="asking_lists")
    sealed = models.BinaryField()
    destroy_on = models.DateField()

    class Meta:
        """One list of a facilitator for an incident."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["incident", "account"], name="one_list_for_an_incident")
        ]


class AnswerTally(models.Model):
    """How many offers of a quarter were taken, sealed to the facilitator who made them until it is told."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    account = models.CharField(max_length=KEY_LENGTH)
    quarter = models.CharField(max_length=QUARTER_LENGTH)
    """As in 2027Q1."""
    sealed = models.BinaryField()
    destroy_on = models.DateField()

    class Meta:
        """One tally of a facilitator for a quarter."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "account", "quarter"], name="one_tally_for_a_quarter"
            )
        ]


class AnswersOfQuarter(models.Model):
    """What share of a quarter's offers was taken, as a band, over at least seven; of no unit or person."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    quarter = models.CharField(max_length=QUARTER_LENGTH)
    step = models.CharField(max_length=CODE_LENGTH)
    size = models.CharField(max_length=10)
    """The class of how many offers there were: 7-12, 13-24 or 25+."""
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()


class ConversationKind(models.TextChoices):
    """What kind of conversation follows something hard."""

    HOT = "hot"
    """Ten minutes or less, on the same shift."""
    LEARNING = "learning"
    """About an hour, some days later."""
    REVIEW = "review"
    """The formal review of what can be learnt, apart from support."""


class Conversation(models.Model):
    """That a conversation was held after something hard, or why not. Never who came, spoke or led it.

    `came` says how many came as far as it may be kept, and `number` only where it says "some".
    """

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    unit = models.CharField(max_length=KEY_LENGTH)
    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="conversations", null=True, blank=True
    )
    """None where a team asked without one."""
    kind = models.CharField(max_length=10, choices=ConversationKind.choices)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    """None where it was not held."""
    because = models.CharField(max_length=CODE_LENGTH, default="", blank=True)
    """Why it was not held, as a code; empty where it was."""
    came = models.CharField(max_length=4, default="", blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """What the database refuses."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "day"], name="conversations_by_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(minutes__isnull=False, because="")
                | models.Q(minutes__isnull=True, because__gt="", came="", number__isnull=True),
                name="held_or_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(came="some", number__isnull=False)
                | (~models.Q(came="some") & models.Q(number__isnull=True)),
                name="heads_for_some_alone",
            ),
        ]


class LearningPoint(models.Model):
    """Words that a group agreed on before they left the room: about the place, and never who said them."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="points")
    place = models.PositiveSmallIntegerField()
    """Its place in the list, from 1."""
    words = models.CharField(max_length=LONGEST_POINT)
    condition = models.CharField(max_length=CODE_LENGTH)
    by_when = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, default="", blank=True)
    """What those who lead said to it: "action", "done" or "not_now"; empty while it waits."""
    answer_words = models.CharField(max_length=LONGEST_POINT, default="", blank=True)
    action = models.CharField(max_length=KEY_LENGTH, default="", blank=True)
    """The action it became."""
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        """One point in a place."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "place"], name="one_point_in_a_place")
        ]


class Training(models.Model):
    """That a facilitator was trained to lead, and until when that holds."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    account = models.CharField(max_length=KEY_LENGTH)
    course = models.CharField(max_length=LONGEST_COURSE)
    trained_on = models.DateField()
    valid_until = models.DateField()


class LedInMonth(models.Model):
    """How many conversations somebody led in a month, for their own aftercare; of none of them which."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.CharField(max_length=KEY_LENGTH)
    account = models.CharField(max_length=KEY_LENGTH)
    month = models.CharField(max_length=7)
    """As in 2027-01; removed once it no longer counts, by whatever is written down next."""
    led = models.PositiveSmallIntegerField()

    class Meta:
        """One row for a month."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "account", "month"], name="one_row_for_a_month_of_leading"
            )
        ]
