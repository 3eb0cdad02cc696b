"""Small drawings made on the server: a line over weeks beside its usual, an interval, a band.

A drawing holds no words, so it can be stretched to any width and mirrored for languages that run from right
to left; its strokes keep their width, and dots are strokes of no length. All colours come from the style
sheet by class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe

from replenish.web.carer.picture.said import Series

TOP = 100.0
LEAST_WEEKS = 16
"""A short history keeps room for what comes, instead of being drawn out over the whole width."""
MOST_WEEKS = 52
Z_SPAN = 3.0


def span_of(weeks: Sequence[int], this_week: int) -> tuple[int, int]:
    """First and last week of a drawing: at most a year, up to this week or the newest answer."""
    if not weeks:
        return this_week - LEAST_WEEKS + 1, this_week
    last = max(this_week, weeks[-1])
    first = max(weeks[0], last - MOST_WEEKS + 1)
    return first, max(last, first + LEAST_WEEKS - 1)


def line(
    series: Series,
    span: tuple[int, int],
    *,
    name: str,
    usual: tuple[float, float] | None = None,
    since: int | None = None,
    different: Collection[int] = (),
) -> SafeString:
    """Values over the weeks: a line between neighbouring weeks, a gap where nothing was said.

    Args:
        series: what was said.
        span: first and last week drawn.
        name: the id of the element whose words say what there is to see.
        usual: the stretch of the person's own usual; None before there is one.
        since: the week from which that usual is counted; None for all of them.
        different: weeks that look different from it: drawn as open circles, not by colour alone.
    """
    first, last = span
    shown = [(w, v) for w, v in zip(series.weeks, series.values, strict=True) if first <= w <= last]
    width = last - first + 1
    parts = [_guides(width)]
    if usual is not None:
        low, high = max(usual[0], 0.0), min(usual[1], TOP)
        begins = min(max((since or first) - first, 0), width)
        place = f'x="{begins}" width="{width - begins}" y="{_n(TOP - high)}" height="{_n(high - low)}"'
        parts.insert(0, f'<rect class="usual" {place}/>')
    parts.append(f'<path class="said" d="{_segments(shown, first)}"/>')
    open_ones = [point for point in shown if point[0] in different]
    parts.append(f'<path class="dot" d="{_dots(shown, first)}"/>')
    if open_ones:
        parts.append(f'<path class="open" d="{_dots(open_ones, first)}"/>')
    return _svg("line", width, "".join(parts), name)


def intervals(rows: Sequence[tuple[str, float, float, float]], *, names: Sequence[str]) -> list[SafeString]:
    """Thin bars with a dot, on one axis of distances from a design value, one drawing for each row.

    Args:
        rows: class, low, middle, high, in SD.
        names: for each row the id of the element whose words say what there is to see.
    """
    drawn = []
    for (kind, low, middle, high), name in zip(rows, names, strict=True):
        x1, x, x2 = (_n(_z(at)) for at in (low, middle, high))
        inside = (
            '<path class="guide" d="M50 0V100"/>'
            f'<path class="bar {kind}" d="M{x1} 50H{x2}"/><path class="dot {kind}" d="M{x} 50h.01"/>'
        )
        drawn.append(_svg("interval", TOP, inside, name))
    return drawn


def band(low: float, high: float, *, name: str) -> SafeString:
    """A filled stretch of a scale from 0 to 100."""
    inside = (
        '<path class="guide" d="M0 50H100"/>'
        f'<rect class="stretch" x="{_n(low)}" width="{_n(high - low)}" y="0" height="100"/>'
    )
    return _svg("band", TOP, inside, name)


def _svg(kind: str, width: float, inside: str, name: str) -> SafeString:
    return mark_safe(  # noqa: S308 - numbers, and names from the code
        f'<svg class="drawn {kind}" viewBox="0 0 {_n(width)} 100" preserveAspectRatio="none" role="img" '
        f'aria-labelledby="{name}">{inside}</svg>'
    )


def _guides(width: int) -> str:
    return f'<path class="guide" d="M0 0H{width}M0 50H{width}M0 100H{width}"/>'


def _segments(shown: Iterable[tuple[int, float]], first: int) -> str:
    drawn, before = [], None
    for week, value in shown:
        drawn.append(f"{'L' if before == week - 1 else 'M'}{_place(week, value, first)}")
        before = week
    return "".join(drawn)


def _dots(shown: Iterable[tuple[int, float]], first: int) -> str:
    return "".join(f"M{_place(week, value, first)}h.01" for week, value in shown)


def _place(week: int, value: float, first: int) -> str:
    return f"{week - first + 0.5:g} {_n(TOP - value)}"


def _z(distance: float) -> float:
    return TOP * (min(max(distance, -Z_SPAN), Z_SPAN) + Z_SPAN) / (2 * Z_SPAN)


def _n(value: float) -> str:
    return f"{value:.4g}"
