"""Observations fall into blocks that share no people; within a block, people into exchangeable atoms."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from replenish.disclosure.attack.observations import Observation, People, PeopleSet

COMBINATIONS_TRIED = 20_000


@dataclass(frozen=True)
class Block:
    """Observations connected by shared people.

    Attributes:
        atoms: people who belong to exactly the same sets; only how many they are matters.
        sets: each set of people as the positions of its atoms, with the sizes it may have.
        observations: all that is known about them.
        grid: steps of the answer scale, or None where it is continuous.
    """

    atoms: tuple[PeopleSet, ...]
    sets: Mapping[PeopleSet, tuple[int, ...]]
    sizes: Mapping[PeopleSet, tuple[int, ...]]
    observations: tuple[Observation, ...]
    grid: int | None

    @property
    def single(self) -> bool:
        """Whether everything known is about one and the same set of people."""
        return len(self.atoms) == 1 and all(len(each.terms) == 1 for each in self.observations)


def blocks_of(
    observations: Sequence[Observation],
    sizes: Mapping[PeopleSet, tuple[int, ...]],
    grids: Mapping[str, int | None],
) -> list[Block]:
    """Split observations into blocks that have no people in common.

    Args:
        observations: everything known.
        sizes: the sizes each known set of people may have.
        grids: steps of the answer scale by question.
    """
    together: dict[PeopleSet, list[Observation]] = defaultdict(list)
    roots = _roots(observations)
    for observation in observations:
        together[roots[next(iter(observation.people))]].append(observation)
    by_root: dict[PeopleSet, list[PeopleSet]] = defaultdict(list)
    for people in sizes:
        for root in {roots[each] for each in people if each in roots}:
            by_root[root].append(people)
    return [_block(everybody, rows, by_root[everybody], sizes, grids) for everybody, rows in together.items()]


def _roots(observations: Sequence[Observation]) -> dict[People, PeopleSet]:
    """For everybody observed: all people of their block."""
    members: dict[People, set[People]] = {}
    for people in {observation.people for observation in observations}:
        joined = set(people)
        for other in {id(members[each]): members[each] for each in people if each in members}.values():
            joined |= other
        for each in joined:
            members[each] = joined
    frozen = {id(group): frozenset(group) for group in members.values()}
    return {each: frozen[id(group)] for each, group in members.items()}


def _block(
    everybody: PeopleSet,
    observations: Sequence[Observation],
    known: Iterable[PeopleSet],
    sizes: Mapping[PeopleSet, tuple[int, ...]],
    grids: Mapping[str, int | None],
) -> Block:
    named = {people for observation in observations for _, people in observation.terms}
    if len(named) > 1:  # the sizes of parts matter only where something is known about parts
        named |= {people for people in known if people <= everybody}
    alike: dict[frozenset[PeopleSet], set[People]] = defaultdict(set)
    for each in everybody:
        alike[frozenset(people for people in named if each in people)].add(each)
    atoms = tuple(sorted((frozenset(atom) for atom in alike.values()), key=_order))
    sets = {
        people: tuple(position for position, atom in enumerate(atoms) if atom <= people) for people in named
    }
    grid = {grids.get(each.question) for each in everybody}
    return Block(
        atoms,
        sets,
        {people: sizes[people] for people in named if people in sizes},
        tuple(observations),
        grid.pop() if len(grid) == 1 else None,
    )


def _order(atom: PeopleSet) -> tuple[str, str, int]:
    return min((each.round, each.question, each.alike) for each in atom)


def head_counts(block: Block, exact: Mapping[PeopleSet, int], limit: int) -> Iterator[tuple[int, ...]]:
    """Ways in which people may be spread over the atoms, the smallest atoms first.

    Args:
        block: the block.
        exact: the number of people in an atom, where a roster gives it.
        limit: the most ways to give back; when there are more, the extreme ones are kept, since a small
            set hides its people worst.
    """
    options = [
        (exact[atom],) if atom in exact else _options(block, at) for at, atom in enumerate(block.atoms)
    ]
    while math.prod(len(each) for each in options) > COMBINATIONS_TRIED:
        longest = max(range(len(options)), key=lambda at: len(options[at]))
        options[longest] = _thinned(options[longest])
    fitting = [counts for counts in itertools.product(*options) if _fits(block, counts)]
    if len(fitting) > limit:
        fitting.sort(key=lambda counts: (-max(counts) + min(counts), sum(counts)))
        stride = (len(fitting) - limit // 2) / (limit - limit // 2)
        kept = fitting[: limit // 2]
        kept += [fitting[limit // 2 + int(stride * at)] for at in range(limit - limit // 2)]
        fitting = kept
    yield from fitting


def _options(block: Block, at: int) -> tuple[int, ...]:
    for people, members in block.sets.items():
        if members == (at,) and people in block.sizes:
            return block.sizes[people]
    largest = [
        max(block.sizes[people])
        for people, members in block.sets.items()
        if at in members and people in block.sizes
    ]
    return tuple(range(min(largest) + 1)) if largest else (1, 2, 6)


def _thinned(options: tuple[int, ...]) -> tuple[int, ...]:
    if len(options) <= 2:
        return options[:1]
    half = options[:: max(2, len(options) // 4)]
    return half if half[-1] == options[-1] else (*half, options[-1])


def _fits(block: Block, counts: tuple[int, ...]) -> bool:
    return all(
        sum(counts[at] for at in block.sets[people]) in allowed for people, allowed in block.sizes.items()
    )
