"""One thing at a time for each card, where several writers work at once.

What a card has not got yet, neither box nor seat, cannot be locked as a row. So whoever begins or ends
something under a card holds a number that follows from it, in the memory of the database alone: nothing of it
is written anywhere. SQLite has one writer at a time, who sees all that is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import connection

from replenish.sealing.names import box_name
from replenish.sealing.secret import Secret
from replenish.voices.statements import Value

_HOLD = "SELECT pg_advisory_xact_lock(%s)"


def hold_card(secret: Secret) -> None:
    """Let no other device begin or end anything under this card until the end of the transaction.

    It comes before every other lock, so that no two ever wait for each other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [_number(box_name(secret))])


def change_holding(card: str, statement: str, parameters: Sequence[Value]) -> int:
    """A statement of PostgreSQL as a transaction of its own, which looks after it got hold of the card.

    Both are sent in one go: a single statement could wait for the card, and would then decide by what it saw
    before it waited.

    Args:
        card: the name of its box.
        statement: what is to be done.
        parameters: of the statement.

    Returns:
        The number of rows it touched.
    """
    with connection.cursor() as holding, connection.cursor() as cursor:
        with connection.wrap_database_errors, connection.connection.pipeline():
            holding.execute(_HOLD, [_number(card)])
            cursor.execute(statement, parameters)
        count: int = cursor.rowcount
    return count


def _number(card: str) -> int:
    digest = hashlib.sha256(f"replenish card in use 1\n{card}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
