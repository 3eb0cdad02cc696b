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
