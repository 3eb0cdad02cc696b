"""The reporting groups of a season, as kept with it; whatever was changed there is noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.disclosure.partition import Partition, ReportingGroup


class PlainGroup(TypedDict):
    """One reporting group, as `Partition.to_plain` writes it."""

    label: str
    units: Sequence[Sequence[str]]
    parent: Sequence[str]
    alone: bool


class PlainPartition(TypedDict):
    """As `Partition.to_plain` writes it."""

    groups: Sequence[PlainGroup]
    reason: str | None
    id: str


def partition_from_plain(plain: PlainPartition) -> Partition:
    """The partition.

    Raises:
        Refused: it is not the one that was planned; a unit is in two groups, or its content has another hash.
    """
    partition = Partition(
        groups=tuple(
            ReportingGroup(
                label=group["label"],
                units=tuple(tuple(unit) for unit in group["units"]),
                parent=tuple(group["parent"]),
                alone=group["alone"],
            )
            for group in plain["groups"]
        ),
        reason=plain["reason"],
    )
    if partition.id != plain["id"]:
        refuse(RoundFault.SEASON_CHANGED_AT_REST)
    return partition


def people_by_group(partition: Partition, people: Mapping[tuple[str, ...], int]) -> dict[str, int]:
    """The headcount of each reporting group, by its label; a unit that is not named counts nobody."""
    return {group.label: sum(people.get(unit, 0) for unit in group.units) for group in partition.groups}
