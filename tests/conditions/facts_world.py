"""Figures for tests: an organisation with units in two levels, and what it provides month by month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from replenish.conditions.facts.book import Entry

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def fact(
    unit: str,
    count: float = 6,
    out_of: float = 8,
    *,
    kind: str = "supervision_held",
    days: tuple[date, date] = JANUARY,
    source: str = "",
) -> Entry:
    """A figure."""
    return Entry(unit, kind, *days, Decimal(str(count)), Decimal(str(out_of)), source)


def month(number: int) -> tuple[date, date]:
    """The first and the last day of a month, counted from January 2026."""
    year, place = divmod(number, 12)
    first = date(2026 + year, place + 1, 1)
    following = date(2026 + (number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, following - timedelta(days=1)
