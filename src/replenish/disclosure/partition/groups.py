"""The reporting groups of a season: every unit in exactly one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.basis.identifiers import content_hash
from replenish.disclosure.partition.names import refuse_alike

UnitPath = tuple[str, ...]
"""A unit by its place in the tree, outermost first: ("Medicine", "Oak"). A flat list has paths of one."""


@dataclass(frozen=True, slots=True)
class ReportingGroup:
    """Units that are published together, as one leaf.

    Args:
        label: names all its units.
        units: their paths, sorted.
        parent: the node of the tree that holds them all; () is the organisation itself.
        alone: whether it is a single unit.
    """

    label: str
    units: tuple[UnitPath, ...]
    parent: UnitPath
    alone: bool

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {
            "label": self.label,
            "units": [list(unit) for unit in self.units],
            "parent": list(self.parent),
            "alone": self.alone,
        }


@dataclass(frozen=True, slots=True)
class Partition:
    """The reporting groups, sorted by their units; fixed for a season (P1).

    Args:
        groups: none when the organisation is too small for statistics about people (P10).
        reason: in that case, why.

    Raises:
        Refused: a unit in no group or in two, two units that look alike, two groups with one label, or no
            groups and no reason.
    """

    groups: tuple[ReportingGroup, ...]
    reason: str | None = None
    id: str = field(init=False)
    _labels: dict[UnitPath, str] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        labels: dict[UnitPath, str] = {}
        for group in self.groups:
            if not group.units or group.alone != (len(group.units) == 1):
                refuse(DisclosureFault.PARTITION_GROUP, group=group.label)
            for unit in group.units:
                if unit in labels:
                    refuse(DisclosureFault.PARTITION_OVERLAP, unit=" / ".join(unit))
                if len(unit) <= len(group.parent) or unit[: len(group.parent)] != group.parent:
                    refuse(DisclosureFault.PARTITION_GROUP, group=group.label)
                labels[unit] = group.label
        if len({group.label for group in self.groups}) != len(self.groups):
            refuse(DisclosureFault.PARTITION_LABELS)
        refuse_alike(labels)
        if len({len(unit) for unit in labels}) > 1:
            refuse(DisclosureFault.UNIT_DEPTH, unit=" / ".join(next(iter(labels))))
        if bool(self.groups) == bool(self.reason):
            refuse(DisclosureFault.PARTITION_EMPTY)
        object.__setattr__(self, "_labels", labels)
        object.__setattr__(self, "id", content_hash(self._content()))

    def group_of(self, unit: UnitPath) -> str:
        """The label of the one group that holds this unit.

        Raises:
            Refused: the unit is not part of this partition.
        """
        label = self._labels.get(tuple(unit))
        if label is None:
            refuse(DisclosureFault.UNIT_UNKNOWN, unit=" / ".join(unit))
        return label

    @property
    def units(self) -> frozenset[UnitPath]:
        """All units."""
        return frozenset(self._labels)

    def _content(self) -> dict[str, object]:
        return {"groups": [group.to_plain() for group in self.groups], "reason": self.reason}

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {**self._content(), "id": self.id}


def common_parent(units: Iterable[UnitPath]) -> UnitPath:
    """The innermost node that holds all these units; () is the organisation itself."""
    parents = [unit[:-1] for unit in units]
    common = parents[0]
    for parent in parents[1:]:
        shared = 0
        while shared < min(len(common), len(parent)) and common[shared] == parent[shared]:
            shared += 1
        common = common[:shared]
    return common
