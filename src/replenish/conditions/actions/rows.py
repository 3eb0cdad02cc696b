"""Rows of actions as they are read: nothing of the tables leaves this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from replenish.conditions.actions.told import Acting, Judged, Note, Plan, Promised
from replenish.conditions.models import Action


def acting_of(row: Action, names: Mapping[str, str]) -> Acting:
    """An action from its row.

    Args:
        row: with its notes at hand.
        names: of accounts, by id.
    """
    starts = {unit: None if day is None else date.fromisoformat(day) for unit, day in row.starts.items()}
    notes = sorted(row.notes.all(), key=lambda one: (one.noted_on, one.id))
    return Acting(
        action=row.id,
        plan=plan_of_row(row),
        kind=row.kind,
        starts=tuple(sorted(starts.items())),
        seed=row.seed,
        state=row.state,
        promised=Promised(**row.promised) if row.promised else None,
        planned_on=row.planned_on,
        fixed_on=row.fixed_on,
        ended_on=row.ended_on,
        ended_words=row.ended_words,
        owner=names.get(row.owner, ""),
        entered_by=names.get(row.entered_by, ""),
        judged=tuple((key, judged_from_plain(one)) for key, one in row.judged),
        notes=tuple(Note(one.words, one.noted_on, names.get(one.entered_by, "")) for one in notes),
    )


def judged_from_plain(plain: Mapping[str, Any]) -> Judged:
    """What `asdict` wrote."""
    return Judged(**{**plain, "cautions": tuple(plain["cautions"])})


def plan_of_row(row: Action) -> Plan:
    """What was planned."""
    return Plan(
        condition=row.condition,
        owner=row.owner,
        first_day=row.first_day,
        library=row.library,
        words=row.words,
        kind=row.kind,
        expects="lower" if row.expects == "lower" else "higher",
        units=tuple(row.units),
        waves=row.waves,
        waiting=row.waiting,
        because_low=row.because_low,
        release=row.release,
    )
