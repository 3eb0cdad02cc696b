"""Which character separates the columns: found from the header and the first rows, never assumed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from replenish.basis.errors import refuse
from replenish.basis.faults import TableFault

SEPARATOR_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_SAMPLE: Final = 50


def separator_of(path: object, head: str, asked: Sequence[str] | None) -> str:
    """The separator that cuts the header and the first rows into the same number of fields.

    Where no separator fits all rows, the one with the most fields in the header is taken, so that the
    ragged row can be named. A file of one column is accepted only where that column was asked for.

    Raises:
        Refused: TABLE_SEPARATOR where one column is found; TABLE_SEPARATOR_AMBIGUOUS where two fit as well.
    """
    widths = {separator: _widths(head, separator) for separator in SEPARATOR_NAMES}
    header = {separator: counts[0] for separator, counts in widths.items() if counts and counts[0] > 1}
    if not header:
        lines = head.lstrip("\ufeffï»¿").splitlines()
        first = lines[0].strip() if lines else ""
        if asked is not None and [name.strip() for name in asked] == [first.strip('"')]:
            return ","
        refuse(TableFault.TABLE_SEPARATOR, file=path, header=first[:60])
    even = [separator for separator in header if len(set(widths[separator])) == 1]
    most = max(header[separator] for separator in even or header)
    best = [separator for separator in even or header if header[separator] == most]
    if len(best) > 1:
        names = " or by ".join(SEPARATOR_NAMES[separator] for separator in best)
        refuse(TableFault.TABLE_SEPARATOR_AMBIGUOUS, file=path, candidates=names)
    return best[0]


def _widths(head: str, separator: str) -> list[int]:
    """Number of fields in each of the first records; the last one may be cut and is left out."""
    counts: list[int] = []
    try:
        for record in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            if record and any(field.strip() for field in record):
                counts.append(len(record))
            if len(counts) == _SAMPLE:
                break
    except csv.Error:
        return counts
    return counts
