"""What is wrong with a figure before it is kept: every reason at once, each with the column it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from replenish.basis import clock
from replenish.basis.errors import Place, Problem, problem
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Book, Entry
from replenish.conditions.facts.kinds import MOST_DAYS, MOST_OUT_OF, MOST_PER_DAY, Kind, kinds
from replenish.conditions.facts.people_scopes import people_problems
from replenish.conditions.facts.trees import WHOLE

LONGEST_SOURCE = 200
MOST_YEARS = 10
DAYS_IN_YEAR = 366
HUNDREDTH = Decimal("0.01")


def problems_with(entry: Entry, book: Book, *, instead_of: str = "") -> list[Problem]:
    """Everything that speaks against keeping a figure.

    Args:
        entry: the figure.
        book: the organisation's, with the rows of its kind.
        instead_of: the id of the row it is to correct.
    """
    kind = kinds().get(entry.kind)
    if kind is None:
        return [problem(FactFault.KIND_UNKNOWN, column="fact", kind=entry.kind[:40])]
    wrong = [*_period(entry, kind), *_numbers(entry, kind), *_source(entry)]
    if any(one.place.column in ("from", "until") for one in wrong):
        return wrong
    if entry.unit != WHOLE and entry.unit not in book.trees.on(entry.last_day).units:
        wrong.append(
            problem(
                FactFault.UNIT_UNKNOWN, column="part", unit=_name(entry.unit, book), on=_day(entry.last_day)
            )
        )
        return wrong
    wrong += _overlaps(entry, book, instead_of)
    if kind.about_people:
        wrong += (replace(one, place=Place(column="part")) for one in people_problems(entry, book))
    return wrong


def _period(entry: Entry, kind: Kind) -> Iterator[Problem]:
    days = (entry.last_day - entry.first_day).days + 1
    if days < 1:
        yield problem(FactFault.PERIOD_ORDER, column="until")
    elif not kind.least_days <= days <= MOST_DAYS:
        yield problem(
            FactFault.PERIOD_LENGTH, column="until", days=days, least=kind.least_days, most=MOST_DAYS
        )
    if entry.last_day >= clock.today():
        yield problem(FactFault.PERIOD_NOT_OVER, column="until")
    if (clock.today() - entry.first_day).days > MOST_YEARS * DAYS_IN_YEAR:
        yield problem(FactFault.PERIOD_TOO_EARLY, column="from", years=MOST_YEARS)


def _numbers(entry: Entry, kind: Kind) -> Iterator[Problem]:
    whole = entry.count == entry.count.to_integral_value()
    if entry.count < 0:
        yield problem(FactFault.NUMBER_BELOW, column="count")
    elif kind.whole and not whole:
        yield problem(FactFault.NUMBER_WHOLE, column="count")
    elif not _in_hundredths(entry.count):
        yield problem(FactFault.NUMBER, column="count", number=str(entry.count))
    if entry.out_of <= 0:
        yield problem(FactFault.OUT_OF_NOTHING, column="out_of")
        return
    if entry.out_of > MOST_OUT_OF:
        yield problem(FactFault.OUT_OF_TOO_MUCH, column="out_of", number=str(entry.out_of))
    elif not _in_hundredths(entry.out_of):
        yield problem(FactFault.NUMBER, column="out_of", number=str(entry.out_of))
    if kind.shape == "share" and kind.whole and entry.out_of != entry.out_of.to_integral_value():
        yield problem(FactFault.NUMBER_WHOLE, column="out_of")
    most = entry.out_of * (MOST_PER_DAY if kind.shape == "rate" else 1)
    if entry.count > most:
        yield problem(
            FactFault.COUNT_TOO_MUCH, column="count", count=str(entry.count), out_of=str(entry.out_of)
        )


def _in_hundredths(number: Decimal) -> bool:
    return number == number.quantize(HUNDREDTH)


def _source(entry: Entry) -> Iterator[Problem]:
    if len(entry.source) > LONGEST_SOURCE or not entry.source.isprintable():
        yield problem(FactFault.SOURCE, column="source", most=LONGEST_SOURCE)


def _overlaps(entry: Entry, book: Book, instead_of: str) -> Iterator[Problem]:
    for row in book.current(entry):
        if row.id != instead_of:
            first, last = row.first_day, row.last_day
            yield problem(FactFault.PERIOD_OVERLAPS, column="from", first=_day(first), last=_day(last))
            return


def _name(unit: str, book: Book) -> str:
    """What a part was called at last, where it stood at any time."""
    return next((place.name for place in reversed(book.trees.places) if place.unit == unit), unit)


def _day(day: date) -> str:
    return day.isoformat()
