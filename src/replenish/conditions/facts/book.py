"""All figures of an organisation as far as a new one has to be compared with them, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from replenish.conditions.facts.trees import Trees, trees_of
from replenish.conditions.models import FactState, ProvidedFact, Season
from replenish.people.queries import organisation_summary

HUNDREDTHS = Decimal(100)
STRETCH_DAYS = 64
MOST_STRETCHES = 3
"""No period that is kept touches more; one that somebody types may be thousands of years long."""


@dataclass(frozen=True)
class Entry:
    """What somebody enters.

    Attributes:
        unit: its id; empty for the whole organisation.
        kind: the code of a kind.
        first_day: of the period.
        last_day: of the period, included.
        count: how many.
        out_of: out of how many.
        source: where the numbers come from, in a few words.
    """

    unit: str
    kind: str
    first_day: date
    last_day: date
    count: Decimal
    out_of: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as far as it matters to another one."""

    id: str
    unit: str
    kind: str
    first_day: date
    last_day: date
    count: int
    out_of: int
    state: str

    def shares_days(self, first_day: date, last_day: date) -> bool:
        """Whether a day lies in both periods."""
        return self.first_day <= last_day and first_day <= self.last_day


@dataclass(frozen=True)
class SeasonGroups:
    """The reporting groups of the newest season, by unit.

    Attributes:
        group_of: by id of a unit with people, the label of its group.
        people: by id of unit, the declared headcount.
    """

    group_of: Mapping[str, str]
    people: Mapping[str, int]


@dataclass
class Book:
    """What a new figure is compared with."""

    organisation: str
    floor: int
    trees: Trees
    groups: SeasonGroups | None
    _of_part: dict[tuple[str, str, int], list[Kept]] = field(default_factory=lambda: defaultdict(list))
    _of_time: dict[tuple[str, int], list[Kept]] = field(default_factory=lambda: defaultdict(list))
    # Each row of a table is compared with the rows it can meet and no others: while figures are kept nobody
    # else can write, carers neither, and ten thousand rows must not take half a minute.

    def add(self, row: Kept) -> None:
        """Count a row in, for those that come after it."""
        for stretch in _stretches(row.first_day, row.last_day):
            self._of_part[row.unit, row.kind, stretch].append(row)
            self._of_time[row.kind, stretch].append(row)

    def current(self, entry: Entry) -> Iterator[Kept]:
        """The rows that stand for the part and the kind, and share a day."""
        return (
            row
            for stretch in _stretches(entry.first_day, entry.last_day)
            for row in self._of_part[entry.unit, entry.kind, stretch]
            if row.shares_days(entry.first_day, entry.last_day) and row.state == FactState.CURRENT
        )

    def beside(self, entry: Entry) -> set[tuple[str, date]]:
        """Part and last day of each row of a kind that shares a day; of every state, for it was read."""
        return {
            (row.unit, row.last_day)
            for stretch in _stretches(entry.first_day, entry.last_day)
            for row in self._of_time[entry.kind, stretch]
            if row.shares_days(entry.first_day, entry.last_day)
        }


def open_book(organisation: str, entries: Sequence[Entry]) -> Book:
    """The book of an organisation, with every row that shares a kind and a day with one of these."""
    book = Book(
        organisation,
        organisation_summary(organisation).floor,
        trees_of(organisation),
        _newest_groups(organisation),
    )
    named = ("id", "unit", "kind", "first_day", "last_day", "count", "out_of", "state")
    if not entries:
        return book
    rows = ProvidedFact.objects.filter(
        organisation=organisation,
        kind__in={entry.kind for entry in entries},
        first_day__lte=max(entry.last_day for entry in entries),
        last_day__gte=min(entry.first_day for entry in entries),
    )
    for row in rows.values_list(*named):
        book.add(Kept(*row))
    return book


def _stretches(first_day: date, last_day: date) -> range:
    """Time in pieces that a period touches few of."""
    first, last = first_day.toordinal() // STRETCH_DAYS, last_day.toordinal() // STRETCH_DAYS
    return range(first, min(last + 1, first + MOST_STRETCHES))


def hundredths(number: Decimal) -> int:
    """A number as it is kept."""
    return int((number * HUNDREDTHS).to_integral_value())


def _newest_groups(organisation: str) -> SeasonGroups | None:
    """None where there is no season, or none that has groups."""
    season = Season.objects.filter(organisation=organisation).order_by("-number").first()
    if season is None or not season.partition["groups"]:
        return None
    label_of = {
        tuple(unit): group["label"] for group in season.partition["groups"] for unit in group["units"]
    }
    ids = {code: unit for unit, code in season.unit_codes.items()}
    group_of = {
        ids[code]: label_of[tuple(path)]
        for code, path in season.unit_paths.items()
        if code in ids and tuple(path) in label_of
    }
    people = {ids[code]: count for code, count in season.headcount.items() if code in ids}
    return SeasonGroups(group_of, people)
