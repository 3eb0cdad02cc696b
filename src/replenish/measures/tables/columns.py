"""Finding the columns that were asked for, and naming the nearest ones where they are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final, NoReturn

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import TableFault
from replenish.measures.tables.spelling import is_number

_MOST_NAMES: Final = 30


def named_columns(header: Sequence[str | None]) -> list[str]:
    """Trimmed names; a column without a name is called by its place, such as `unnamed column 1`."""
    return [(name or "").strip() or f"unnamed column {place}" for place, name in enumerate(header, start=1)]


def chosen_columns(path: object, names: Sequence[str], asked: Sequence[str] | None) -> list[int]:
    """Places of the columns asked for, or of all.

    Raises:
        Refused: TABLE_NO_HEADER where all columns are asked for and every name is a number;
            COLUMN_DUPLICATE where a name that is needed stands twice; COLUMN_MISSING.
    """
    if asked is None and len(names) > 1 and all(is_number(name) for name in names):
        refuse(TableFault.TABLE_NO_HEADER, file=path, first=", ".join(names[:5]))
    wanted = list(dict.fromkeys(names if asked is None else asked))
    times = Counter(names)
    twice = [name for name in wanted if times[name] > 1]
    if twice:
        raise Refused(
            [
                problem(TableFault.COLUMN_DUPLICATE, file=path, column=name, times=times[name])
                for name in twice
            ]
        )
    for name in wanted:
        if name not in times:
            refuse_missing_column(path, name, names)
    return [names.index(name) for name in wanted]


def refuse_missing_column(path: object, name: str, names: Sequence[str]) -> NoReturn:
    """Refuse a column that is not there, naming the nearest names and the names there are."""
    by_folded = {known.casefold(): known for known in names}
    near = [by_folded[key] for key in get_close_matches(name.casefold(), list(by_folded), n=3, cutoff=0.6)]
    close = f" (did you mean {' or '.join(repr(known) for known in near)}?)" if near else ""
    shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    refuse(TableFault.COLUMN_MISSING, file=path, column=name, close=close, columns=shown)
