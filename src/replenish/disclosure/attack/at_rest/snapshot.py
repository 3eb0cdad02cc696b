"""A copy of everything at rest, as a thief finds it: tables in their physical order, raw bytes, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Cell = str | int | float | bytes | None


@dataclass(frozen=True)
class Table:
    """One table of a dump.

    Attributes:
        name: as the database names it.
        columns: names of the columns.
        rows: in the order in which they lie in the file.
        hidden: what a database keeps for each row without being asked (`rowid`, `ctid`, `xmin`), one number
            a row.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hidden: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column."""
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)


@dataclass(frozen=True)
class Snapshot:
    """Everything at rest at one moment.

    Attributes:
        moment: when the copy was made, in days from any fixed day.
        tables: every table.
        raw: the bytes of the files of the database, with journal, free pages and all.
        texts: logs, queued mail, releases and other files, by name.
    """

    moment: float
    tables: tuple[Table, ...]
    raw: bytes = b""
    texts: Mapping[str, str] = field(default_factory=dict)

    def table(self, name: str) -> Table | None:
        """The table of that name, if it is there."""
        return next((table for table in self.tables if table.name == name), None)


MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?")
DAY = 86_400.0
# Whole numbers that can only be seconds, or milliseconds, since 1970, in the years 2001 to 2096.
SECONDS = 1e9, 4e9


def moment_of(cell: Cell) -> float | None:
    """The moment a cell names, in days since 1970, or None; a bare date is the middle of its day."""
    if isinstance(cell, str):
        found = MOMENT.search(cell)
        return None if found is None else _days(found[1], found[2])
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        for unit in (1.0, 1e3, 1e6):
            if SECONDS[0] <= cell / unit < SECONDS[1]:
                return cell / unit / DAY
    return None


def finer_than_a_day(cell: Cell) -> bool:
    """Whether a cell names a moment within a day."""
    if isinstance(cell, str):
        found = MOMENT.search(cell)
        return found is not None and found[2] is not None
    return moment_of(cell) is not None


def _days(day: str, hour: str | None) -> float | None:
    try:
        moment = datetime.fromisoformat(f"{day}T{hour}" if hour else f"{day}T12:00").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment.timestamp() / DAY
