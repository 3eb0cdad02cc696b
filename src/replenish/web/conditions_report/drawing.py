"""Small drawings without words: bands over rounds, and one difference beside its line.

Words stand beside a drawing, so it can be stretched to any width and mirrored for languages that run from
right to left. All colours come from the style sheet by class; a shape says the same as a colour.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from replenish.report.document import BandRow, FactMarks, IntervalRow, RoundBand, RoundMarks

TOP = 100.0
LEAST_ROUNDS = 6
"""A short history keeps room for what comes, instead of being drawn out over the whole width."""
FULL = 0.7
THIN = 0.3
ABOVE = 12.0
REACH = 1.1


def rounds(marks: RoundMarks, *, name: str) -> SafeString:
    """One upright stretch a round, the oldest at the beginning of the line.

    Filled for a group, outlined where it was read together with others, thin with a mark at its middle for a
    larger part; a short line where nothing is shown.
    """
    width = max(len(marks.rounds), LEAST_ROUNDS)
    parts = [f'<path class="guide" d="M0 0H{width}M0 50H{width}M0 100H{width}"/>']
    parts += [_stretch(one, place + 0.5, marks.tint) for place, one in enumerate(marks.rounds)]
    box = f'viewBox="0 {_n(-ABOVE)} {width} {_n(TOP + 2 * ABOVE)}"'
    return _svg("rounds", box, "".join(parts), name)


def facts(marks: FactMarks, *, name: str) -> SafeString:
    """One level line for each period, and a tick below the line of nothing where a round closed."""
    lines = "".join(
        f"M{_n(100 * one.begins)} {_n(TOP * (1 - one.height))}H{_n(100 * one.ends)}"
        for one in marks.stretches
    )
    ticks = "".join(f"M{_n(100 * at)} {_n(TOP)}v{_n(ABOVE)}" for at in marks.closes)
    inside = (
        f'<path class="guide" d="M0 0H100M0 {_n(TOP)}H100"/>'
        f'<path class="close" d="{ticks}"/><path class="fact {marks.tint}" d="{lines}"/>'
    )
    box = f'viewBox="0 {_n(-ABOVE)} 100 {_n(TOP + 2 * ABOVE)}"'
    return _svg("facts", box, inside, name)


def stretch(row: BandRow, *, name: str) -> SafeString:
    """One question: a filled stretch of the scale from 0 to 100, or the empty scale."""
    inside = '<path class="guide" d="M0 50H100"/>'
    if row.low is not None and row.high is not None:
        kind = "stretch" if row.middle is None else "part"
        inside += (
            f'<rect class="{kind}" x="{_n(row.low)}" width="{_n(row.high - row.low)}" y="0" height="100"/>'
        )
    if row.middle is not None:
        inside += f'<path class="middle" d="M{_n(row.middle)} -30V130"/>'
    return _svg("band", 'viewBox="0 0 100 100"', inside, name)


def difference(row: IntervalRow, reach: float, tint: str, *, name: str) -> SafeString:
    """A thin bar with a dot, on either side of the line of no difference."""
    low, middle, high = (_n(_across(at, reach)) for at in (row.low, row.estimate, row.high))
    dot = "open" if row.hollow else "dot"
    inside = (
        '<path class="guide" d="M50 0V100"/>'
        f'<path class="bar {tint}" d="M{low} 50H{high}"/><path class="dot {tint}" d="M{middle} 50h.01"/>'
    )
    if dot == "open":
        inside += f'<path class="open" d="M{middle} 50h.01"/>'
    return _svg("interval", 'viewBox="0 0 100 100"', inside, name)


def _stretch(one: RoundBand, centre: float, tint: str) -> str:
    track = f'<rect class="track" x="{_n(centre - FULL / 2)}" width="{_n(FULL)}" y="0" height="100"/>'
    if one.low is None or one.high is None:
        return f'<path class="silent" d="M{_n(centre - 0.12)} 50H{_n(centre + 0.12)}"/>'
    wide = FULL if one.middle is None else THIN
    kind = "part" if one.middle is not None else f"together {tint}" if one.together else f"alone {tint}"
    place = f'x="{_n(centre - wide / 2)}" width="{_n(wide)}"'
    drawn = (
        f'{track}<rect class="{kind}" {place} y="{_n(TOP - one.high)}" height="{_n(one.high - one.low)}"/>'
    )
    if one.middle is not None:
        half = FULL / 2
        drawn += f'<path class="middle" d="M{_n(centre - half)} {_n(TOP - one.middle)}H{_n(centre + half)}"/>'
    return drawn + _arrow(one, centre)


def _arrow(one: RoundBand, centre: float) -> str:
    """Upwards above a stretch that is higher than both before it, downwards below one that is lower."""
    if one.low is None or one.high is None or not one.change:
        return ""
    higher = one.change == "higher"
    tip, foot = (-10, -4) if higher else (10, 4)
    y = TOP - (one.high if higher else one.low)
    left, right, foot_at = _n(centre - 0.2), _n(centre + 0.2), _n(y + foot)
    return f'<path class="change" d="M{left} {foot_at}L{_n(centre)} {_n(y + tip)}L{right} {foot_at}"/>'


def _across(value: float, reach: float) -> float:
    return 50 + 50 * value / (REACH * reach)


def _svg(kind: str, box: str, inside: str, name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - numbers, and names from the code
        f'<svg class="drawn {kind}" {box} preserveAspectRatio="none" role="img" aria-labelledby="{name}">'
        f"{inside}</svg>"
    )


def _n(value: float) -> str:
    return f"{value:.5g}"
