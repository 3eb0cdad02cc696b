"""Figures about people: only for parts that hold whole reporting groups, so that no small team shows.

Two figures of overlapping days can be subtracted from each other. At any moment the figures that cover it can
only tell apart sets of units that lie in different parts; each such set has at least the floor of people, or
the figure is refused. Rows that were corrected or taken back count too: they were there to be read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from replenish.basis.errors import Problem, problem
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Book, Entry, SeasonGroups
from replenish.conditions.facts.trees import WHOLE, Tree


def people_problems(entry: Entry, book: Book) -> Iterator[Problem]:
    """Why a figure about people cannot be kept for this part; nothing where it can.

    Args:
        entry: its unit stands on the last day of its period.
        book: with the rows of its kind.
    """
    groups = book.groups
    if groups is None:
        yield problem(FactFault.NO_GROUPS)
        return
    tree = book.trees.on(entry.last_day)
    cover = people_in(tree, entry.unit, groups)
    if people_in(book.trees.on(entry.first_day), entry.unit, groups) != cover:
        yield problem(FactFault.UNITS_CHANGED)
        return
    strange = sorted(tree.units[unit].name for unit in cover if unit not in groups.people)
    if strange:
        yield problem(FactFault.NOT_IN_SEASON, unit=strange[0])
        return
    cut = _cut_group(cover, people_in(tree, WHOLE, groups), groups)
    if cut is not None:
        yield problem(FactFault.NOT_GROUPS, group=cut)
        return
    covers = {cover, *_covers_beside(entry, book, groups)}
    if any(people < book.floor for people in told_apart(covers, groups).values()):
        yield problem(FactFault.TOO_FEW_BETWEEN, floor=book.floor)


def people_in(tree: Tree, unit: str, groups: SeasonGroups) -> frozenset[str]:
    """The units of a part in which people may work: the ends of its branches, and those with a headcount."""
    return frozenset(one for one in tree.inside(unit) if one not in tree.below or one in groups.people)


def told_apart(covers: Iterable[frozenset[str]], groups: SeasonGroups) -> Counter[frozenset[int]]:
    """How many people work in each set of units that sums and differences of figures can tell from the rest.

    Whatever is added and subtracted is the same for all units that lie in exactly the same covers.
    """
    lies_in: dict[str, set[int]] = defaultdict(set)
    for number, cover in enumerate(covers):
        for unit in cover:
            lies_in[unit].add(number)
    found: Counter[frozenset[int]] = Counter()
    for unit, numbers in lies_in.items():
        # A unit that is gone since counts as nobody, so nothing that singles it out is large enough.
        found[frozenset(numbers)] += groups.people.get(unit, 0)
    return found


def _covers_beside(entry: Entry, book: Book, groups: SeasonGroups) -> Iterator[frozenset[str]]:
    return (people_in(book.trees.on(last_day), unit, groups) for unit, last_day in book.beside(entry))


def _cut_group(cover: frozenset[str], standing: frozenset[str], groups: SeasonGroups) -> str | None:
    """The label of a reporting group of which a part lies inside and another outside."""
    inside = {label for unit, label in groups.group_of.items() if unit in cover}
    outside = {label for unit, label in groups.group_of.items() if unit in standing and unit not in cover}
    return min(inside & outside, default=None)
