"""The tables of this room: organisations, their units through time, and who acts for them.

No date is finer than a day, and no carer is in any of these tables.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from replenish.people.roles import RoleKind

KEY_LENGTH = 32
DIGEST_LENGTH = 64
NAME_LENGTH = 120
ABOUT_LENGTH = 80


class Setting(models.TextChoices):
    """What kind of place it is: it decides words and rhythms, nothing else."""

    SCHOOL = "school"
    CHILDRENS_HOME = "childrens-home"
    SOCIAL_WORK = "social-work"
    HOSPICE = "hospice"
    CHARITY = "charity"
    OTHER = "other"


class Rhythm(models.TextChoices):
    """How often somebody wants a letter about what waits for them."""

    WEEK = "week"
    DAY = "day"


class ProposalKind(models.TextChoices):
    """What needs two keys."""

    HEADCOUNT = "headcount"
    SLIPS = "slips"
    REPLACEMENTS = "replacements"
    """Slips beyond the headcount, in place of cards that are lost."""


SLIP_KINDS = (ProposalKind.SLIPS, ProposalKind.REPLACEMENTS)


class ProposalState(models.TextChoices):
    """Where a proposal stands; it only ever moves down this list."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    USED = "used"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    LAPSED = "lapsed"
    """Confirmed, and its slips were not drawn in time."""


class Organisation(models.Model):
    """One employer; nothing of it is ever seen from another."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    setting = models.CharField(max_length=20, choices=Setting.choices)
    floor = models.PositiveIntegerField()
    created_on = models.DateField()

    class Meta:
        """The floor of the code is the floor of the database."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(floor__gte=7), name="organisation_floor_not_lowered")
        ]


class Telling(models.Model):
    """How an organisation reaches all of its people at once."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="telling"
    )
    list_address = models.EmailField(default="", blank=True)
    """Of one list that everybody is on; the address of a person is never asked for."""
    calendar_key = models.CharField(max_length=KEY_LENGTH, unique=True, null=True)
    """Opens the calendar of public days, which is the same for everybody; None until there is one."""


class OwnWords(models.Model):
    """What an organisation says in its own words on one occasion."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_words")
    kind = models.CharField(max_length=32)
    words = models.TextField()

    class Meta:
        """One text for each occasion."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="own_words_once_for_a_kind")
        ]


class Message(models.Model):
    """That everybody was told something, on one occasion; to which address is not kept."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=ABOUT_LENGTH)
    """The round, the season or the holidays it is about."""
    day = models.DateField()
    is_sent = models.BooleanField(default=False)
    """False while the mail server has not yet taken it."""

    class Meta:
        """Everybody is told once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "kind", "about"], name="message_sent_once")
        ]


class Unit(models.Model):
    """A team, a service, a house: what stays the same while its name and its place change."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")


class UnitPlace(models.Model):
    """Where a unit stands and what it is called, from a day until (not including) another."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="places_below")
    name = models.CharField(max_length=NAME_LENGTH)
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        """A unit has one place at a time, and is never its own parent."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "from_date"], name="place_begins_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_date__isnull=True), name="place_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="place_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")), name="place_not_below_itself"
            ),
        ]


class Account(models.Model):
    """Somebody who acts for an organisation under their name; never a carer as such."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    name = models.CharField(max_length=NAME_LENGTH)
    code_hash = models.CharField(max_length=200)
    left_on = models.DateField(null=True)
    login = models.ForeignKey("Login", on_delete=models.SET_NULL, null=True, related_name="accounts")
    """How its holder signs in; None until they have used their printed code."""

    class Meta:
        """Nobody acts twice in one organisation: two accounts of one person would be two keys in one hand."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "login"], name="account_once_for_a_login")
        ]


class Logins(BaseUserManager["Login"]):
    """Finds logins by their id alone."""


class Login(AbstractBaseUser):
    """How a person signs in; it may open accounts in several organisations. No name, and no last time."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    email = models.EmailField(unique=True, null=True)
    last_login = None

    objects = Logins()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class RecoveryCode(models.Model):
    """The digest of a code that opens a login once."""

    id = models.CharField(primary_key=True, max_length=DIGEST_LENGTH)
    login = models.ForeignKey(Login, on_delete=models.CASCADE, related_name="recovery_codes")


class OutsideName(models.Model):
    """The digest of the name under which another service knows the person, where they sign in through it."""

    id = models.CharField(primary_key=True, max_length=DIGEST_LENGTH)
    login = models.ForeignKey(Login, on_delete=models.CASCADE, related_name="outside_names")


class Session(models.Model):
    """A browser that is signed in or about to be: no address and no agent, and only until it ends.

    The row is named by the digest of what the browser holds, so that a copy of the table opens nothing.
    """

    id = models.CharField(primary_key=True, max_length=DIGEST_LENGTH)
    login = models.ForeignKey(Login, on_delete=models.CASCADE, null=True, related_name="sessions")
    content = models.TextField()
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class Notices(models.Model):
    """That somebody wants a letter about what waits for them. No row: they want none."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="notices"
    )
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    language = models.CharField(max_length=12)
    """The one in which they chose it."""
    told_until = models.DateField()
    """The last day of which they were told, or had nothing to be told."""


class RecordKey(models.Model):
    """The key of somebody's records: the half others seal to, and the other under their phrase on paper."""

    account = models.OneToOneField(
        Account, on_delete=models.PROTECT, primary_key=True, related_name="record_key"
    )
    public = models.BinaryField()
    wrapped = models.BinaryField()
    number = models.PositiveIntegerField(default=1)
    """Which of their keys it is: one more each time a lost phrase was replaced."""
    since = models.DateField()


class Role(models.Model):
    """A part somebody plays from a day until (not including) another, for a unit and all below it."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="roles")
    """None: the whole organisation."""
    from_date = models.DateField()
    until_date = models.DateField(null=True)

    class Meta:
        """A role ends after it begins."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="role_ends_after_it_begins",
            )
        ]


class Proposal(models.Model):
    """A headcount or a number of slips that waits for the second key."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, choices=ProposalKind.choices)
    content = models.JSONField()
    """`units`: whole numbers by unit; for slips `season` besides."""
    tree = models.CharField(max_length=64)
    """The hash of the unit tree it was made for: a changed tree needs a new proposal."""
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="proposed")
    proposed_as = models.CharField(max_length=20, choices=RoleKind.choices)
    proposed_on = models.DateField()
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="confirmed")
    state = models.CharField(max_length=20, choices=ProposalState.choices)

    class Meta:
        """Two keys are two people, and what is confirmed says by whom."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "used", "lapsed"], confirmed_by__isnull=False)
                | Q(state__in=["pending", "withdrawn", "ended"], confirmed_by__isnull=True),
                name="proposal_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(proposed_as__in=["steward", "representative"]), name="proposal_with_a_key"
            ),
        ]


class Headcount(models.Model):
    """How many people work in a unit, from the day two people declared it; earlier rows stay."""

    id = models.CharField(primary_key=True, max_length=KEY_LENGTH)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="headcounts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="headcounts")
    people = models.PositiveIntegerField()
    declared_on = models.DateField()
    entry = models.PositiveBigIntegerField()
    """The number of the ledger's entry: which of two declarations of one day came later."""
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="headcounts")

    class Meta:
        """One figure for a unit in one declaration; the history is read by unit."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "unit"], name="headcount_once_in_a_proposal")
        ]
