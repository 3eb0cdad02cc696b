"""Open a file of answers: look at what it is before believing its name, then read the columns asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from replenish.basis.errors import Fault, refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.delimited import delimited_header, read_delimited
from replenish.measures.tables.parquet import parquet_header, read_parquet
from replenish.measures.tables.table import Table
from replenish.measures.tables.workbook import read_workbook, workbook_header

_KINDS: Final = {
    ".csv": "text", ".tsv": "text", ".tab": "text", ".txt": "text",
    ".xlsx": "workbook", ".xlsm": "workbook",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_NOTHING: Final = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""No byte at all, or a byte order mark before nothing."""
_MAGIC: Final = (
    (b"PK\x03\x04", "workbook", "a workbook or another zip file"),
    (b"PAR1", "parquet", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound", "an old or locked Office file"),
    (b"%PDF", "other", "a PDF"),
    (b"\x89PNG", "other", "a picture"),
    (b"\xff\xd8\xff", "other", "a picture"),
    (b"\x1f\x8b", "other", "a compressed file"),
)


def read_table(
    path: str | Path,
    *,
    columns: Sequence[str] | None = None,
    memory_limit: int | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a CSV, XLSX or Parquet file; only the columns asked for, or all.

    CSV may be separated by comma, semicolon, tab or |, in UTF-8 (with or without a mark), UTF-16 or
    Windows-1252; a decimal comma is understood where the comma is not the separator. Blank lines are
    skipped. The spellings of a missing value are listed in `spelling.MISSING`; they are never 0.

    Args:
        path: the file.
        columns: the columns to read, in this order; all where None.
        memory_limit: bytes that reading may take; where None, what the system and its container leave.
        sheet: the sheet of a workbook; the first where None.

    Raises:
        Refused: with one fault of the catalogue naming the file and, where it applies, row and column.
    """
    file = Path(path)
    kind = _kind(file)
    if kind == "workbook":
        frame, comma = read_workbook(file, columns=columns, memory_limit=memory_limit, sheet=sheet), False
    elif kind == "parquet":
        frame, comma = read_parquet(file, columns=columns, memory_limit=memory_limit), False
    else:
        frame, comma = read_delimited(file, columns=columns, memory_limit=memory_limit)
    if not frame.height:
        refuse(TableFault.TABLE_NO_ROWS, file=path)
    return Table(str(path), frame, comma)


def read_header(path: str | Path) -> list[str]:
    """The names of the columns of a table, or of a workbook's first sheet, without reading its rows.

    Raises:
        Refused: as `read_table` where the file is missing, broken, or not a table.
    """
    file = Path(path)
    kind = _kind(file)
    if kind == "workbook":
        return workbook_header(file)
    return delimited_header(file) if kind == "text" else parquet_header(file)


def _kind(file: Path) -> str:
    """The kind of file by its name, refused where the first bytes say otherwise."""
    if not file.exists():
        refuse(TableFault.FILE_MISSING, file=file)
    if file.is_dir():
        refuse(TableFault.FILE_IS_FOLDER, file=file)
    try:
        with file.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        refuse(TableFault.FILE_UNREADABLE, file=file, why=error.strerror or type(error).__name__)
    if start in _NOTHING:
        refuse(TableFault.FILE_EMPTY, file=file)
    ending = file.suffix.lower()
    expected = _KINDS.get(ending)
    if expected is None and ending != ".xls":
        refuse(TableFault.FILE_KIND_UNKNOWN, file=file, ending=ending or "nothing")
    found, content = next(
        ((kind, says) for magic, kind, says in _MAGIC if start.startswith(magic)), ("text", "text")
    )
    if found == "compound":
        refuse(TableFault.WORKBOOK_OLD if ending == ".xls" else _locked_or_old(file), file=file)
    if expected != found:
        broken = {"workbook": TableFault.WORKBOOK_BROKEN, "parquet": TableFault.PARQUET_BROKEN}
        if expected in broken and found == "text" and b"\x00" in start:
            refuse(broken[expected], file=file)
        refuse(TableFault.FILE_KIND_DIFFERS, file=file, ending=ending, content=content)
    return found


def _locked_or_old(file: Path) -> Fault:
    """A locked XLSX is an Office compound file with a stream named EncryptedPackage."""
    locked = "EncryptedPackage".encode("utf-16-le") in file.read_bytes()
    return TableFault.WORKBOOK_ENCRYPTED if locked else TableFault.WORKBOOK_OLD
