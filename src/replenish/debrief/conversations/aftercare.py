"""The rest of those who lead: how many conversations they led lately, told to nobody but themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Sum

from replenish.basis import clock
from replenish.basis.identifiers import content_hash
from replenish.debrief.conversations.facts import facts
from replenish.debrief.models import KEY_LENGTH, LedInMonth
from replenish.people.askers import Asker


@dataclass(frozen=True)
class Aftercare:
    """What somebody is told about their own leading.

    Attributes:
        led: how many conversations they led this month and the last.
        offered: whether that is a number after which supervision is offered.
    """

    led: int
    offered: bool


def own_aftercare(asker: Asker) -> Aftercare:
    """How many conversations the asker led lately; no other account can be named."""
    rows = LedInMonth.objects.filter(
        organisation=asker.organisation, account=asker.actor, month__in=_months_that_count(clock.today())
    )
    led = rows.aggregate(led=Sum("led"))["led"] or 0
    return Aftercare(led, led >= facts().aftercare.after)


def count_one(asker: Asker) -> None:
    """Count a conversation for whoever led it, and forget months that no longer count."""
    counts = _months_that_count(clock.today())
    LedInMonth.objects.filter(organisation=asker.organisation).exclude(month__in=counts).delete()
    row, is_new = LedInMonth.objects.get_or_create(
        id=content_hash([asker.organisation, asker.actor, counts[0]])[:KEY_LENGTH],
        defaults={
            "organisation": asker.organisation,
            "account": asker.actor,
            "month": counts[0],
            "led": 1,
        },
    )
    if not is_new:
        LedInMonth.objects.filter(id=row.id).update(led=F("led") + 1)


def _months_that_count(today: date) -> tuple[str, str]:
    """This month and the last, as 2027-01."""
    last = today.replace(day=1) - timedelta(days=1)
    return f"{today:%Y-%m}", f"{last:%Y-%m}"
