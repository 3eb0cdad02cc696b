"""Pairs that meet, some of whose meetings fall through, as rows; a year of it in a few lines."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from tests.supervision.pairs import agreed

from replenish.supervision.models import Meeting

EVERY = 28


def pair(
    organisation: str, unit: str, *, since: date, name: str, supervisor: str = "sue", **said: object
) -> str:
    """An agreement of one supervisee, every four weeks."""
    parties = {supervisor: "supervisor", name: "supervisee"}
    return agreed(organisation, unit, parties, since=since, every_days=EVERY, **said)  # type: ignore[arg-type]


def due_days(since: date, meetings: int) -> list[date]:
    """The days by which the first meetings of a pair are due."""
    return [since + timedelta(days=EVERY * (number + 1)) for number in range(meetings)]


def held(agreement: str, due_on: date | None, day: date | None = None, **facts: object) -> Meeting:
    """A meeting that took place, on the day it was due unless another is given."""
    said: dict[str, object] = {
        "minutes": 60, "interrupted": False, "reflective_kept": True, "functions": ["restorative"],
        "wellbeing_offered": True, "instead_of": None, **facts,
    }  # fmt: skip
    return Meeting.objects.create(
        id=secrets.token_hex(16),
        agreement_id=agreement,
        due_on=due_on,
        day=day or due_on,
        state="held",
        **said,
    )


def fell_through(
    agreement: str,
    due_on: date,
    *,
    state: str = "cancelled",
    side: str = "organisation",
    reason: str = "short-staffed",
) -> Meeting:
    """A meeting that was planned, and did not take place on its day."""
    return Meeting.objects.create(
        id=secrets.token_hex(16),
        agreement_id=agreement,
        due_on=due_on,
        day=due_on,
        state=state,
        side=side,
        reason=reason,
        changed_on=due_on,
    )


def regular(agreement: str, days: Sequence[date], *, misses: Sequence[int] = ()) -> None:
    """Every meeting held, but for those of these numbers."""
    for number, day in enumerate(days):
        if number not in misses:
            held(agreement, day)
