"""What the rule would have printed from what is published alone: bands, arrows and parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from replenish.basis.errors import Refused
from replenish.disclosure.attack.closed_form import Interval
from replenish.disclosure.attack.findings import FindingKind
from replenish.disclosure.attack.printing import TOP, exact
from replenish.disclosure.attack.published import ReadCell
from replenish.disclosure.bands import (
    FLOOR,
    RULE,
    SIZE_CLASSES,
    Band,
    SizeClass,
    bands,
    colluders,
    cut_is_safe,
    is_known,
)
from replenish.disclosure.change import change_between
from replenish.disclosure.release.parents import combine

Sizes = tuple[int, ...]


def sizes_behind_band(
    cell: ReadCell, claimed: Sizes, *, share: bool, rule: str = RULE
) -> tuple[FindingKind | None, str, Sizes]:
    """Which numbers of people a band leaves possible, and whether it is a band of its size class.

    A rule whose cuts depend on n prints a cut exactly when it is safe for that n: a cut that does not
    belong to the class says "large enough for me", a missing cut says "too few for me".

    Args:
        cell: with its band.
        claimed: numbers of people the printed size allows.
        share: whether the question has two possible answers only.
        rule: the rule the file names; an unknown one is held to the rule in force.

    Returns:
        The kind of finding (None where the band is one of the class), its words, and the sizes left.
    """
    if cell.band is None:
        return None, "", claimed
    low, high = float(cell.band.low * TOP), float(cell.band.high * TOP)
    known = _size_class(cell)
    allowed = bands(known, share=share, rule=rule if is_known(rule) else RULE) if known else ()
    if any((band.low, band.high) == (low, high) for band in allowed):
        return None, "", claimed
    ends = [cut for cut in (low, high) if 0 < cut < TOP]
    large_enough = tuple(n for n in claimed if all(cut_is_safe(cut, n, colluders(n)) for cut in ends))
    # Below the floor nobody kept the rule, so nothing about n may be concluded from it.
    lawless = min(claimed) < FLOOR and large_enough != claimed
    if not large_enough or lawless:
        words = f"groups of {cell.size_label or 'this size'} are too small for the band {low:g} to {high:g}"
        return FindingKind.CUT_TOO_NEAR_THE_END, words, claimed
    own_cuts = {end for band in allowed for end in (band.low, band.high)}
    missing = [cut for cut in sorted(own_cuts) if low < cut < high]
    left = tuple(n for n in large_enough if all(not cut_is_safe(cut, n, colluders(n)) for cut in missing))
    words = (
        f"the band {low:g} to {high:g} is none of the size class {cell.size_label or 'that is missing'}; "
        f"its cuts tell the number of voices apart"
    )
    return FindingKind.CUTS_DEPEND_ON_N, words, left or large_enough


def arrow_from_bands(band: Interval | None, earlier: Sequence[Interval | None]) -> str | None:
    """The arrow that follows from the published bands of a leaf, oldest first."""
    return change_between(_as_band(band), [_as_band(before) for before in earlier])


def parent_from_leaves(cells: Iterable[ReadCell | None]) -> tuple[Fraction, Fraction, Fraction] | None:
    """The parent that follows from the published bands and size classes of its leaves."""
    published: list[tuple[Band, SizeClass]] = []
    for cell in cells:
        if cell is None or cell.band is None:
            continue
        band, size = _as_band(cell.band), _size_class(cell)
        if band is None or size is None:
            return None
        published.append((band, size))
    combined = combine(published)
    if combined is None:
        return None
    ends = (exact(combined.low), exact(combined.middle), exact(combined.high))
    return None if None in ends else (ends[0], ends[1], ends[2])  # type: ignore[return-value]


def _size_class(cell: ReadCell) -> SizeClass | None:
    found = [size for size in SIZE_CLASSES if (size.low, size.high) == cell.sizes]
    return found[0] if found else None


def _as_band(interval: Interval | None) -> Band | None:
    if interval is None:
        return None
    try:
        return Band(float(interval.low * TOP), float(interval.high * TOP))
    except Refused:  # a band that is no band of the rule has no arrow and no parent under it
        return None
