"""Looking at a table of facts before anything is kept: each row is right, there already, empty, or wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from replenish.basis import clock
from replenish.basis.errors import Place, Problem, problem
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Book, Entry, Kept, hundredths, open_book
from replenish.conditions.facts.cells import RowReader
from replenish.conditions.facts.checking import problems_with
from replenish.conditions.facts.entering import same_in
from replenish.conditions.facts.files import RawRow, rows_of
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.rules import Entrant, entrant_of
from replenish.conditions.facts.trees import trees_of
from replenish.conditions.models import FactState
from replenish.people.askers import Asker


@dataclass(frozen=True)
class LookedAt:
    """What a table holds, with nothing kept yet.

    Attributes:
        good: figures that can be kept, with the numbers of their rows.
        there: how many stand there already, number for number.
        empty: how many rows nobody filled in.
        wrong: rows that cannot be kept.
        problems: why, each with its row and column.
    """

    good: tuple[Entry, ...]
    there: int
    empty: int
    wrong: tuple[RawRow, ...]
    problems: tuple[Problem, ...]


def look_at(asker: Asker, text: str) -> LookedAt:
    """Read a table and say of each row whether it can be kept.

    Args:
        asker: who would enter it.
        text: the table, with its header.

    Raises:
        Refused: it is no table, or a column is missing.
    """
    rows = rows_of(text)
    trees = trees_of(asker.organisation)
    reader = RowReader(trees)
    read = {row.number: reader.read(row) for row in rows if not row.is_empty}
    entries = {number: found for number, found in read.items() if isinstance(found, Entry)}
    book = open_book(asker.organisation, list(entries.values()))
    entrant = entrant_of(asker, trees.on(clock.today()))
    problems: list[Problem] = []
    good: dict[int, Entry] = {}
    there = 0
    placed: dict[str, int] = {}
    for number, found in read.items():
        if not isinstance(found, Entry):
            problems += found
            continue
        wrong = _wrong(number, found, book, entrant, placed)
        if wrong:
            problems += wrong
        elif same_in(book, found) is not None:
            there += 1
        else:
            good[number] = found
            book.add(_as_kept(number, found))
            placed[_mark(number)] = number
    bad = {one.place.row for one in problems}
    return LookedAt(
        tuple(good.values()),
        there,
        sum(row.is_empty for row in rows),
        tuple(row for row in rows if row.number in bad),
        tuple(problems),
    )


def _wrong(number: int, entry: Entry, book: Book, entrant: Entrant, placed: dict[str, int]) -> list[Problem]:
    """What speaks against a row; a row that repeats an earlier one of the file says which."""
    if entry.kind in kinds() and not entrant.may_enter(entry.unit, entry.kind):
        return [problem(FactFault.NOT_YOURS, row=number, column="part")]
    for row in book.current(entry):
        if row.id in placed:
            return [problem(FactFault.TWICE_IN_FILE, row=number, column="from", other=placed[row.id])]
    if same_in(book, entry) is not None:
        return []
    return [_in_row(one, number) for one in problems_with(entry, book)]


def _in_row(one: Problem, number: int) -> Problem:
    return replace(one, place=Place(row=number, column=one.place.column))


def _mark(number: int) -> str:
    return f"row {number}"


def _as_kept(number: int, entry: Entry) -> Kept:
    return Kept(
        _mark(number), entry.unit, entry.kind, entry.first_day, entry.last_day,
        hundredths(entry.count), hundredths(entry.out_of), FactState.CURRENT,
    )  # fmt: skip
