"""Parquet files: typed already, so only the types are checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from replenish.basis.errors import refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.columns import chosen_columns
from replenish.measures.tables.memory import BYTES_PER_CELL, require_memory
from replenish.measures.tables.spelling import typed_columns

# A damaged page ends polars in a panic, which Python does not count among its ordinary errors.
_UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def read_parquet(path: Path, *, columns: Sequence[str] | None, memory_limit: int | None) -> pl.DataFrame:
    """The columns asked for; numbers as Float64 or Int64, everything else as text, NaN as missing.

    Raises:
        Refused: PARQUET_BROKEN, COLUMN_MISSING, COLUMN_NESTED, FILE_TOO_LARGE.
    """
    try:
        lazy = pl.scan_parquet(path, glob=False)
        schema = lazy.collect_schema()
        rows = int(lazy.select(pl.len()).collect().item())
    except _UNREADABLE:
        refuse(TableFault.PARQUET_BROKEN, file=path)
    names = schema.names()
    wanted = [names[place] for place in chosen_columns(path, names, columns)]
    for name in wanted:
        if schema[name].is_nested() or schema[name] in (pl.Binary, pl.Object):
            refuse(
                TableFault.COLUMN_NESTED, file=path, column=name, kind=str(schema[name].base_type()).lower()
            )
    require_memory(path, rows * len(wanted) * BYTES_PER_CELL, memory_limit)
    try:
        frame = lazy.select(_plain(name, schema[name]) for name in wanted).collect()
    except _UNREADABLE:
        refuse(TableFault.PARQUET_BROKEN, file=path)
    texts = [name for name in wanted if schema[name] == pl.String]
    return frame.with_columns(typed_columns(frame.select(texts)).get_columns()) if texts else frame


def parquet_header(path: Path) -> list[str]:
    """The names of the columns.

    Raises:
        Refused: PARQUET_BROKEN.
    """
    try:
        return pl.scan_parquet(path, glob=False).collect_schema().names()
    except _UNREADABLE:
        refuse(TableFault.PARQUET_BROKEN, file=path)


def _plain(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype.is_float() or dtype.is_decimal():
        return column.cast(pl.Float64).fill_nan(None)
    if dtype == pl.UInt64:
        return column.cast(pl.Float64)
    if dtype.is_integer():
        return column.cast(pl.Int64)
    return column.cast(pl.String)
