"""Applying erasures to a restored database: boxes that were erased after the backup was taken go again."""

from __future__ import annotations

from django.db import transaction

from replenish.voices.models import ArrivingBox, Box, ErasedBox
from replenish.voices.stored_boxes import erased_hash

BATCH = 500


def apply_erasures() -> None:
    """Delete every box whose name has its hash among the erased ones."""
    erased = set(ErasedBox.objects.values_list("name_hash", flat=True))
    with transaction.atomic():
        for table in (Box, ArrivingBox):
            names = [n for n in table.objects.values_list("name", flat=True) if erased_hash(n) in erased]
            for start in range(0, len(names), BATCH):
                table.objects.filter(name__in=names[start : start + BATCH]).delete()
