"""Facts as a table for a spreadsheet: the rows somebody brings, the rows that are kept, and an example.

What is written here can be brought back unchanged. A cell that a spreadsheet would run as a formula begins
with an apostrophe, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import TableFault
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.kinds import Kind
from replenish.conditions.facts.reading import FactEntered
from replenish.conditions.facts.trees import WHOLE, Tree, Trees
from replenish.measures.tables.separators import separator_of
from replenish.report.files import FORMULA_STARTS

COLUMNS = ("part", "fact", "from", "until", "count", "out_of", "source")
MUST_HAVE = COLUMNS[:-1]
WHOLE_IN_FILE = "*"
BETWEEN = " / "
MOST_ROWS = 10_000
MOST_BYTES = 2_000_000
_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class RawRow:
    """A row as it was brought.

    Attributes:
        number: its place below the header, from 1.
        cells: by the name of its column.
        found: how many cells it has.
        expected: how many the header has.
    """

    number: int
    cells: dict[str, str]
    found: int
    expected: int

    @property
    def is_empty(self) -> bool:
        """Nobody filled it in: it has neither of its two numbers."""
        return not self.cells.get("count", "") and not self.cells.get("out_of", "")


def text_of(content: bytes) -> str:
    """A file as text: UTF-8 or UTF-16 as its first bytes say, otherwise as older spreadsheets write.

    Raises:
        Refused: it is too large, or no text.
    """
    if len(content) > MOST_BYTES:
        refuse(FactFault.FILE_TOO_LARGE, most=MOST_ROWS)
    try:
        text = content.decode("utf-16" if content.startswith(_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        # Every byte but five stands for a sign there; those five are never written by a spreadsheet.
        try:
            text = content.decode("windows-1252")
        except UnicodeDecodeError:
            refuse(FactFault.FILE_NOT_TEXT)
    if any(sign < " " and sign not in "\t\r\n" for sign in text):
        refuse(FactFault.FILE_NOT_TEXT)
    return text


def rows_of(text: str) -> tuple[RawRow, ...]:
    """The rows of a table that was brought as a file or pasted; rows without anything in them are left out.

    Raises:
        Refused: it is empty or too large, its columns cannot be told apart, or one is missing.
    """
    text = text.lstrip("\ufeff")
    if not text.strip():
        refuse(FactFault.FILE_EMPTY)
    if len(text.encode()) > MOST_BYTES:
        refuse(FactFault.FILE_TOO_LARGE, most=MOST_ROWS)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error:
        refuse(FactFault.FILE_SEPARATOR)
    filled = [record for record in records if any(cell.strip() for cell in record)]
    header = [_named(cell) for cell in filled[0]]
    missing = [column for column in MUST_HAVE if column not in header]
    if missing:
        refuse(FactFault.FILE_COLUMN, name=missing[0])
    if len(filled) - 1 > MOST_ROWS:
        refuse(FactFault.FILE_TOO_LARGE, most=MOST_ROWS)
    return tuple(
        RawRow(
            number,
            dict(zip(header, map(_plain, record), strict=False)),
            len(_trimmed(record, len(header))),
            len(header),
        )
        for number, record in enumerate(filled[1:], 1)
    )


def _separator(text: str) -> str:
    try:
        return separator_of("", text, None)
    except Refused as refused:
        if refused.fault in (TableFault.TABLE_SEPARATOR, TableFault.TABLE_SEPARATOR_AMBIGUOUS):
            refuse(FactFault.FILE_SEPARATOR)
        raise


def _named(cell: str) -> str:
    return "_".join(cell.strip().casefold().split())


def _plain(cell: str) -> str:
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def _trimmed(record: Sequence[str], width: int) -> Sequence[str]:
    """Without the empty cells that spreadsheets leave behind the last column."""
    end = len(record)
    while end > width and not record[end - 1].strip():
        end -= 1
    return record[:end]


def facts_table(facts: Iterable[FactEntered], trees: Trees) -> str:
    """The figures that count, as a table that can be brought back."""
    return _written(
        [
            path_in_file(trees.on(fact.period.last_day), fact.unit),
            fact.kind,
            fact.period.first_day.isoformat(),
            fact.period.last_day.isoformat(),
            plain_number(fact.period.count),
            plain_number(fact.period.out_of),
            fact.period.source,
        ]
        for fact in facts
    )


def example_table(asked: Iterable[tuple[str, Kind]], tree: Tree, first_day: date, last_day: date) -> str:
    """A table to fill in: a row for each part and kind, with the days of a period and no numbers yet.

    Parts that do not stand in the tree of its last day are left out.
    """
    return _written(
        [path_in_file(tree, unit), kind.code, first_day.isoformat(), last_day.isoformat(), "", "", ""]
        for unit, kind in asked
        if unit == WHOLE or unit in tree.units
    )


def rows_as_table(rows: Iterable[RawRow]) -> str:
    """Rows as they were brought, to mend and to bring again."""
    return _written([row.cells.get(column, "") for column in COLUMNS] for row in rows)


def path_in_file(tree: Tree, unit: str) -> str:
    """How a part is written in a file; the id of one that does not stand on the day."""
    if unit == WHOLE:
        return WHOLE_IN_FILE
    return BETWEEN.join(tree.units[unit].path) if unit in tree.units else unit


def plain_number(number: Decimal) -> str:
    """A number as a file has it: no thousands, a decimal point."""
    return f"{number:f}"


def _written(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row])
    return written.getvalue()
