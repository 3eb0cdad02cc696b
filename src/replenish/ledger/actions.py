"""Writing to the ledger: one function, always inside the transaction of what it tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.db import connection, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import LedgerFault
from replenish.ledger.chain import NOTHING_BEFORE, entry_hash
from replenish.ledger.content import require_content
from replenish.ledger.events import Event
from replenish.ledger.models import Entry

OPERATOR = "operator"
TIMETABLE = "timetable"
WHOLE_INSTALLATION = ""
ACCOUNT = re.compile(r"[0-9a-f]{32}")
# Any number does, as long as nothing else in this database uses it for a lock.
LOCK = 0x6C656467


def record(*, organisation: str, event: Event, actor: str, content: Mapping[str, object]) -> Entry:
    """Add an entry at the end of the chain.

    It becomes true together with what it tells, or not at all. Until that transaction ends, no other entry
    is written: record late in a long one.

    Args:
        organisation: the one it is about; `WHOLE_INSTALLATION` where there is none.
        event: what happened.
        actor: the account that did it, `OPERATOR` for the command line, `TIMETABLE` for what a date did.
        content: exactly the keys of the event.

    Raises:
        Refused: the content or the actor is not what may be kept.
        TransactionManagementError: there is no transaction to belong to.
    """
    if actor not in (OPERATOR, TIMETABLE) and not ACCOUNT.fullmatch(actor):
        refuse(LedgerFault.ACTOR, actor=actor)
    plain = require_content(event, content)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry belongs to the transaction of what it tells")
    _wait_for_turn()
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, NOTHING_BEFORE)
    at = clock.now().replace(microsecond=0)
    digest = entry_hash(
        number=number,
        organisation=organisation,
        at=at,
        event=event.value,
        actor=actor,
        content=plain,
        previous=previous,
    )
    return Entry.objects.create(
        number=number,
        organisation=organisation,
        at=at,
        event=event.value,
        actor=actor,
        content=plain,
        previous=previous,
        hash=digest,
    )


def _wait_for_turn() -> None:
    """One writer at a time, until its transaction ends.

    SQLite has one writer anyway, because every transaction begins as `IMMEDIATE`. On PostgreSQL a lock on
    the last row would not do: who waited for it would still see that row as the last.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
