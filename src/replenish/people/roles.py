"""In what parts people act: the names that pages, commands and the ledger share."""

from __future__ import annotations

from django.db import models


class RoleKind(models.TextChoices):
    """In what part somebody acts."""

    STEWARD = "steward"
    DEPUTY = "deputy"
    """Writes the answer of the leaders where the steward is away; holds neither key."""
    REPRESENTATIVE = "representative"
    FACILITATOR = "facilitator"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


OF_UNITS = frozenset({RoleKind.STEWARD, RoleKind.DEPUTY})
"""Those who may answer for a part of the tree; the others act for the whole organisation."""

LEADERS = (RoleKind.STEWARD, RoleKind.DEPUTY)
"""Those who answer for conditions, and whose own view of a release waits for that answer."""

KEY_HOLDERS = (RoleKind.STEWARD, RoleKind.REPRESENTATIVE)
"""Those who hold one of the two keys."""

READERS = tuple(kind for kind in RoleKind if kind is not RoleKind.OPERATOR)
"""Those who read what was published; the operator keeps the installation running and reads none of it."""
