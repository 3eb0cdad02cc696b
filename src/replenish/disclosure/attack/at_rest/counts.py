"""How many have answered: a number in a table, in a text, or simply the number of rows of a table.

The number of voices of a group is published as a size class only. A column, a field of a text or a table that
shows the exact number, while a round is open or after it, betrays who joined in once one person is seen.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from replenish.disclosure.attack.at_rest.snapshot import Cell, Snapshot

LEAST_NUMBERS = 3
"""A series that took fewer different numbers agrees with another one by accident."""

LEAST_COPIES = 5


@dataclass(frozen=True)
class CountFound:
    """A place that shows how many answered, in so many copies or rounds."""

    place: str
    agreeing: int
    different: int


def live_counts(snapshots: Sequence[Snapshot], true_counts: Sequence[Mapping[str, int]]) -> list[CountFound]:
    """Places whose number follows the true number of voices from copy to copy.

    Args:
        snapshots: copies, oldest first.
        true_counts: for each copy, how many had contributed to the round then open, in each group.
    """
    series: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, snapshot in enumerate(snapshots):
        for place, count in _numbers(snapshot):
            series[place][number].add(count)
    groups = sorted({group for counts in true_counts for group in counts})
    return [
        found
        for place, by_copy in sorted(series.items())
        for group in groups
        if (found := _agreement(place, by_copy, [counts.get(group, 0) for counts in true_counts]))
    ]


def final_counts(snapshot: Snapshot, true_counts: Mapping[str, Sequence[int]]) -> list[CountFound]:
    """Columns and fields of the last copy that list the number of voices, round after round.

    Args:
        snapshot: the last copy.
        true_counts: for each group, how many contributed to each closed round, oldest first.
    """
    listed: dict[str, list[int]] = defaultdict(list)
    for place, count in _numbers(snapshot):
        listed[place].append(count)
    return [
        CountFound(place, len(series), len(set(series)))
        for place, counts in sorted(listed.items())
        for series in true_counts.values()
        if len(set(series)) >= LEAST_NUMBERS and _within(tuple(series), counts)
    ]


def _agreement(place: str, by_copy: Mapping[int, set[int]], truth: Sequence[int]) -> CountFound | None:
    open_copies = [copy for copy, count in enumerate(truth) if count > 0 and copy in by_copy]
    agreeing = [copy for copy in open_copies if truth[copy] in by_copy[copy]]
    different = len({truth[copy] for copy in agreeing})
    loose = max((len(by_copy[copy]) for copy in open_copies), default=0)
    told = len(agreeing) >= max(LEAST_COPIES, 0.9 * len(open_copies)) and different >= LEAST_NUMBERS
    # A place with many different numbers at once contains any number: it tells nothing.
    return CountFound(place, len(agreeing), different) if told and loose <= LEAST_NUMBERS else None


def _within(series: tuple[int, ...], counts: Sequence[int]) -> bool:
    size = len(series)
    both = list(counts), list(reversed(counts))
    return any(tuple(each[at : at + size]) == series for each in both for at in range(len(each) - size + 1))


def _numbers(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    for table in snapshot.tables:
        yield f"the number of rows of {table.name}", len(table.rows)
        for at, column in enumerate(table.columns):
            cells = [row[at] for row in table.rows]
            if len(set(map(str, cells))) < len(cells):
                for count in Counter(map(str, cells)).values():
                    yield f"the rows of {table.name} that agree in {column}", count
            for cell in cells:
                yield from _in_cell(f"{table.name}.{column}", cell)
    for name, text in snapshot.texts.items():
        for line in text.splitlines():
            template = re.sub(r"\d+", "#", line)
            for at, digits in enumerate(re.findall(r"(?<![\w.])\d{1,5}(?![\w.])", line)):
                yield f"{name}: number {at + 1} of lines like '{template[:60]}'", int(digits)


def _in_cell(place: str, cell: Cell) -> Iterator[tuple[str, int]]:
    if isinstance(cell, int):
        yield place, cell
    elif isinstance(cell, str) and cell[:1] in "{[":
        try:
            yield from _in_plain(place, json.loads(cell))
        except ValueError:
            return


def _in_plain(place: str, value: object) -> Iterator[tuple[str, int]]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _in_plain(f"{place}.{key}", inner)
    elif isinstance(value, list):
        yield f"the length of {place}", len(value)
        for inner in value:
            yield from _in_plain(f"{place}[]", inner)
