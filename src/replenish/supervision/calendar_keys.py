"""The private address of somebody's calendar of supervision: made anew by its owner, known from its digest.

Only the digest is kept, so that a copy of the table opens nobody's calendar. The address is shown once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from replenish.basis.errors import refuse
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.askers import Asker
from replenish.people.rules import is_living
from replenish.supervision.models import KEY_LENGTH, CalendarKey

KEY_BYTES = 16


@dataclass(frozen=True)
class CalendarChosen:
    """Whether there is an address, and whether names stand in the calendar."""

    is_there: bool = False
    with_names: bool = False


def calendar_chosen(asker: Asker) -> CalendarChosen:
    """What the asker chose for their calendar."""
    row = CalendarKey.objects.filter(account=asker.account or "", organisation=asker.organisation).first()
    return CalendarChosen() if row is None else CalendarChosen(is_there=True, with_names=row.with_names)


def renew_calendar_key(*, asker: Asker, with_names: bool) -> str:
    """Give the asker's calendar a new address and give its key; an earlier address leads nowhere then.

    Args:
        asker: its owner.
        with_names: whether the names of those they meet stand in it.

    Raises:
        Refused: the asker has no account, or has left.
    """
    if not is_living(asker.account or "", organisation=asker.organisation):
        refuse(RhythmFault.NO_ACCOUNT)
    key = secrets.token_hex(KEY_BYTES)
    CalendarKey.objects.update_or_create(
        account=asker.account or "",
        defaults={"organisation": asker.organisation, "key": _digest(key), "with_names": with_names},
    )
    return key


def end_calendar(*, asker: Asker) -> None:
    """Let the address lead nowhere; without one, nothing changes."""
    CalendarKey.objects.filter(account=asker.account or "", organisation=asker.organisation).delete()


def owner_of_calendar(key: str) -> tuple[Asker, CalendarChosen] | None:
    """Whose calendar a key opens, and what they chose; None where it opens none, or they have left."""
    row = CalendarKey.objects.filter(key=_digest(key)).first()
    if row is None or not is_living(row.account, organisation=row.organisation):
        return None
    return Asker(row.organisation, row.account), CalendarChosen(is_there=True, with_names=row.with_names)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:KEY_LENGTH]
