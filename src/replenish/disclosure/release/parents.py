"""P6: what the published leaves say together, and never a look back at the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

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
    weights = [Fraction(count * (least + most), 2) for _, least, most, count in leaves]
    middles = [(Fraction(band.low) + Fraction(band.high)) / 2 for band, *_ in leaves]
    total = sum((w * m for w, m in zip(weights, middles, strict=True)), start=Fraction(0))
    lows = [(-Fraction(band.low), count * least, count * most) for band, least, most, count in leaves]
    highs = [(Fraction(band.high), count * least, count * most) for band, least, most, count in leaves]
    return ParentCell(
        low=float(-_largest_mean(lows)), middle=float(total / sum(weights)), high=float(_largest_mean(highs))
    )


def _largest_mean(values: Sequence[tuple[Fraction, int, int]]) -> Fraction:
    """The largest weighted mean of values when each weight may be anything from its least to its most.

    A weighted mean is largest when the largest values carry their greatest weight and all others their
    least, so trying every split of the sorted values is exact.
    """
    order = sorted(values, reverse=True)
    weight = sum(least for _, least, _ in order)
    total = sum((value * least for value, least, _ in order), start=Fraction(0))
    best = total / weight
    for value, least, most in order:
        weight += most - least
        total += value * (most - least)
        best = max(best, total / weight)
    return best


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
    for node in inner_nodes(unit for group in groups for unit in group.units):
        inside = [group for group in groups if group.parent[: len(node)] == node]
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
