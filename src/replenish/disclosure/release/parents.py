"""P6: what the published leaves say together, and never a look back at the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache

from replenish.disclosure.bands import SIZE_CLASSES, Band, SizeClass
from replenish.disclosure.partition.groups import UnitPath
from replenish.disclosure.release.published import ParentCell, PublishedGroup, PublishedParent

COUNTED_AS = {
    SIZE_CLASSES[0]: (7, 12),
    SIZE_CLASSES[1]: (13, 24),
    SIZE_CLASSES[2]: (25, 48),
}
"""The sizes a class stands for in a parent. The classes double, so "25 or more" counts as 25 to 48."""

THE_ORGANISATION = "The organisation"


def combine(published: Iterable[tuple[Band, SizeClass]]) -> ParentCell | None:
    """The middle of published bands, weighted by the middle of their size classes, with its range.

    The range holds the mean over everybody in these leaves, wherever in its band each mean lies and
    whatever number of its class (see `COUNTED_AS`) each size is. None without any band.
    """
    leaves = [(band, *COUNTED_AS[size], count) for (band, size), count in Counter(published).items()]
    if not leaves:
        return None
    # Weights and ends are counted in halves, which are whole numbers for every published band.
    weight = sum(count * (least + most) for _, least, most, count in leaves)
    total = sum(
        count * (least + most) * (_halves(band.low) + _halves(band.high))
        for band, least, most, count in leaves
    )
    lows = [(-_halves(band.low), count * least, count * most) for band, least, most, count in leaves]
    highs = [(_halves(band.high), count * least, count * most) for band, least, most, count in leaves]
    return ParentCell(
        low=float(-_largest_mean(lows) / 2),
        middle=float(Fraction(total) / (4 * weight)),
        high=float(_largest_mean(highs) / 2),
    )


@cache
def _halves(end: float) -> int | Fraction:
    """Twice the end of a band, exactly; a whole number where it is one, because these are fast to add."""
    doubled = 2 * Fraction(end)
    return doubled.numerator if doubled.denominator == 1 else doubled


def _largest_mean(values: Sequence[tuple[int | Fraction, int, int]]) -> Fraction:
    """The largest weighted mean of values when each weight may be anything from its least to its most.

    A weighted mean is largest when the largest values carry their greatest weight and all others their
    least, so trying every split of the sorted values is exact.
    """
    order = sorted(values, reverse=True)
    weight = sum(least for _, least, _ in order)
    total = sum(value * least for value, least, _ in order)
    best, best_weight = total, weight
    for value, least, most in order:
        weight += most - least
        total += value * (most - least)
        if total * best_weight > best * weight:
            best, best_weight = total, weight
    return Fraction(best) / best_weight


def inner_nodes(units: Iterable[UnitPath]) -> list[UnitPath]:
    """The organisation first, then every node of the tree above the units, outermost first."""
    nodes = {unit[:level] for unit in units for level in range(len(unit))}
    return sorted(nodes | {()}, key=lambda node: (len(node), node))


def publish_parents(groups: Sequence[PublishedGroup], scales: Iterable[str]) -> tuple[PublishedParent, ...]:
    """Every inner node of the tree and the organisation, from the published leaves alone.

    A leaf that merges units of several branches belongs only to the nodes that hold all of them.
    """
    names = list(scales)
    parents = []
    below: dict[UnitPath, list[PublishedGroup]] = {}
    for group in groups:
        for level in range(len(group.parent) + 1):
            below.setdefault(group.parent[:level], []).append(group)
    for node in inner_nodes(unit for group in groups for unit in group.units):
        inside = below.get(node, [])
        cells = {}
        for name in names:
            cell = combine(
                (group.cells[name].band, group.cells[name].size)  # type: ignore[misc]
                for group in inside
                if group.cells[name].band is not None
            )
            if cell is not None:
                cells[name] = cell
        label = " / ".join(node) or THE_ORGANISATION
        parents.append(
            PublishedParent(label=label, path=node, members=tuple(g.label for g in inside), cells=cells)
        )
    return tuple(parents) if groups else ()
