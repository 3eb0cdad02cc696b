"""What is told of all supervision and all debriefs of an organisation together, as the night counted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from replenish.conditions.facts.indicators import INTERVAL, REASON, SIDE, indicators
from replenish.conditions.facts.reading import ProvidedInPeriod, ProvidedOverTime
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE

HUNDREDTHS = 100


@dataclass(frozen=True)
class Share:
    """So many of so many, under a code."""

    code: str
    count: int
    out_of: int


@dataclass(frozen=True)
class QuarterFell:
    """From which side meetings of a quarter fell through or moved, and why.

    Attributes:
        first_day: of the quarter.
        last_day: of the quarter.
        sides: the most frequent first.
        reasons: the most frequent first.
    """

    first_day: date
    last_day: date
    sides: tuple[Share, ...]
    reasons: tuple[Share, ...]


def indicators_of(organisation: str, group: str) -> tuple[ProvidedOverTime, ...]:
    """The indicators of a group of kinds that have a figure, each month by month, oldest first.

    Args:
        organisation: its id.
        group: "supervision" or "debrief".
    """
    wanted = {code: kind for code, kind in indicators().items() if kind.group == group}
    periods: dict[str, list[ProvidedInPeriod]] = defaultdict(list)
    for row in _rows(organisation, wanted):
        periods[row.kind].append(
            ProvidedInPeriod(
                row.first_day,
                row.last_day,
                Decimal(row.count // HUNDREDTHS),
                Decimal(row.out_of // HUNDREDTHS),
                "",
                added_up=False,
                by_room=True,
            )
        )
    return tuple(
        ProvidedOverTime(kind, tuple(periods[code])) for code, kind in wanted.items() if code in periods
    )


def days_between(organisation: str) -> int | None:
    """The middle number of days between two meetings of the same people, in the newest month that has one."""
    newest = _rows(organisation, [INTERVAL])[-1:]
    return newest[0].count // HUNDREDTHS if newest else None


def quarters_fell(organisation: str) -> tuple[QuarterFell, ...]:
    """The quarters in which at least seven people were supervised, newest first; none of the others."""
    rows = RoomFigure.objects.filter(organisation=organisation, unit=WHOLE)
    told: dict[tuple[date, date], list[RoomFigure]] = defaultdict(list)
    for prefix in (SIDE, REASON):
        for row in rows.filter(kind__startswith=prefix):
            told[row.first_day, row.last_day].append(row)
    return tuple(
        QuarterFell(*days, _shares(SIDE, found), _shares(REASON, found))
        for days, found in sorted(told.items(), reverse=True)
    )


def _rows(organisation: str, codes: Iterable[str]) -> list[RoomFigure]:
    rows = RoomFigure.objects.filter(organisation=organisation, unit=WHOLE, kind__in=list(codes))
    return list(rows.order_by("first_day"))


def _shares(prefix: str, rows: Iterable[RoomFigure]) -> tuple[Share, ...]:
    found = [
        Share(row.kind.removeprefix(prefix), row.count // HUNDREDTHS, row.out_of // HUNDREDTHS)
        for row in rows
        if row.kind.startswith(prefix)
    ]
    return tuple(sorted(found, key=lambda share: (-share.count, share.code)))
