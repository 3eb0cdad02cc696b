"""What an organisation changes about a rhythm, for a part and from a day on; in public, beside its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.rhythm import RhythmFault
from replenish.basis.identifiers import content_hash
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.people.scopes import Scope, scope_in
from replenish.supervision.models import KEY_LENGTH, LONGEST_WORDS, OwnRhythm
from replenish.supervision.points import LEAST_MINUTES, MOST_MINUTES, MOST_WEEKS, number
from replenish.supervision.rhythm_of import WHOLE
from replenish.supervision.rhythms import rhythm

CHANGERS = (RoleKind.STEWARD,)
FURTHEST = timedelta(days=366)
DAYS_IN_WEEK = 7


@dataclass(frozen=True)
class RhythmChange:
    """A change of a rhythm.

    Attributes:
        rhythm: its code.
        unit: for which part, and all below it; None for the whole organisation.
        weeks: between two meetings.
        minutes: how long a new agreement begins with.
        why: in public words.
        from_date: since when.
    """

    rhythm: str
    unit: str | None
    weeks: int
    minutes: int
    why: str
    from_date: date


def changing_scope(asker: Asker) -> Scope:
    """For which parts somebody changes rhythms."""
    return scope_in(asker, CHANGERS)


def change_rhythm(*, asker: Asker, change: RhythmChange) -> None:
    """Change a rhythm from today or a later day on; again for the same day replaces it.

    No day that has passed is touched: what was due stays due.

    Raises:
        Refused: the asker is no steward of the part, there is no such rhythm, or something cannot be.
    """
    clean = _clean(change)
    named = (asker.organisation, change.unit or WHOLE, change.rhythm, change.from_date.isoformat())
    said = {"every_days": change.weeks * DAYS_IN_WEEK, "minutes": change.minutes, "why": clean}
    with transaction.atomic():
        if not changing_scope(asker).holds(change.unit):
            refuse(PeopleFault.NOT_ALLOWED, needed="a steward of this part")
        there = OwnRhythm.objects.select_for_update().filter(pk=content_hash(named)[:KEY_LENGTH]).first()
        if there is not None and {name: getattr(there, name) for name in said} == said:
            return
        OwnRhythm.objects.update_or_create(
            id=content_hash(named)[:KEY_LENGTH],
            defaults={
                **said,
                "organisation": asker.organisation,
                "unit": change.unit or WHOLE,
                "rhythm": change.rhythm,
                "from_date": change.from_date,
                "entered_by": asker.account or "",
                "entered_on": clock.today(),
            },
        )
        record(
            organisation=asker.organisation,
            event=Event.RHYTHM_CHANGED,
            actor=asker.actor,
            content={
                "kind": change.rhythm,
                "unit": change.unit,
                "number": change.weeks,
                "on": change.from_date.isoformat(),
            },
        )


def changes_of(organisation: str) -> tuple[RhythmChange, ...]:
    """All of them, the newest first; public in the organisation."""
    rows = OwnRhythm.objects.filter(organisation=organisation).order_by("-from_date", "unit")
    return tuple(
        RhythmChange(
            row.rhythm,
            row.unit or None,
            row.every_days // DAYS_IN_WEEK,
            row.minutes,
            row.why,
            row.from_date,
        )
        for row in rows
    )


def _clean(change: RhythmChange) -> str:
    if rhythm(change.rhythm) is None:
        refuse(RhythmFault.RHYTHM)
    if not 1 <= change.weeks <= number(MOST_WEEKS):
        refuse(RhythmFault.WEEKS, most=number(MOST_WEEKS))
    if not number(LEAST_MINUTES) <= change.minutes <= number(MOST_MINUTES):
        refuse(RhythmFault.LENGTH, least=number(LEAST_MINUTES), most=number(MOST_MINUTES))
    if not clock.today() <= change.from_date <= clock.today() + FURTHEST:
        refuse(RhythmFault.FROM_DAY)
    words = " ".join(change.why.split())
    if not (0 < len(words) <= LONGEST_WORDS and words.isprintable()):
        refuse(RhythmFault.WHY, most=LONGEST_WORDS)
    return words
