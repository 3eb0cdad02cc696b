"""What somebody sees who holds one data backup, or two: read with nothing but a ZIP and a JSON reader."""

from __future__ import annotations

import base64
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

Row = dict[str, object]


def tables(path: Path) -> dict[str, list[Row]]:
    """Every table of an artefact."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("tables/"):
                head, *lines = archive.read(name).decode().splitlines()
                columns = [column for column, _ in json.loads(head)["columns"]]
                found[name[len("tables/") : -len(".jsonl")]] = [
                    dict(zip(columns, json.loads(line), strict=True)) for line in lines
                ]
    return found


def text(path: Path) -> str:
    """Everything in an artefact, one after the other."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def boxes(path: Path) -> dict[str, bytes]:
    """The wrapped boxes of a data backup, in the order they stand in."""
    return {str(row["name"]): base64.b64decode(str(row["wrapped"])) for row in tables(path)["voices_box"]}


@dataclass(frozen=True)
class Traces:
    """What two backups show of what happened between them."""

    unchanged_boxes: tuple[str, ...]
    """Boxes whose bytes are the same in both: nobody used them, so the others were used."""
    shared_keys: frozenset[bytes]
    """Headers that occur in both: one key opens both, and their contents can be compared."""
    out_of_order: tuple[str, ...]
    """Tables whose rows do not stand in the order of their key."""
    odd_sizes: tuple[int, ...]
    """Sizes of boxes that occur once only: they follow one person from backup to backup."""

    @property
    def none(self) -> bool:
        """Whether there is no trace at all."""
        return not (self.unchanged_boxes or self.shared_keys or self.out_of_order or self.odd_sizes)


def traces(first: Path, second: Path) -> Traces:
    """Compare two data backups as their thief would."""
    before, after = boxes(first), boxes(second)
    sizes = [len(box) for box in after.values()]
    keys = {
        "voices_seat": "name",
        "voices_box": "name",
        "voices_slip": "hash",
        "voices_erasedbox": "name_hash",
    }
    rows = tables(second)
    return Traces(
        tuple(name for name, box in before.items() if after.get(name) == box),
        frozenset(_header(box) for box in before.values()) & {_header(box) for box in after.values()},
        tuple(
            table
            for table, key in keys.items()
            if [str(row[key]) for row in rows[table]] != sorted(str(row[key]) for row in rows[table])
        ),
        tuple(size for size in set(sizes) if sizes.count(size) == 1),
    )


def _header(box: bytes) -> bytes:
    return box[: 2 + box[1]]
