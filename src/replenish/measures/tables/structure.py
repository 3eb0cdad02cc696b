"""One fast pass over a text table: its encoding, its number of records, and whether all are equally long."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_QUOTE: Final = 34
_NEWLINE: Final = 10
_ZERO, _NINE = 48, 57
_STARTS: Final = np.array([code in b'\n" +-' for code in range(256)])
_CONTROLS: Final = np.array([code < 32 and code not in (9, 10, 11, 12, 13) for code in range(256)])


@dataclass(frozen=True)
class Structure:
    """Facts about a text table.

    `encoding` is "utf-8", "windows-1252" (bytes that are not UTF-8) or "damaged" (control characters);
    `records` counts the header too; `even` says that every record has `fields` fields; `padded` says that
    some cell begins with a zero and a further digit, as codes do and amounts do not.
    """

    encoding: str
    bytes: int
    records: int
    fields: int
    even: bool
    padded: bool


def structure_of(blocks: Iterable[bytes], separator: str) -> Structure:
    """Read blocks of bytes once, in constant memory; stops at the first control character.

    A separator or a line end between an odd and an even quotation mark belongs to a field (RFC 4180).
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, size, inside, tokens, last, padded = "utf-8", 0, False, 0, _NEWLINE, False
    sep, edge = ord(separator), np.zeros(0, dtype=np.uint8)
    counts: list[NDArray[np.int64]] = []
    for block in blocks:
        size += len(block)
        bytes_ = np.frombuffer(block, dtype=np.uint8)
        if _CONTROLS[bytes_].any():
            return Structure("damaged", size, 0, 0, even=False, padded=False)
        if encoding == "utf-8" and not (block.isascii() and not decoder.getstate()[0]):
            encoding = _still_utf8(decoder, block)
        marks = (bytes_ == sep) | (bytes_ == _NEWLINE)
        joint = np.concatenate([edge, bytes_[:2]])
        padded = padded or _has_padded_number(bytes_, sep) or _has_padded_number(joint, sep)
        edge = np.concatenate([edge, bytes_[-2:]])[-2:]
        quotes = bytes_ == _QUOTE
        if inside or quotes.any():
            within = (np.cumsum(quotes, dtype=np.int32) + inside) & 1
            marks &= within == 0
            inside = bool(within[-1])
        ends = np.flatnonzero(bytes_[marks] == _NEWLINE)
        counts.append(np.diff(ends, prepend=-1 - tokens))
        total = int(np.count_nonzero(marks))
        tokens = total - 1 - int(ends[-1]) if ends.size else tokens + total
        last = int(bytes_[-1])
    if encoding == "utf-8" and decoder.getstate()[0]:
        encoding = "windows-1252"
    if last != _NEWLINE or inside:
        counts.append(np.array([tokens + 1]))
    fields = np.concatenate(counts) if counts else np.zeros(0, dtype=np.int64)
    first = int(fields[0]) if fields.size else 0
    even = bool(fields.size and (fields == first).all() and first > 1 and not inside)
    return Structure(encoding, size, int(fields.size), first, even, padded)


def _still_utf8(decoder: codecs.IncrementalDecoder, block: bytes) -> str:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _has_padded_number(bytes_: NDArray[np.uint8], separator: int) -> bool:
    """Whether a cell starts with a sign or not, then 0 and a further digit."""
    inner = np.flatnonzero(bytes_[1:-1] == _ZERO) + 1
    before, after = bytes_[inner - 1], bytes_[inner + 1]
    starts = _STARTS[before] | (before == separator)
    return bool((starts & (after >= _ZERO) & (after <= _NINE)).any())
