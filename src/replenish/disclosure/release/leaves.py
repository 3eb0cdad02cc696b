"""P3: which groups are shown on their own and which as "the rest of ...", by numbers of rows alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.partition.groups import Partition, ReportingGroup, UnitPath
from replenish.disclosure.partition.labels import label_rest


@dataclass(frozen=True, slots=True)
class Leaf:
    """Units that one release treats as one, and the positions of their reporting groups in the partition."""

    label: str
    units: tuple[UnitPath, ...]
    parent: UnitPath
    rest: bool
    members: tuple[int, ...]


def form_leaves(partition: Partition, voices: NDArray[np.int64], *, floor: int) -> list[Leaf]:
    """The leaves of one release: every reporting group is in exactly one of them.

    A group with too few voices is joined with all other such groups of its parent if together they
    reach the floor; otherwise it stays a leaf of its own that shows nothing.

    Args:
        partition: the reporting groups.
        voices: shape (groups,), the number of people who answered anything at all.
        floor: the least number of voices.
    """
    unshown: dict[UnitPath, list[int]] = {}
    for position, group in enumerate(partition.groups):
        if voices[position] < floor:
            unshown.setdefault(group.parent, []).append(position)
    rests = {
        parent: members
        for parent, members in unshown.items()
        if sum(int(voices[position]) for position in members) >= floor
    }
    joined = {position for members in rests.values() for position in members}
    leaves = [
        Leaf(group.label, group.units, group.parent, rest=False, members=(position,))
        for position, group in enumerate(partition.groups)
        if position not in joined
    ]
    leaves += [_rest(partition.groups, parent, members) for parent, members in rests.items()]
    return sorted(leaves, key=lambda leaf: leaf.units)


def _rest(groups: tuple[ReportingGroup, ...], parent: UnitPath, members: list[int]) -> Leaf:
    units = tuple(sorted(unit for position in members for unit in groups[position].units))
    return Leaf(label_rest(parent, units), units, parent, rest=True, members=tuple(members))


def rows_by_leaf(leaves: list[Leaf], group_of_row: NDArray[np.int64]) -> Mapping[int, NDArray[np.int64]]:
    """The rows of each leaf, by the leaf's position; each row is in exactly one leaf.

    Args:
        leaves: as formed above.
        group_of_row: shape (rows,), the position of each row's reporting group.
    """
    leaf_of_group = np.empty(sum(len(leaf.members) for leaf in leaves), dtype=np.int64)
    for position, leaf in enumerate(leaves):
        leaf_of_group[list(leaf.members)] = position
    leaf_of_row = leaf_of_group[group_of_row]
    order = np.argsort(leaf_of_row, kind="stable")
    ends = np.searchsorted(leaf_of_row[order], np.arange(len(leaves) + 1))
    return {position: order[ends[position] : ends[position + 1]] for position in range(len(leaves))}
