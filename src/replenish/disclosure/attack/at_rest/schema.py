"""Walking every table and every pair of columns: nothing about a carer may tick, count or point elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, Table, finer_than_a_day, moment_of
from replenish.disclosure.attack.at_rest.vouched import KINDS, OF_A_PERSON, TABLES

NAME = re.compile(r"[0-9a-f]{64}")
LARGEST_PLAIN_NUMBER = 100
"""Rounds of a season are counted to a few; a larger number may be a time, a count or an address."""

SHORTEST_VALUE = 16


@dataclass(frozen=True)
class Found:
    """Something that must not be there: where, and what is wrong, in plain words."""

    place: str
    wrong: str

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong}"


def walk(snapshot: Snapshot) -> list[Found]:
    """Everything wrong with the tables of one copy."""
    return [
        *unvouched(snapshot.tables),
        *(found for table in snapshot.tables if table.name in OF_A_PERSON for found in _rows(table)),
        *shared_values(snapshot.tables),
        *units_beside_answers(snapshot),
        *(found for table in snapshot.tables if table.name in OF_A_PERSON for found in order_kept(table)),
    ]


def unvouched(tables: Sequence[Table]) -> Iterator[Found]:
    """Tables and columns that nobody has vouched for."""
    for table in tables:
        if table.name not in TABLES:
            yield Found(table.name, "a table that nobody has vouched for")
            continue
        for column in sorted(set(table.columns) - TABLES[table.name].columns):
            yield Found(f"{table.name}.{column}", "a column that nobody has vouched for")


def _rows(table: Table) -> Iterator[Found]:
    """Cells on a carer's row that say more than a random name, a group, a small number or sealed bytes."""
    for column in table.columns:
        for cell in table.column(column):
            wrong = _wrong(cell)
            if wrong:
                yield Found(f"{table.name}.{column}", wrong)
                break


def _wrong(cell: Cell) -> str | None:
    if isinstance(cell, str) and NAME.fullmatch(cell):
        return None
    if finer_than_a_day(cell):
        return "it tells a time of day on a carer's row"
    if moment_of(cell) is not None:
        return "it tells a date on a carer's row"
    if isinstance(cell, int | float) and not 0 <= cell <= LARGEST_PLAIN_NUMBER:
        return "a large number on a carer's row"
    return None


def shared_values(tables: Sequence[Table]) -> Iterator[Found]:
    """Values, or digests of values, that stand on a carer's row and once more in another kind of row."""
    kind_of = {table: kind.name for kind in KINDS for table in kind.tables}
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    owners: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for table in tables:
        kind = kind_of.get(table.name, table.name)
        for column in table.columns:
            for row, cell in enumerate(table.column(column)):
                for word in _traceable(cell):
                    places[word].add((kind, f"{table.name}.{column}"))
                    owners[word].add((table.name, row))
    said: set[tuple[str, ...]] = set()
    for word, found in places.items():
        kinds = {kind for kind, _ in found}
        of_people = {place for kind, place in found if _is_of_a_person(place)}
        # What many rows share, such as the code of their group, points to none of them.
        few = all(sum(table == own for table, _ in owners[word]) == 1 for own in {t for t, _ in owners[word]})
        where = tuple(sorted({place for _, place in found}))
        if len(kinds) > 1 and of_people and few and where not in said and not _is_code(word, found):
            said.add(where)
            yield Found(" and ".join(where), "the same value, or its digest, stands in both")


def _traceable(cell: Cell) -> Iterator[str]:
    if isinstance(cell, bytes) and len(cell) >= SHORTEST_VALUE:
        yield cell[:SHORTEST_VALUE].hex()
    elif isinstance(cell, str) and len(cell) >= SHORTEST_VALUE:
        yield cell
        if NAME.fullmatch(cell):
            yield hashlib.sha256(cell.encode()).hexdigest()


def _is_of_a_person(place: str) -> bool:
    return place.partition(".")[0] in OF_A_PERSON


def _is_code(word: str, found: set[tuple[str, str]]) -> bool:
    """Whether this is an opaque code of a round, season, group, unit or draw, listed elsewhere."""
    listed = {"voices_openround.id", "voices_seatseason.id", "voices_groupofunit.unit", "voices_slipdraw.id"}
    listed |= {"voices_groupofunit.group"}
    return not NAME.fullmatch(word) and bool({place for _, place in found} & listed)


def units_beside_answers(snapshot: Snapshot) -> Iterator[Found]:
    """Contributions that say more than the reporting group: a unit may be smaller than the floor."""
    rows, plan = snapshot.table("voices_contribution"), snapshot.table("voices_groupofunit")
    if rows is None or plan is None:
        return
    if set(rows.column("group")) - set(plan.column("group")):
        yield Found("voices_contribution.group", "answers stand beside something else than a reporting group")


def order_kept(table: Table) -> Iterator[Found]:
    """A hidden number that puts carers' rows in another order than their random names do."""
    key = next((kind.key for kind in KINDS if table.name in kind.tables), table.columns[0])
    names = [str(cell) for cell in table.column(key)]
    for hidden, numbers in table.hidden.items():
        if len(set(numbers)) < 2:
            continue
        by_number = [name for _, name in sorted(zip(numbers, names, strict=True))]
        if by_number != sorted(names):
            rest = "the order in which rows were written can be read off it"
            yield Found(f"{table.name}, {hidden}", rest)
