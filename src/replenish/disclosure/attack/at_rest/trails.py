"""The trail of one row through several copies: when it was there, what it said, and where it lay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replenish.disclosure.attack.at_rest.knowledge import Kind
from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot, Table

Name = tuple[str, str]
"""The round of a row (empty where it has none) and its key."""


@dataclass(frozen=True)
class Sighting:
    """One row in one copy.

    Attributes:
        copy: which of the copies, counted from 0.
        cells: column -> cell.
        orders: what the database tells about its place: position in the table, hidden numbers.
    """

    copy: int
    cells: Mapping[str, Cell]
    orders: Mapping[str, float]


@dataclass(frozen=True)
class Trail:
    """Everything that was seen of one row."""

    name: Name
    kind: Kind
    sightings: tuple[Sighting, ...]

    @property
    def place(self) -> str | None:
        """The group or unit of the row, where the row says so."""
        cell = self.sightings[-1].cells.get(self.kind.place) if self.kind.place else None
        return None if cell is None else str(cell)

    @property
    def copies(self) -> tuple[int, ...]:
        """The copies in which it was there."""
        return tuple(sighting.copy for sighting in self.sightings)


def follow(snapshots: Sequence[Snapshot], kind: Kind) -> list[Trail]:
    """All rows of a kind, followed through copies by their names."""
    seen: dict[Name, list[Sighting]] = defaultdict(list)
    for number, snapshot in enumerate(snapshots):
        for name in kind.tables:
            table = snapshot.table(name)
            if table is not None and kind.key in table.columns:
                _collect(seen, number, table, kind)
    return [Trail(name, kind, tuple(sightings)) for name, sightings in seen.items()]


def _collect(seen: dict[Name, list[Sighting]], number: int, table: Table, kind: Kind) -> None:
    for position, row in enumerate(table.rows):
        cells = dict(zip(table.columns, row, strict=True))
        period = str(cells[kind.period]) if kind.period and kind.period in cells else ""
        orders = {"position in the table": float(position)}
        orders |= {hidden: numbers[position] for hidden, numbers in table.hidden.items()}
        seen[period, str(cells[kind.key])].append(Sighting(number, cells, orders))
