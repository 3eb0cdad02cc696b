"""Text tables: CSV by comma, semicolon, tab or |, in the encodings that spreadsheets write."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import polars as pl

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.columns import chosen_columns, named_columns
from replenish.measures.tables.memory import BYTES_PER_CELL, require_memory
from replenish.measures.tables.separators import SEPARATOR_NAMES, separator_of
from replenish.measures.tables.spelling import (
    MISSING,
    counted,
    typed,
    typed_columns,
    whole_where_whole,
    with_decimal_commas,
)
from replenish.measures.tables.structure import structure_of

_HEAD: Final = 1 << 18
_MOST_PROBLEMS: Final = 20
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_PADDED: Final = r"^\s*[+-]?0[0-9]"


@dataclass(frozen=True)
class _Text:
    """A text file as UTF-8: the file itself where it is, otherwise its content rewritten in memory."""

    path: Path
    content: bytes | None = None

    def blocks(self) -> Iterator[bytes]:
        """The bytes in blocks, without a byte order mark."""
        with io.BytesIO(self.content) if self.content is not None else self.path.open("rb") as stream:
            block = stream.read(1 << 23).removeprefix(b"\xef\xbb\xbf")
            while block:
                yield block
                block = stream.read(1 << 23)

    def head(self) -> bytes:
        """The first bytes, cut at the end of a line where there is one."""
        start = next(self.blocks(), b"")[:_HEAD]
        return start if len(start) < _HEAD else start[: start.rfind(b"\n") + 1] or start

    def records(self, separator: str) -> Iterator[list[str]]:
        """Records one by one, slowly and strictly."""
        binary: io.BufferedIOBase
        binary = io.BytesIO(self.content) if self.content is not None else self.path.open("rb")
        with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as stream:
            yield from csv.reader(stream, delimiter=separator, strict=True)


def read_delimited(
    path: Path, *, columns: Sequence[str] | None, memory_limit: int | None
) -> tuple[pl.DataFrame, bool]:
    """The columns asked for, typed, and whether the comma is free to be a decimal mark.

    Raises:
        Refused: FILE_NOT_TEXT, FILE_TOO_LARGE, TABLE_SEPARATOR, TABLE_SEPARATOR_AMBIGUOUS, TABLE_RAGGED,
            TABLE_QUOTES, TABLE_NO_ROWS, COLUMN_DUPLICATE, COLUMN_MISSING.
    """
    text = _unicode(path, memory_limit)
    head = text.head()
    separator = separator_of(path, head.decode("latin-1"), columns)
    if text.content is None:
        rows = path.stat().st_size / max(1.0, len(head) / max(1, head.count(b"\n")))
        width = (
            len(columns) if columns is not None else head.partition(b"\n")[0].count(separator.encode()) + 1
        )
        require_memory(path, rows * BYTES_PER_CELL * width, memory_limit)
    structure = structure_of(text.blocks(), separator)
    if structure.encoding == "damaged":
        refuse(TableFault.FILE_NOT_TEXT, file=path)
    if structure.encoding == "windows-1252":
        require_memory(path, 4 * path.stat().st_size, memory_limit)
        text = _Text(path, _windows(text))
    names = named_columns(_header(path, text, separator))
    places = chosen_columns(path, names, columns)
    if structure.records < 2:
        refuse(TableFault.TABLE_NO_ROWS, file=path)
    rows = structure.records - 1
    wide = max(0.0, structure.bytes / structure.records - 12 * len(names))
    require_memory(path, rows * (BYTES_PER_CELL * len(places) + wide), memory_limit)
    if not structure.even or structure.fields != len(names):
        text, rows = _even(path, text, separator, len(names))
    frame = _typed_frame(path, text, separator, names, places, padded=structure.padded)
    if frame.height != rows:
        refuse(TableFault.TABLE_QUOTES, file=path)
    comma_is_free = separator != ","
    return (with_decimal_commas(frame) if comma_is_free else frame), comma_is_free


def delimited_header(path: Path) -> list[str]:
    """The names of the columns, without reading the rows.

    Raises:
        Refused: FILE_NOT_TEXT, TABLE_SEPARATOR, TABLE_SEPARATOR_AMBIGUOUS, TABLE_QUOTES.
    """
    text = _unicode(path, None)
    head = text.head()
    separator = separator_of(path, head.decode("latin-1"), None)
    encoding = structure_of([head], separator).encoding
    if encoding == "damaged":
        refuse(TableFault.FILE_NOT_TEXT, file=path)
    if encoding == "windows-1252":
        text = _Text(path, _windows(_Text(path, head)))
    return named_columns(_header(path, text, separator))


def _unicode(path: Path, memory_limit: int | None) -> _Text:
    """The file as it is, or rewritten where it is UTF-16 or ends its lines as old Macs did."""
    with path.open("rb") as stream:
        start = stream.read(_HEAD)
    wide = start.startswith(_UTF16_MARKS)
    if not wide and (b"\n" in start or b"\r" not in start):
        return _Text(path)
    require_memory(path, 4 * path.stat().st_size, memory_limit)
    try:
        content = path.read_bytes().decode("utf-16").encode() if wide else path.read_bytes()
    except UnicodeDecodeError:
        refuse(TableFault.FILE_NOT_TEXT, file=path)
    return _Text(path, content if b"\n" in content else content.replace(b"\r", b"\n"))


def _windows(text: _Text) -> bytes:
    """The content of a Windows-1252 file as UTF-8; one that is mostly UTF-8 is damaged."""
    path = text.path
    content = path.read_bytes() if text.content is None else text.content
    as_utf8 = content.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    fine = sum(1 for sign in as_utf8 if sign > "\x7f") - broken
    if fine > broken:
        refuse(TableFault.FILE_NOT_TEXT, file=path)
    try:
        return content.decode("cp1252").encode()
    except UnicodeDecodeError:
        refuse(TableFault.FILE_NOT_TEXT, file=path)


def _header(path: Path, text: _Text, separator: str) -> list[str]:
    try:
        return next((record for record in text.records(separator) if record), [])
    except csv.Error:
        refuse(TableFault.TABLE_QUOTES, file=path)


def _even(path: Path, text: _Text, separator: str, width: int) -> tuple[_Text, int]:
    """The same table without blank lines and with every quotation mark in its place, or a refusal by row.

    Fast readers fill short rows with missing values in silence; here a short row is a refusal.
    """
    problems: list[Problem] = []
    rewritten = io.StringIO()
    writer = csv.writer(rewritten, delimiter=separator, lineterminator="\n")
    row = -1
    try:
        for record in text.records(separator):
            if not record or (width > 1 and len(record) == 1 and not record[0].strip()):
                continue
            row += 1
            if len(record) != width:
                problems.append(
                    problem(
                        TableFault.TABLE_RAGGED,
                        file=path,
                        row=row,
                        found=len(record),
                        expected=width,
                        separator=SEPARATOR_NAMES[separator],
                    )
                )
                if len(problems) == _MOST_PROBLEMS:
                    break
            writer.writerow(record)
    except csv.Error:
        refuse(TableFault.TABLE_QUOTES, file=path, row=row + 1)
    if problems:
        raise Refused(problems)
    if row < 1:
        refuse(TableFault.TABLE_NO_ROWS, file=path)
    return _Text(path, rewritten.getvalue().encode()), row


def _typed_frame(
    path: Path, text: _Text, separator: str, names: Sequence[str], places: Sequence[int], *, padded: bool
) -> pl.DataFrame:
    """Only the columns at these places, typed; text of a large file is never held in memory at once."""
    keys = [f"{place}" for place in range(len(names))]
    wanted = [keys[place] for place in places]
    scan = partial(
        pl.scan_csv,
        separator=separator,
        null_values=list(MISSING),
        with_column_names=lambda _: keys,
        infer_schema=False,
        glob=False,
    )
    source = text.content if text.content is not None else path
    try:
        careful = padded and _has_padded_numbers(scan(source), wanted)
        frame = None if careful else _at_once(scan, source, text.head(), wanted)
        if frame is None:
            lazy = scan(source)
            counts = lazy.select(e for key in wanted for e in counted(key)).collect(engine="streaming")
            row = counts.row(0, named=True)
            frame = lazy.select(typed(key, row) for key in wanted).collect(engine="streaming")
    except pl.exceptions.PolarsError:
        refuse(TableFault.TABLE_QUOTES, file=path)
    return frame.rename({keys[place]: names[place] for place in places})


def _has_padded_numbers(lazy: pl.LazyFrame, wanted: Sequence[str]) -> bool:
    """Whether one of these columns has a cell such as 007; a column nobody asked for does not count."""
    found = lazy.select(pl.col(key).str.contains(_PADDED).any() for key in wanted)
    return any(found.collect(engine="streaming").row(0))


def _at_once(
    scan: Callable[..., pl.LazyFrame], source: bytes | Path, head: bytes, wanted: Sequence[str]
) -> pl.DataFrame | None:
    """One pass, with the types that the first rows suggest; None where a later cell is of another kind."""
    sample = typed_columns(scan(head, n_rows=1000, truncate_ragged_lines=True).select(wanted).collect())
    numeric = {key: pl.Float64 for key in wanted if sample[key].dtype != pl.String or not sample[key].count()}
    texts = [pl.col(key).str.strip_chars() for key in wanted if key not in numeric]
    lazy = scan(source, schema_overrides=numeric).select(wanted)
    missing = [pl.when(text.is_in(MISSING)).then(None).otherwise(text).name.keep() for text in texts]
    try:
        frame = lazy.with_columns(missing).collect(engine="streaming")
    except pl.exceptions.PolarsError:
        return None
    return whole_where_whole(frame)
