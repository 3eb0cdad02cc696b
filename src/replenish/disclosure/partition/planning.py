"""P1 and P10: which units stand alone, which are merged, and when there are no statistics at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands.sizes import FLOOR
from replenish.disclosure.partition.groups import Partition, ReportingGroup, UnitPath, common_parent
from replenish.disclosure.partition.labels import label_groups
from replenish.disclosure.partition.names import clean_path, clean_paths, refuse_alike

EXPECTED_TENTHS = 8
"""Eight in ten people of a unit are expected to take part at least once in a round."""

FORMS_AT = 8
"""A group is formed when it expects so many voices: one more than the floor."""

KEEPS_AT = 7
"""A group that exists keeps its composition while it expects so many (hysteresis)."""

TOO_SMALL = "The organisation cannot form one group that expects eight voices; nothing is said about people."


@dataclass(frozen=True, slots=True)
class _Block:
    """Units that stay together, with their headcount."""

    units: tuple[UnitPath, ...]
    people: int
    kept: bool = False
    running: bool = False

    @property
    def rank(self) -> tuple[int, tuple[UnitPath, ...]]:
        return self.people, self.units

    def expects(self, voices: int) -> bool:
        return EXPECTED_TENTHS * self.people >= 10 * voices


@dataclass(slots=True)
class _Node:
    """A node of the tree while it is planned: groups formed below it, and what is still too small."""

    formed: list[_Block] = field(default_factory=list)
    small: list[_Block] = field(default_factory=list)


def plan_partition(
    headcount: Mapping[UnitPath, int], *, earlier: Partition | None = None, continuing: Collection[str] = ()
) -> Partition:
    """Plan the reporting groups of a season, whatever the order of the units.

    A unit that expects 8 voices (0.8 of its headcount) stands alone, or 7 if it stood alone before (every
    group of the season before that still expects 7 keeps its composition). Smaller ones merge with
    siblings, smallest first, until they expect 8; a leftover joins the smallest group; a branch that
    cannot reach 8 joins its sister.

    Args:
        headcount: people by unit; every path has the same length, outermost level first.
        earlier: the season before; its groups keep their composition while they still expect 7 voices
            and all their units still exist in the same place.
        continuing: labels of groups of `earlier` with a running action; they keep their composition as
            long as they could reach the floor if everybody answered.

    Raises:
        Refused: no units, a headcount that is no whole number, paths of different lengths, an empty name,
            two units that are written almost alike, or a continuing group that `earlier` does not have.
    """
    people = _checked(headcount)
    kept = _kept(people, earlier, continuing)
    in_kept = {unit for block in kept for unit in block.units}
    nodes: dict[UnitPath, _Node] = {}
    for block in kept:
        nodes.setdefault(common_parent(block.units), _Node()).formed.append(block)
    for unit, count in people.items():
        if unit in in_kept:
            continue
        node = nodes.setdefault(unit[:-1], _Node())
        block = _Block((unit,), count)
        (node.formed if block.expects(FORMS_AT) else node.small).append(block)
    return _partition(_settle(nodes, depth=len(next(iter(people))) - 1))


def _checked(headcount: Mapping[UnitPath, int]) -> dict[UnitPath, int]:
    if not headcount:
        refuse(DisclosureFault.HEADCOUNT_EMPTY)
    refuse_alike(headcount)
    people: dict[UnitPath, int] = {}
    for unit, count in headcount.items():
        path = clean_path(unit)
        if not path or not all(name.strip() for name in path):
            refuse(DisclosureFault.UNIT_NAME)
        if int(count) != count or count < 0:
            refuse(DisclosureFault.HEADCOUNT_NUMBER, unit=" / ".join(path), headcount=count)
        people[path] = int(count)
    depths = sorted({len(path) for path in people})
    if len(depths) > 1:
        odd = min(path for path in people if len(path) == depths[0])
        refuse(DisclosureFault.UNIT_DEPTH, unit=" / ".join(odd))
    return people


def _kept(
    people: Mapping[UnitPath, int], earlier: Partition | None, continuing: Collection[str]
) -> list[_Block]:
    groups = () if earlier is None else earlier.groups
    unknown = sorted(set(continuing) - {group.label for group in groups})
    if unknown:
        refuse(DisclosureFault.PARTITION_CONTINUING, group=unknown[0])
    kept = []
    for group in groups:
        if not all(unit in people for unit in group.units):
            continue
        running = group.label in continuing
        block = _Block(group.units, sum(people[unit] for unit in group.units), kept=True, running=running)
        if block.expects(KEEPS_AT) or (running and block.people >= FLOOR):
            kept.append(block)
    return kept


def _settle(nodes: dict[UnitPath, _Node], *, depth: int) -> list[_Block]:
    """Merge from the innermost nodes outwards; what cannot reach a group moves out to its sisters."""
    formed: dict[UnitPath, list[_Block]] = {path: list(node.formed) for path, node in nodes.items()}
    small: dict[UnitPath, list[_Block]] = {path: list(node.small) for path, node in nodes.items()}
    for level in range(depth, -1, -1):
        for path in sorted({p for p in (*formed, *small) if len(p) == level}):
            groups, leftover = _merge(small.get(path, []), formed.get(path, []))
            formed[path] = groups
            if level:
                formed.setdefault(path[:-1], []).extend(groups)
                if leftover is not None:
                    small.setdefault(path[:-1], []).append(leftover)
    return formed[()]


def _merge(small: list[_Block], formed: list[_Block]) -> tuple[list[_Block], _Block | None]:
    """Merge what is too small, smallest first; return the groups and what no group could take."""
    groups = list(formed)
    gathered: _Block | None = None
    for block in sorted(small, key=lambda b: b.rank):
        gathered = block if gathered is None else _joined(gathered, block)
        if gathered.expects(FORMS_AT):
            groups.append(gathered)
            gathered = None
    if gathered is None or not groups:
        return groups, gathered
    host = min(groups, key=lambda b: (b.running, b.kept, b.rank))
    groups.remove(host)
    return [*groups, _joined(host, gathered)], None


def _joined(first: _Block, second: _Block) -> _Block:
    return _Block(
        tuple(sorted((*first.units, *second.units))),
        first.people + second.people,
        kept=first.kept,
        running=first.running,
    )


def _partition(blocks: list[_Block]) -> Partition:
    if not blocks:
        return Partition(groups=(), reason=TOO_SMALL)
    ordered = sorted(block.units for block in blocks)
    labels = label_groups(ordered)
    return Partition(
        groups=tuple(
            ReportingGroup(label=label, units=units, parent=common_parent(units), alone=len(units) == 1)
            for units, label in zip(ordered, labels, strict=True)
        )
    )


def headcount_of_rows(units: Iterable[Sequence[str]]) -> dict[UnitPath, int]:
    """The headcount when none is declared: one person for each row, by the clean path of the unit."""
    return dict(Counter(clean_paths(units)))
