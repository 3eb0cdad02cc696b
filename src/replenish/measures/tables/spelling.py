"""How a cell is read: what counts as missing, what counts as a number, and which decimal mark is meant."""

from __future__ import annotations

import re
from typing import Final, cast

import polars as pl

MISSING: Final = ("", "NA", "N/A", "n/a", ".", "-", "NULL", "NaN")
"""Spellings of a missing value. A missing value is never read as 0."""

# Above 2**53 a float no longer tells neighbouring whole numbers apart: such digits are names, not amounts.
_EXACT: Final = 2.0**53

_COMMA_NUMBER: Final = r"^[+-]?\d+,\d+$"
_COMMA_OR_THOUSANDS: Final = r"^[+-]?[1-9]\d{0,2},\d{3}$"
_POINT_OR_THOUSANDS: Final = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_PLAIN_OR_COMMA: Final = r"^[+-]?\d+(,\d+)?$"


def counted(column: str) -> list[pl.Expr]:
    """Counts that decide whether a column of text holds numbers only; one pass over the file."""
    text = pl.col(column).str.strip_chars()
    value = text.cast(pl.Float64, strict=False)
    padded = (
        text.str.starts_with("0") & (text.str.len_bytes() > 1) & ~text.str.slice(1, 1).is_in([".", "e", "E"])
    )
    return [
        text.is_not_null().sum().alias(f"{column}:present"),
        (value.is_not_null() & value.is_not_nan()).sum().alias(f"{column}:numbers"),
        text.cast(pl.Int64, strict=False).is_not_null().sum().alias(f"{column}:whole"),
        padded.sum().alias(f"{column}:padded"),
        value.filter(value.is_finite()).abs().max().fill_null(0.0).alias(f"{column}:largest"),
    ]


def typed(column: str, counts: dict[str, float]) -> pl.Expr:
    """The column as Int64 or Float64 where every present cell is a number, otherwise as trimmed text.

    Digits with leading zeros, and digits too long for exact arithmetic, stay text: they name things.
    """
    text = pl.col(column).str.strip_chars()
    present = counts[f"{column}:present"]
    is_number = (
        present > 0
        and counts[f"{column}:numbers"] == present
        and not counts[f"{column}:padded"]
        and counts[f"{column}:largest"] < _EXACT
    )
    if not is_number:
        return pl.when(text.is_in(MISSING)).then(None).otherwise(text).alias(column)
    return text.cast(pl.Int64 if counts[f"{column}:whole"] == present else pl.Float64)


def typed_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Every text column of a frame in memory, typed as `typed` does."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    if not texts or not frame.height:
        return frame
    stripped = [pl.col(name).str.strip_chars() for name in texts]
    cleaned = frame.with_columns(
        pl.when(s.is_in(MISSING)).then(None).otherwise(s).name.keep() for s in stripped
    )
    counts = cleaned.select(e for name in texts for e in counted(name)).row(0, named=True)
    return cleaned.with_columns(typed(name, counts) for name in texts)


def whole_where_whole(frame: pl.DataFrame) -> pl.DataFrame | None:
    """Float64 columns of whole numbers as Int64, NaN as missing; None where digits are too many."""
    changed: list[pl.Series] = []
    for series in frame:
        if series.dtype != pl.Float64:
            changed.append(series)
            continue
        filled = series.fill_nan(None)
        finite = filled.filter(filled.is_finite())
        if finite.len() and float(cast("float", finite.abs().max())) >= _EXACT:
            return None
        empty = filled.null_count() == filled.len()
        whole = finite.len() + filled.null_count() == filled.len() and bool((finite.floor() == finite).all())
        changed.append(filled.cast(pl.String if empty else pl.Int64) if empty or whole else filled)
    return pl.DataFrame(changed)


def with_decimal_commas(frame: pl.DataFrame) -> pl.DataFrame:
    """Text columns whose every cell is a number with a decimal comma become Float64.

    Columns that could mean thousands stay text, and `comma_trouble` says why when numbers are asked of them.
    """
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    candidates = [
        name
        for name in texts
        if _all_match(frame[name], _PLAIN_OR_COMMA) and _first(frame[name], _COMMA_NUMBER)
    ]
    clear = [name for name in candidates if not _all_match(_with_comma(frame[name]), _COMMA_OR_THOUSANDS)]
    pointed = any(dtype == pl.Float64 for name, dtype in frame.schema.items() if name not in candidates)
    if not clear or pointed:
        return frame
    return frame.with_columns(
        pl.col(name).str.replace(",", ".", literal=True).cast(pl.Float64) for name in candidates
    )


def comma_example(series: pl.Series) -> str | None:
    """A cell that is a number only if its comma is a decimal mark, where all other cells are numbers."""
    pointed = series.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    if (pointed.is_null() & series.is_not_null()).any():
        return None
    return _first(series, _COMMA_NUMBER)


def point_example(series: pl.Series) -> str | None:
    """A cell with a decimal point."""
    return _first(series, r"^[+-]?\d*\.\d+$")


def thousands_example(series: pl.Series) -> str | None:
    """A cell that could be a decimal number or a number of thousands."""
    return _first(series, _COMMA_OR_THOUSANDS) or _first(series, _POINT_OR_THOUSANDS)


def _with_comma(series: pl.Series) -> pl.Series:
    return series.filter(series.str.contains(",", literal=True))


def _all_match(series: pl.Series, pattern: str) -> bool:
    present = series.drop_nulls()
    return present.len() > 0 and bool(present.str.contains(pattern).all())


def _first(series: pl.Series, pattern: str) -> str | None:
    hits = series.filter(series.str.contains(pattern).fill_null(value=False))
    return str(hits[0]) if hits.len() else None


def is_number(text: str) -> bool:
    """Whether a header cell looks like a number, as it does where the header row is absent."""
    return re.fullmatch(r"\s*[+-]?\d+([.,]\d+)?\s*", text) is not None
