"""Writing tables: whole or not at all, and never a cell that a spreadsheet would carry out."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import TableFault
from replenish.measures.formats.number_text import as_number, written

Column = NDArray[np.float64] | Sequence[str | float | None]

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before = + - @ tab and line end.

    A number written as text keeps its sign. Full-width forms of these characters count too.
    """
    start = text[:1].translate(_FULL_WIDTH)
    return f"'{text}" if start in _STARTS and as_number(text) is None else text


def restored(text: str) -> str:
    """Text as it was before `neutral` put an apostrophe before it."""
    return text[1:] if text.startswith("'") and neutral(text[1:]) == text else text


_FULL_WIDTH: Final = {0xFF1D: "=", 0xFF0B: "+", 0xFF0D: "-", 0xFF20: "@", 0x2212: "-"}


def write_table(path: str | Path, columns: Mapping[str, Column]) -> None:
    """Write columns of one length to CSV or Parquet, by the ending of the name.

    Numbers keep all their digits; a missing value is an empty cell; text is made `neutral` in CSV.

    Raises:
        Refused: FILE_KIND_UNKNOWN, FILE_IS_FOLDER, FILE_UNREADABLE.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in {".csv", ".parquet"}:
        refuse(TableFault.FILE_KIND_UNKNOWN, file=path, ending=ending or "nothing")
    if ending == ".parquet":
        with whole_file(target) as stream:
            _frame(columns).write_parquet(stream)
        return
    with whole_file(target) as stream:
        stream.write(table_text(columns).encode())


def table_text(columns: Mapping[str, Column]) -> str:
    """Columns of one length as CSV in RFC 4180, lines ending with a line feed."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([neutral(name) for name in columns])
    texts = [[_cell(value) for value in column] for column in columns.values()]
    writer.writerows(zip(*texts, strict=True))
    return buffer.getvalue()


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only once it is written to the end.

    Raises:
        Refused: FILE_IS_FOLDER, FILE_UNREADABLE.
    """
    if path.is_dir():
        refuse(TableFault.FILE_IS_FOLDER, file=path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        refuse(TableFault.FILE_UNREADABLE, file=path, why=error.strerror or type(error).__name__)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value.replace("\r\n", "\n").replace("\r", "\n"))
    return "" if np.isnan(value) else written(float(value))


def _frame(columns: Mapping[str, Column]) -> pl.DataFrame:
    series = [pl.Series(name, column, strict=False) for name, column in columns.items()]
    return pl.DataFrame([part.fill_nan(None) if part.dtype == pl.Float64 else part for part in series])
