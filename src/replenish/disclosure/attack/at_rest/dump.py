"""The dump attack: from copies of everything at rest, who is whose row?

The thief holds any number of copies of the database with its files, logs and mail, knows everybody's name,
group and the moments at which they were seen answering, and knows the source code. Required: rows are given
to people, and rows to rows of another kind or round, no more often correctly than by a blind guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise, product

import numpy as np

from replenish.disclosure.attack.at_rest.chance import (
    Blocks,
    as_many_by_chance,
    corrected,
    matches_in_blocks,
    share_interval,
)
from replenish.disclosure.attack.at_rest.knowledge import Kind, Knowledge, Member
from replenish.disclosure.attack.at_rest.pairing import TOGETHER, Named, name_each
from replenish.disclosure.attack.at_rest.sides import side_of_people, side_of_rows
from replenish.disclosure.attack.at_rest.snapshot import Snapshot
from replenish.disclosure.attack.at_rest.trails import Name, Trail, follow

ALARM = 1e-6
"""A link is reported when chance alone would do as well less often than this, after correction."""

PEOPLE = "person"
Owners = Mapping[str, Mapping[Name, str]]
"""For each kind: whose row it is, by the round and the key; used only to count what is right."""


@dataclass(frozen=True)
class Link:
    """How well one trace tells rows apart.

    Attributes:
        left, right: what was linked: person, or a kind of row.
        trace: through what.
        correct, tried: how many were named correctly, of how many.
        blocks: sizes of the groups within which a blind guess would be made.
        chance: probability that a blind guess names as many, corrected for all traces tried.
    """

    left: str
    right: str
    trace: str
    correct: int
    tried: int
    blocks: Blocks
    chance: float

    @property
    def expected(self) -> float:
        """The share that a blind guess names correctly, on average."""
        return sum(rows / columns for rows, columns in self.blocks) / max(1, self.tried)

    @property
    def share(self) -> float:
        """The share named correctly."""
        return self.correct / max(1, self.tried)

    @property
    def interval(self) -> tuple[float, float]:
        """Exact 95 % interval of the share, as if names were given independently."""
        return share_interval(self.correct, self.tried)

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.left} - {self.right} through {self.trace}: {self.correct} of {self.tried} "
            f"({self.share:.1%}, {low:.1%} to {high:.1%}; by chance {self.expected:.1%})"
        )


@dataclass(frozen=True)
class DumpReport:
    """Everything that was tried, the most telling first."""

    links: tuple[Link, ...]
    copies: int

    @property
    def found(self) -> tuple[Link, ...]:
        """Links that cannot be chance."""
        return tuple(link for link in self.links if link.chance < ALARM)

    @property
    def holds(self) -> bool:
        """Whether no trace does better than chance."""
        return not self.found

    def all_together(self, left: str, right: str) -> Link | None:
        """What all traces together give for one pair."""
        return next(
            (link for link in self.links if (link.left, link.right, link.trace) == (left, right, TOGETHER)),
            None,
        )

    def best(self, left: str, right: str) -> Link | None:
        """The most telling trace of one pair."""
        return next((link for link in self.links if (link.left, link.right) == (left, right)), None)


Tried = dict[tuple[str, str, str], list[Named]]


def dump_attack(
    snapshots: Sequence[Snapshot],
    kinds: Sequence[Kind],
    knowledge: Knowledge,
    owners: Owners,
    *,
    seed: int = 0,
) -> DumpReport:
    """Try every trace on every pair of people and rows, and count what is right.

    Args:
        snapshots: copies, oldest first.
        kinds: the kinds of rows that belong to one person each.
        knowledge: the roster, who was seen when, and the calendar of rounds.
        owners: the truth.
        seed: of the lot that decides between equals.
    """
    return report_of([try_everything(snapshots, kinds, knowledge, owners, seed=seed)], len(snapshots))


def try_everything(
    snapshots: Sequence[Snapshot],
    kinds: Sequence[Kind],
    knowledge: Knowledge,
    owners: Owners,
    *,
    seed: int = 0,
) -> Tried:
    """All names given through all traces, by pair and trace, before they are judged together."""
    draw = np.random.default_rng(seed)
    rows = {
        (kind.name, period): trails
        for kind in kinds
        for period, trails in _by_period(follow(snapshots, kind), owners.get(kind.name, {})).items()
    }
    sides = {place: side_of_rows(trails, knowledge, snapshots) for place, trails in rows.items()}
    whose = {
        place: {" ".join(trail.name).strip(): owners[place[0]][trail.name] for trail in trails}
        for place, trails in rows.items()
    }
    out: Tried = {}
    for (kind, period), side in sides.items():
        members = _candidates(knowledge, period, set(whose[kind, period].values()))
        people = side_of_people(members, knowledge, snapshots, period or None)
        _keep(out, kind, PEOPLE, name_each(side, people, whose[kind, period], draw))
    for first, second in _pairs(sorted(rows), knowledge):
        back = {person: name for name, person in whose[second].items()}
        truth = {name: back[person] for name, person in whose[first].items() if person in back}
        named = name_each(sides[first], sides[second], truth, draw)
        _keep(out, first[0], second[0], named)
    return out


def _keep(out: Tried, left: str, right: str, named: Sequence[Named]) -> None:
    for each in named:
        out.setdefault((left, right, each.trace), []).append(each)


def _by_period(trails: Sequence[Trail], owners: Mapping[Name, str]) -> dict[str, list[Trail]]:
    out: dict[str, list[Trail]] = {}
    for trail in trails:
        if trail.name in owners:
            out.setdefault(trail.name[0], []).append(trail)
    return out


def _candidates(knowledge: Knowledge, period: str, owning: set[str]) -> list[Member]:
    """Whom a row may belong to: in a round those who were seen answering in it, else everybody."""
    return [
        member
        for member in knowledge.members
        if period not in knowledge.periods or knowledge.seen_in(member, period) or member.name in owning
    ]


def _pairs(
    places: Sequence[tuple[str, str]], knowledge: Knowledge
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Rows of different kinds, and rows of one kind in neighbouring rounds or seasons."""
    never = (float("inf"), 0.0)
    for kind, other in combinations_with_replacement(sorted({kind for kind, _ in places}), 2):
        if kind != other:
            mine = [place for place in places if place[0] == kind]
            yield from product([place for place in places if place[0] == other], mine)
        else:
            own = sorted(
                (place for place in places if place[0] == kind),
                key=lambda place: knowledge.periods.get(place[1], never),
            )
            yield from pairwise(own)


def report_of(tried: Sequence[Tried], copies: int) -> DumpReport:
    """Judge the names of one attack, or of many repetitions together."""
    gathered: Tried = {}
    for one in tried:
        for place, named in one.items():
            gathered.setdefault(place, []).extend(named)
    places = list(gathered)
    blocks = [tuple(size for each in gathered[place] for size in each.blocks) for place in places]
    correct = [sum(each.correct for each in gathered[place]) for place in places]
    chances = corrected(
        [
            as_many_by_chance(matches_in_blocks(sizes), count)
            for sizes, count in zip(blocks, correct, strict=True)
        ]
    )
    links = [
        Link(*place, count, sum(each.tried for each in gathered[place]), sizes, chance)
        for place, count, sizes, chance in zip(places, correct, blocks, chances, strict=True)
    ]
    links.sort(key=lambda link: (link.chance, -link.share))
    return DumpReport(tuple(links), copies)
