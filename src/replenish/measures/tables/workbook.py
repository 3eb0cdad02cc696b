"""XLSX workbooks: the first sheet or a named one, refused where a cell cannot be trusted."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import fastexcel
import polars as pl

from replenish.basis.errors import refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.columns import chosen_columns, named_columns
from replenish.measures.tables.memory import require_memory
from replenish.measures.tables.spelling import typed_columns

# Measured on 800,000 cells: the peak is about three times the unpacked XML.
_TIMES_UNPACKED: Final = 4

# What the zip module raises for damage, unknown compression and single locked parts.
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)

_ERROR_CELL: Final = re.compile(
    rb'<c r="([A-Z]+\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*?(?:/>|>.*?</f>))?<v>([^<]*)</v>'
)
_BARE_FORMULA: Final = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>')
_FIRST_CELLS: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"')


def read_workbook(
    path: Path, *, columns: Sequence[str] | None, memory_limit: int | None, sheet: str | None
) -> pl.DataFrame:
    """The columns asked for, of the sheet asked for.

    Raises:
        Refused: WORKBOOK_BROKEN, FILE_TOO_LARGE, SHEET_MISSING, TABLE_NO_ROWS, COLUMN_MISSING,
            COLUMN_DUPLICATE, WORKBOOK_ERROR_CELL, WORKBOOK_UNCALCULATED.
    """
    unpacked = _unpacked_size(path)
    require_memory(path, _TIMES_UNPACKED * unpacked, memory_limit)
    try:
        reader = fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)
    if sheet is not None and sheet not in reader.sheet_names:
        refuse(TableFault.SHEET_MISSING, file=path, sheet=sheet, sheets=", ".join(reader.sheet_names))
    which = sheet if sheet is not None else 0
    try:
        header = reader.load_sheet(which, header_row=None, n_rows=1, dtypes="string").to_polars()
        names = named_columns(header.row(0)) if header.height else []
        if not names:
            refuse(TableFault.TABLE_NO_ROWS, file=path)
        places = chosen_columns(path, names, columns)
        _refuse_untrusted_cells(path, which)
        frame = _frame(reader, which, names, places)
    except fastexcel.FastExcelError:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)
    filled = frame.with_row_index("row").filter(~pl.all_horizontal(pl.col(frame.columns).is_null()))
    last = 0 if filled.is_empty() else int(filled["row"][-1]) + 1
    return frame.head(last)


def workbook_header(path: Path) -> list[str]:
    """The names of the columns of the first sheet, without reading its rows.

    Raises:
        Refused: WORKBOOK_BROKEN.
    """
    _unpacked_size(path)
    try:
        sheet = (
            fastexcel.read_excel(path).load_sheet(0, header_row=None, n_rows=1, dtypes="string").to_polars()
        )
    except fastexcel.FastExcelError:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)
    return named_columns(sheet.row(0)) if sheet.height else []


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a workbook.

    Raises:
        Refused: WORKBOOK_BROKEN.
    """
    _unpacked_size(path)
    try:
        return list(fastexcel.read_excel(path).sheet_names)
    except fastexcel.FastExcelError:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)


def _unpacked_size(path: Path) -> int:
    """Bytes of the workbook once unpacked, told by the zip directory before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                refuse(TableFault.WORKBOOK_BROKEN, file=path)
            return sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/"))
    except _UNREADABLE:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)


def _frame(
    reader: fastexcel.ExcelReader, which: str | int, names: Sequence[str], places: Sequence[int]
) -> pl.DataFrame:
    """Cells as text decide the types; numbers are then read again, as text would round them to 9 decimals."""
    order = sorted(places)
    texts = reader.load_sheet(
        which, header_row=None, skip_rows=1, dtypes="string", use_columns=order
    ).to_polars()
    texts.columns = [str(place) for place in order]
    frame = typed_columns(texts)
    floats = [place for place in order if frame.schema[str(place)] == pl.Float64]
    if floats:
        exact = reader.load_sheet(
            which, header_row=None, skip_rows=1, dtypes="float", use_columns=floats
        ).to_polars()
        exact.columns = [str(place) for place in floats]
        frame = frame.with_columns(exact.get_columns())
    return frame.select(pl.col(str(place)).alias(names[place]) for place in places)


def _refuse_untrusted_cells(path: Path, which: str | int) -> None:
    """Refuse errors and formulas without a result, which the reader would return as missing in silence."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _sheet_part(archive, which)
            content = archive.read(part) if part is not None else b""
    except _UNREADABLE:
        refuse(TableFault.WORKBOOK_BROKEN, file=path)
    error = _ERROR_CELL.search(content)
    if error and error[2] != b"#N/A":
        refuse(
            TableFault.WORKBOOK_ERROR_CELL,
            file=path,
            cell=error[1].decode(),
            value=error[2].decode("utf-8", "replace"),
        )
    formula = _BARE_FORMULA.search(content)
    if formula:
        refuse(TableFault.WORKBOOK_UNCALCULATED, file=path, cell=formula[1].decode())


def _sheet_part(archive: zipfile.ZipFile, which: str | int) -> str | None:
    """The part of the archive that holds the sheet, by the workbook's own list."""
    sheets = re.findall(rb"<(?:\w+:)?sheet\b([^>]*)/?>", archive.read("xl/workbook.xml"))
    relations = (
        archive.read("xl/_rels/workbook.xml.rels")
        if "xl/_rels/workbook.xml.rels" in archive.namelist()
        else b""
    )
    targets: dict[bytes, bytes] = {}
    for relation in re.findall(rb"<Relationship\b([^>]*)/?>", relations):
        found = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        targets[found.get(b"Id", b"")] = found.get(b"Target", b"")
    for place, attributes in enumerate(sheets):
        found = dict(re.findall(rb'([\w:]+)="([^"]*)"', attributes))
        if which in (place, found.get(b"name", b"").decode("utf-8", "replace")):
            target = targets.get(found.get(b"r:id", b""), b"").decode()
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None
