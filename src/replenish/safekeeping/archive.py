"""The file of a backup: the same from SQLite and PostgreSQL, and readable in any language.

A ZIP archive with `tables/<name>.jsonl` for each table (a first line that names the columns, then one row a
line in the order of the primary key) and `manifest.json` with the schema and the SHA-256 of each of them;
the key file has `keys.json` besides. Equal content gives equal bytes: no entry carries a time.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping.rows import Column, Plain, Table

FORMAT = 1
MANIFEST = "manifest.json"
KEYS = "keys.json"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
OWNER_ONLY = 0o600 << 16
# Most of a backup is sealed boxes, in which nothing compresses but the alphabet they are written in.
COMPRESSION_LEVEL = 1
MUCH = 10_000


class TableEntry(BaseModel):
    """What the manifest says of one table."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int
    sha256: str


class Manifest(BaseModel):
    """What the backup says about itself. The day, and nothing finer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    replenish_backup: int
    holds: Literal["data", "keys"]
    made_on: str
    made_by: str
    migrations: dict[str, str]
    tables: dict[str, TableEntry]


@dataclass(frozen=True)
class Content:
    """The columns of one table in a backup, and its rows, which can be read once."""

    columns: tuple[Column, ...]
    rows: Iterator[list[Plain]]


class ArchiveWriter:
    """Writes tables one after the other into an open archive, keeping what the manifest will say of them."""

    def __init__(self, archive: zipfile.ZipFile, tell: Callable[[str], None]) -> None:
        self.archive = archive
        self.tell = tell
        self.tables: dict[str, TableEntry] = {}

    def add(self, table: Table, rows: Iterator[list[Plain]]) -> None:
        """Write one table."""
        found = hashlib.sha256()
        count = 0
        with self.archive.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as file:
            for line in _lines(table, rows):
                content = line.encode()
                found.update(content)
                file.write(content)
                count += 1
                if count % MUCH == 0:
                    self.tell(table.name)
        self.tables[table.name] = TableEntry(rows=count - 1, sha256=found.hexdigest())

    def add_text(self, name: str, text: str) -> None:
        """Write an entry that is no table."""
        self.archive.writestr(_entry(name), text)

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, which ends the archive."""
        self.add_text(MANIFEST, json.dumps(manifest.model_dump(), indent=1, sort_keys=True) + "\n")


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a backup for reading.

    Raises:
        Refused: there is no such file, or it is no archive.
    """
    if not path.is_file():
        refuse(SafekeepingFault.FILE_MISSING, file=path)
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        refuse(SafekeepingFault.NOT_A_BACKUP, file=path, why="it is not a ZIP archive")


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the backup says about itself.

    Raises:
        Refused: it has no manifest, or one of another format.
    """
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError, zipfile.BadZipFile):
        refuse(SafekeepingFault.NOT_A_BACKUP, file=archive.filename, why="its manifest cannot be read")
    if manifest.replenish_backup != FORMAT:
        refuse(
            SafekeepingFault.NOT_A_BACKUP,
            file=archive.filename,
            why=f"its format is {manifest.replenish_backup}, and this version reads {FORMAT}",
        )
    return manifest


@contextmanager
def read_table(archive: zipfile.ZipFile, name: str) -> Iterator[Content]:
    """The columns and rows of one table; the rows can be read inside the block.

    Raises:
        Refused: the table is absent or cannot be read.
    """
    with closing(_read_lines(archive, name)) as lines:
        try:
            head = json.loads(next(lines))
            columns = tuple(Column(str(column), str(kind)) for column, kind in head["columns"])
        except (StopIteration, ValueError, KeyError, TypeError):
            refuse(SafekeepingFault.NOT_A_BACKUP, file=archive.filename, why=f"{name} has no columns")
        yield Content(columns, (json.loads(line) for line in lines))


def check_tables(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every table once and compare it with the manifest.

    Raises:
        Refused: a table differs from what the manifest says of it, or is not named there.
    """
    besides = {MANIFEST} if manifest.holds == "data" else {MANIFEST, KEYS}
    named = {f"tables/{name}.jsonl" for name in manifest.tables} | besides
    if set(archive.namelist()) != named:
        refuse(SafekeepingFault.NOT_A_BACKUP, file=archive.filename, why="its tables are not those it names")
    for name, entry in manifest.tables.items():
        found = hashlib.sha256()
        count = -1
        for line in _read_lines(archive, name):
            found.update(line.encode())
            count += 1
        if (count, found.hexdigest()) != (entry.rows, entry.sha256):
            refuse(SafekeepingFault.NOT_A_BACKUP, file=archive.filename, why=f"{name} is not as it was made")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = OWNER_ONLY
    entry.create_system = 3
    return entry


def _lines(table: Table, rows: Iterator[list[Plain]]) -> Iterator[str]:
    yield _line({"columns": [[column.name, column.kind] for column in table.columns]})
    for row in rows:
        yield _line(row)


def _line(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return text + "\n"


def _read_lines(archive: zipfile.ZipFile, name: str) -> Generator[str, None, None]:
    try:
        with archive.open(f"tables/{name}.jsonl") as file:
            yield from TextIOWrapper(file, encoding="utf-8", newline="\n")
    except (KeyError, zipfile.BadZipFile, zlib.error, UnicodeDecodeError, EOFError):
        refuse(SafekeepingFault.NOT_A_BACKUP, file=archive.filename, why=f"{name} cannot be read")
