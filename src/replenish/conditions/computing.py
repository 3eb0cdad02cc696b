"""From the open contributions of one round to its release: a function of what was said, in memory only.

Two things never reach the result: under which name, and in which order, a contribution was stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.conditions.asked import Asked
from replenish.disclosure.partition import Partition, UnitPath
from replenish.disclosure.release import Release
from replenish.report.closing import close_round

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Terms:
    """Everything a release depends on beside the contributions; nothing of it is a clock.

    Args:
        round: the name of the round.
        partition: the reporting groups of the season.
        group_codes: by label of reporting group, the code contributions carry.
        people: by label of reporting group, the declared headcount.
        asked: the scales of the round.
        floor: the least number of voices.
        earlier: the releases of the organisation, oldest first.
        new_season: whether this is the first release of its season.
        paused: whether contributions of a group paused at any time in the round.
    """

    round: str
    partition: Partition
    group_codes: Mapping[str, str]
    people: Mapping[str, int]
    asked: Sequence[Asked]
    floor: int
    earlier: Sequence[Release]
    new_season: bool
    paused: bool = False


@dataclass(frozen=True)
class Computed:
    """The release, and the groups that were set aside because they held more voices than people."""

    release: Release
    set_aside: tuple[str, ...]


def compute(terms: Terms, groups: Sequence[str], scores: Mapping[str, Floats]) -> Computed:
    """The release of a round.

    A group with more contributions than people is set aside whole: that is how a stuffed box looks, and a
    band over invented voices would say something about the few real ones. This depends on numbers alone.
    Rows of a group that the season does not have are no voices.

    Args:
        terms: what the round was opened with.
        groups: for each row, the code of its reporting group.
        scores: by scale, shape (rows,), NaN is missing.

    Raises:
        Refused: whatever `close_round` refuses.
    """
    place = _places(terms, groups)
    columns = {scale.name: np.asarray(scores[scale.name], dtype=np.float64) for scale in terms.asked}
    overfull = _overfull(terms, place, columns)
    kept = (place >= 0) & ~np.isin(place, list(overfull))
    place, columns = _in_order(place[kept], {name: column[kept] for name, column in columns.items()})
    units = [group.units[0] for group in terms.partition.groups]
    release = close_round(
        round=terms.round,
        units=[units[position] for position in place.tolist()],
        values=columns,
        scales=[scale.scale for scale in terms.asked],
        questions=[scale.question for scale in terms.asked],
        partition=terms.partition,
        # Where groups count for nothing, quarters of everybody are a finer measure of the others: whoever let
        # all groups but one pause could read off that all nine people of this one have answered.
        headcount=None if terms.paused or overfull else _headcount(terms),
        earlier=terms.earlier,
        floor=terms.floor,
        new_season=terms.new_season,
        disjoint=True,
    )
    return Computed(release, tuple(terms.partition.groups[position].label for position in sorted(overfull)))


def _places(terms: Terms, groups: Sequence[str]) -> NDArray[np.int64]:
    """The position of each row's reporting group in the partition; -1 where the season has no such group."""
    position = {terms.group_codes[group.label]: place for place, group in enumerate(terms.partition.groups)}
    return np.array([position.get(code, -1) for code in groups], dtype=np.int64)


def _overfull(terms: Terms, place: NDArray[np.int64], columns: Mapping[str, Floats]) -> set[int]:
    answered = ~np.all([np.isnan(column) for column in columns.values()], axis=0)
    voices = np.bincount(place[answered & (place >= 0)], minlength=len(terms.partition.groups))
    return {
        position
        for position, group in enumerate(terms.partition.groups)
        if voices[position] > terms.people[group.label]
    }


def _in_order(
    place: NDArray[np.int64], columns: Mapping[str, Floats]
) -> tuple[NDArray[np.int64], dict[str, Floats]]:
    """The rows sorted by group and then by what they say.

    Sums of floating-point numbers depend on their order in the last digit. In this order they depend on the
    answers of each group alone, so exchanging two people of a group changes not one byte.
    """
    names = sorted(columns)
    order = np.lexsort([*(columns[name] for name in reversed(names)), place])
    return place[order], {name: columns[name][order] for name in names}


def _headcount(terms: Terms) -> dict[UnitPath, int]:
    """Each group's people, written to its first unit: rows know their group and never their unit."""
    people = {unit: 0 for group in terms.partition.groups for unit in group.units}
    for group in terms.partition.groups:
        people[group.units[0]] = terms.people[group.label]
    return people
