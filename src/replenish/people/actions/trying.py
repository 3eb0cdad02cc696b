"""Trying a change before it is made: what would be refused is known, and nothing stays."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def try_out(change: Callable[[], object]) -> None:
    """Make a change and take it back, its entry in the ledger with it.

    Raises:
        Refused: what the change itself would be refused for.
    """
    with transaction.atomic():
        before = transaction.savepoint()
        change()
        transaction.savepoint_rollback(before)
