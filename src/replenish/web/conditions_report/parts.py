"""Parts of an organisation that a report is read for: a reporting group, a part of the tree, the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from replenish.basis.identifiers import canonical_json
from replenish.conditions.queries import Published
from replenish.disclosure.partition import Partition, UnitPath
from replenish.disclosure.release import PublishedGroup, PublishedParent, Release

KEY_LENGTH = 12
WHOLE: UnitPath = ()


@dataclass(frozen=True)
class Part:
    """What a report is about.

    Attributes:
        units: of a reporting group; none for a part of the tree.
        node: the path of a part of the tree, () for the whole organisation; None for a reporting group.
        label: its name as releases print it; empty for the whole organisation.
    """

    units: tuple[UnitPath, ...] = ()
    node: UnitPath | None = None
    label: str = ""

    @property
    def key(self) -> str:
        """What stands for it in an address: it names nothing that a list of visited pages could show."""
        said = {"node": self.node, "units": self.units}
        return hashlib.sha256(canonical_json(said).encode()).hexdigest()[:KEY_LENGTH]

    @property
    def is_group(self) -> bool:
        """Whether it is a reporting group, and not a part of the tree above some."""
        return self.node is None

    @property
    def name(self) -> str:
        """As a page calls it."""
        return self.label or _("The whole organisation")


THE_WHOLE = Part(node=WHOLE)


@dataclass(frozen=True)
class PartInRound:
    """What one release says about a part: as itself, or as a member of the leaf that holds it.

    Attributes:
        published: the release with its day and number.
        group: the leaf that holds all units of a group; None where there is none, or for a part of the tree.
        parent: the part of the tree; None where the release has none of its name, or for a group.
        alone: whether the leaf holds these units and no other.
    """

    published: Published
    group: PublishedGroup | None = None
    parent: PublishedParent | None = None
    alone: bool = True


def group_part(units: Sequence[UnitPath], label: str) -> Part:
    """A reporting group."""
    return Part(units=tuple(units), label=label)


def parts_of(release: Release) -> tuple[Part, ...]:
    """The whole, then each part of the tree with more than one group, then the groups of its season.

    Groups are those of the season's plan: which had too few voices this time is told on their own page.
    """
    nodes = [
        THE_WHOLE if parent.path == WHOLE else Part(node=parent.path, label=parent.label)
        for parent in release.parents
        if parent.path == WHOLE or len(parent.members) > 1
    ]
    return (*nodes, *groups_of(release.partition))


def groups_of(partition: Partition) -> tuple[Part, ...]:
    """The reporting groups of a season, in the order of its tree."""
    planned = sorted(partition.groups, key=lambda group: group.units)
    return tuple(group_part(group.units, group.label) for group in planned)


def part_in_rounds(part: Part, published: Sequence[Published]) -> tuple[PartInRound, ...]:
    """A part in each release, oldest first."""
    return tuple(_found(part, one) for one in published)


def groups_inside(part: Part, release: Release) -> tuple[PublishedGroup, ...]:
    """The leaves of a release that lie wholly inside a part of the tree, in the order of the tree."""
    if part.node is None:
        return ()
    depth = len(part.node)
    return tuple(group for group in release.groups if group.parent[:depth] == part.node)


def _found(part: Part, one: Published) -> PartInRound:
    if part.node is not None:
        parents = one.release.parents
        return PartInRound(one, parent=next((known for known in parents if known.path == part.node), None))
    first, units = part.units[0], set(part.units)
    for group in one.release.groups:
        if first in group.units and units <= set(group.units):
            return PartInRound(one, group=group, alone=len(units) == len(group.units))
    return PartInRound(one)
