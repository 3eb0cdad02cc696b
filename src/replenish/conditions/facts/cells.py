"""The cells of a table as days, numbers, kinds and parts. What can be read in two ways is refused."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeVar

from replenish.basis.errors import Place, Problem, Refused, problem, refuse
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.files import BETWEEN, WHOLE_IN_FILE, RawRow
from replenish.conditions.facts.kinds import MOST_DAYS, kinds
from replenish.conditions.facts.trees import WHOLE, Trees
from replenish.people.names import look

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_BY_PARTS = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_NUMBER = re.compile(r"[-\u2212]?[0-9]{1,12}(?:[.,][0-9]{1,2})?")
_SHOWN = 40


@dataclass
class RowReader:
    """Reads the rows of one table.

    Attributes:
        trees: of the organisation; a part is looked for on the last day of its row.
    """

    trees: Trees
    _names: dict[date, dict[str, list[str]]] = field(default_factory=dict)

    def read(self, row: RawRow) -> Entry | list[Problem]:
        """The figure of a row, or everything in it that cannot be read."""
        if row.found != row.expected:
            return [problem(FactFault.FILE_WIDTH, row=row.number, found=row.found, expected=row.expected)]
        days = _period(row.cells.get("from", ""), row.cells.get("until", ""))
        wrong = [_in_cell(one, row.number, column) for column, one in days.wrong]
        last_day = days.last_day
        kind = _cell(row, "fact", kind_in, wrong)
        count = _cell(row, "count", number_in, wrong)
        out_of = _cell(row, "out_of", number_in, wrong)
        unit = _cell(row, "part", lambda text: self.unit(text, last_day), wrong) if last_day else None
        if None in (kind, count, out_of, unit, days.first_day) or wrong:
            return wrong
        source = row.cells.get("source", "")
        return Entry(unit, kind, days.first_day, last_day, count, out_of, source)  # type: ignore[arg-type]

    def unit(self, text: str, on: date) -> str:
        """The id of a part by its whole path, or by its name where only one has it.

        Raises:
            Refused: there is none, or more than one.
        """
        if text == WHOLE_IN_FILE:
            return WHOLE
        known = self._known(on)
        found = known.get(look(text), [])
        if not found:
            refuse(FactFault.UNIT_UNKNOWN, unit=text[:_SHOWN], on=on.isoformat())
        if len(found) > 1:
            refuse(FactFault.UNIT_NOT_ONE, unit=text[:_SHOWN])
        return found[0]

    def _known(self, on: date) -> dict[str, list[str]]:
        if on not in self._names:
            units = self.trees.on(on).units
            paths = {look(BETWEEN.join(unit.path)): [unit.unit] for unit in units.values()}
            names: dict[str, list[str]] = defaultdict(list)
            for unit in units.values():
                names[look(unit.name)].append(unit.unit)
            self._names[on] = {**names, **paths}
        return self._names[on]


@dataclass(frozen=True)
class _Days:
    first_day: date | None
    last_day: date | None
    wrong: tuple[tuple[str, Problem], ...] = ()


Read = TypeVar("Read")


def _cell(row: RawRow, column: str, read: Callable[[str], Read], wrong: list[Problem]) -> Read | None:
    """What a cell says; a problem is added where it says nothing that can be read."""
    try:
        return read(row.cells.get(column, ""))
    except Refused as refused:
        wrong.append(_in_cell(refused.problems[0], row.number, column))
        return None


def _in_cell(one: Problem, row: int, column: str) -> Problem:
    return replace(one, place=Place(row=row, column=column))


def kind_in(text: str) -> str:
    """The code of a kind, by its code or its English name.

    Raises:
        Refused: there is none.
    """
    found = _codes().get(look(text))
    if found is None:
        refuse(FactFault.KIND_UNKNOWN, kind=text[:_SHOWN])
    return found


@cache
def _codes() -> dict[str, str]:
    return {look(said): kind.code for kind in kinds().values() for said in (kind.code, kind.name)}


def number_in(text: str) -> Decimal:
    """A number with a decimal point or a decimal comma, two decimals at most, and no mark of thousands.

    So "1,240" is refused: it could be one, and a little more, or more than a thousand.

    Raises:
        Refused: it is none, or can be read in two ways.
    """
    if not text:
        refuse(FactFault.NUMBER_MISSING)
    if not _NUMBER.fullmatch(text):
        refuse(FactFault.NUMBER, number=text[:_SHOWN])
    return Decimal(text.replace(",", ".").replace("\u2212", "-"))


def _period(first: str, last: str) -> _Days:
    """The days of a row, both with the day first or both with the month first, whichever gives a period.

    Where both do, nothing is guessed.
    """
    firsts, lasts = _readings(first), _readings(last)
    wrong = tuple(
        (column, problem(FactFault.DAY, day=text[:_SHOWN]))
        for column, text, found in (("from", first, firsts), ("until", last, lasts))
        if not found
    )
    if wrong:
        return _Days(None, None, wrong)
    alike = {(firsts[order], lasts[order]) for order in firsts if order in lasts}
    fit = {days for days in alike if 0 < (days[1] - days[0]).days < MOST_DAYS} or alike
    if len(fit) == 1:
        return _Days(*fit.pop())
    column, text = ("from", first) if len(set(firsts.values())) > 1 else ("until", last)
    return _Days(None, None, ((column, problem(FactFault.DAY_TWO_WAYS, day=text[:_SHOWN])),))


def _readings(text: str) -> dict[str, date]:
    """The day a cell means, by the order of its parts; year first, it is the same in both."""
    iso = _ISO.fullmatch(text)
    by_parts = _BY_PARTS.fullmatch(text)
    found: dict[str, date] = {}
    for order in ("day first", "month first"):
        if iso is not None:
            year, month, day = map(int, iso.groups())
        elif by_parts is not None:
            one, other, year = map(int, by_parts.groups())
            day, month = (one, other) if order == "day first" else (other, one)
        else:
            break
        with suppress(ValueError):
            found[order] = date(year, month, day)
    return found


def day_in(text: str) -> date:
    """A single day.

    Raises:
        Refused: it is none, or could be two.
    """
    found = set(_readings(text.strip()).values())
    if len(found) != 1:
        refuse(FactFault.DAY_TWO_WAYS if found else FactFault.DAY, day=text.strip()[:_SHOWN])
    return found.pop()
