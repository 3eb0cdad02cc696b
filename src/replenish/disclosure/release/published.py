"""The types a release is made of. What is not in them is never published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType

from replenish.basis.identifiers import content_hash
from replenish.disclosure.bands import Band, SizeClass
from replenish.disclosure.change import ROUNDS_COMPARED, Change
from replenish.disclosure.construction import ConstructionKey, Sealed
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.partition.groups import Partition, UnitPath
from replenish.disclosure.scale import AnswerScale


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said about one leaf and one question.

    Args:
        size: class of the number of voices behind the band; None together with `band`.
        band: band of the mean on 0-100; None means "not enough voices this time".
        change: the band lies on the same side of both earlier published bands; None otherwise.
    """

    size: SizeClass | None
    band: Band | None
    change: Change | None = None

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {
            "size": None if self.size is None else self.size.label,
            "band": None if self.band is None else [self.band.low, self.band.high],
            "change": self.change,
        }


NOT_ENOUGH_VOICES = Cell(None, None, None)


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """A leaf of the release. Every unit is in exactly one leaf.

    Args:
        label: names all its units.
        units: their paths, sorted.
        parent: the node of the tree that holds them; () is the organisation.
        rest: whether this is "the rest of ...": the reporting groups of one parent that had too few
            voices on their own this time.
        cells: one for each scale of the release, by the scale's name.
    """

    label: str
    units: tuple[UnitPath, ...]
    parent: UnitPath
    rest: bool
    cells: Mapping[str, Cell] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {
            "label": self.label,
            "units": [list(unit) for unit in self.units],
            "parent": list(self.parent),
            "rest": self.rest,
            "cells": {name: cell.to_plain() for name, cell in self.cells.items()},
        }


@dataclass(frozen=True, slots=True)
class ParentCell:
    """What the published bands of the leaves say together: the weighted middle and its range, on 0-100."""

    low: float
    middle: float
    high: float

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {"low": self.low, "middle": self.middle, "high": self.high}


@dataclass(frozen=True, slots=True)
class PublishedParent:
    """An inner node of the tree, or the organisation, as a function of its published leaves alone (P6).

    Args:
        label: the node's path joined by " / "; "The organisation" for the whole.
        path: the node's path; () is the organisation.
        members: labels of the published leaves that lie wholly inside it.
        cells: by scale; a scale is absent when none of the members shows a band for it.
    """

    label: str
    path: UnitPath
    members: tuple[str, ...]
    cells: Mapping[str, ParentCell] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", MappingProxyType(dict(self.cells)))

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {
            "label": self.label,
            "path": list(self.path),
            "members": list(self.members),
            "cells": {name: cell.to_plain() for name, cell in self.cells.items()},
        }


@dataclass(frozen=True, slots=True)
class Release(Sealed, final=True):
    """Everything said about people in one round. Constructed by this room only (`make_release`).

    Args:
        round: the name of the round, unique in a chain of releases.
        season: which season it belongs to, counted from 1; the partition is the same for all of it (P1).
        rule: the set of rules it was made under.
        floor: the least number of voices behind a band.
        partition: the reporting groups of the season.
        scales: the questions, with the range of possible answers.
        groups: the leaves, sorted by their units; none when the organisation is too small (P10).
        parents: the organisation first, then the inner nodes of the tree, outermost first.
        response_quarter: how many of the whole organisation answered, in quarters; None when the
            headcount was not given.
        model_results: effects and the like over the whole organisation.
        previous: hash of the release before it in the chain; None for the first.
    """

    round: str
    season: int
    rule: str
    floor: int
    partition: Partition
    scales: tuple[AnswerScale, ...]
    groups: tuple[PublishedGroup, ...]
    parents: tuple[PublishedParent, ...]
    response_quarter: str | None
    model_results: tuple[ModelResult, ...]
    previous: str | None
    key: InitVar[ConstructionKey | None] = None
    hash: str = field(init=False)

    def __post_init__(self, key: ConstructionKey | None) -> None:
        object.__setattr__(self, "hash", self.content_hash())
        self._admit(key)

    def content_hash(self) -> str:
        """The content hash of everything this release says, its place in the chain included."""
        return content_hash(self.content())

    def content(self) -> dict[str, object]:
        """As written in releases, without its own hash."""
        return {
            "round": self.round,
            "season": self.season,
            "rule": self.rule,
            "floor": self.floor,
            "partition": self.partition.to_plain(),
            "scales": [scale.to_plain() for scale in self.scales],
            "groups": [group.to_plain() for group in self.groups],
            "parents": [parent.to_plain() for parent in self.parents],
            "response_quarter": self.response_quarter,
            "model_results": [result.to_plain() for result in self.model_results],
            "previous": self.previous,
        }


class Shown:
    """The bands that arrows look back at, by leaf: the same units, merged for a season or as a rest."""

    def __init__(self, earlier: Sequence[Release]) -> None:
        latest = earlier[-ROUNDS_COMPARED:]
        self._cells = [{group.units: group.cells for group in release.groups} for release in latest]

    def bands(self, units: tuple[UnitPath, ...], scale: str) -> list[Band | None]:
        """One band for each of these releases, oldest first; None where it shows none for these units."""
        return [cells[units][scale].band if units in cells else None for cells in self._cells]
