"""The kinds, states and sides of supervision: the codes that tables, actions and pages share."""

from __future__ import annotations

from django.db import models


class AgreementKind(models.TextChoices):
    """Who meets."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    PEER = "peer"
    """Equals, and nobody is the supervisor."""
    EXTERNAL = "external"
    """The supervisor is from outside and has no account."""


class AgreementState(models.TextChoices):
    """Where an agreement stands; it only ever moves down this list."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    ENDED = "ended"


class Part(models.TextChoices):
    """In what part somebody belongs to an agreement."""

    SUPERVISOR = "supervisor"
    SUPERVISEE = "supervisee"
    PEER = "peer"


class MeetingState(models.TextChoices):
    """What became of a meeting that was due."""

    PLANNED = "planned"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"
    NOT_HELD = "not_held"


class Side(models.TextChoices):
    """From which side a change came; it is told pooled over many people alone."""

    SUPERVISOR = "supervisor"
    SUPERVISEE = "supervisee"
    ORGANISATION = "organisation"


class NoteKind(models.TextChoices):
    """What is sealed to the parties of an agreement."""

    SHARED = "shared"
    """What was agreed in a meeting."""
    AGENDA = "agenda"
    """What a supervisee wants to talk about, from the moment they share it."""
