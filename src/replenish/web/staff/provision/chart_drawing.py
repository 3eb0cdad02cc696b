"""The drawing of a control chart, without words: values, their middle, and the limits of chance.

It can be stretched to any width and mirrored. Colours come from the style sheet by class; a point far out
has another shape, too.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from replenish.conditions.facts.charting import ChartedSeries

HEIGHT = 100.0
ABOVE = 8.0
STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def top_of(chart: ChartedSeries) -> float:
    """The end of the scale: a round number above every value and limit, and for shares never above all."""
    most = max(max(point.value, point.high or 0.0) for point in chart.periods)
    if chart.of_shares and any(point.high is None for point in chart.periods):
        return 1.0
    size = 1.0
    while most < size:
        size /= 10
    while most > 10 * size:
        size *= 10
    top = next(step * size for step in STEPS if most <= step * size)
    return min(top, 1.0) if chart.of_shares else top


def drawn_chart(chart: ChartedSeries, *, name: str) -> SafeString:
    """The chart as a drawing.

    Args:
        chart: one point for each period, oldest first.
        name: the id of the element whose words say what there is to see.
    """
    top, n = top_of(chart), len(chart.periods)

    def y(value: float) -> float:
        return HEIGHT * (1 - value / top)

    values = "".join(
        f"{'L' if number else 'M'}{number + 0.5:g} {_n(y(point.value))}"
        for number, point in enumerate(chart.periods)
    )
    parts = [
        f'<path class="guide" d="M0 0H{n}M0 {_n(HEIGHT)}H{n}"/>',
        f'<path class="chance" d="{_area(chart, y)}"/>',
        f'<path class="centre" d="M0 {_n(y(chart.middle))}H{n}"/>',
        f'<path class="said" d="{values}"/>',
        f'<path class="dot" d="{_dots(chart, y, far_out=False)}"/>',
    ]
    out = _dots(chart, y, far_out=True)
    if out:
        parts += [f'<path class="far" d="{out}"/>', f'<path class="hole" d="{out}"/>']
    box = f'viewBox="0 {_n(-ABOVE)} {n} {_n(HEIGHT + 2 * ABOVE)}"'
    return mark_safe(  # noqa: S308 - numbers, and names from the code
        f'<svg class="drawn control" {box} preserveAspectRatio="none" role="img" aria-labelledby="{name}">'
        f"{''.join(parts)}</svg>"
    )


def _area(chart: ChartedSeries, y: Callable[[float], float]) -> str:
    """What chance would give: from the lower limits to the upper ones, in steps, since they differ."""
    upper, lower = list[str](), list[str]()
    for number, point in enumerate(chart.periods):
        high = 0.0 if point.high is None else y(point.high)
        low = HEIGHT if point.low is None else y(point.low)
        upper.append(f"L{number} {_n(high)}H{number + 1}")
        lower.append(f"L{number + 1} {_n(low)}H{number}")
    return "M" + "".join([*upper, *reversed(lower)])[1:] + "Z"


def _dots(chart: ChartedSeries, y: Callable[[float], float], *, far_out: bool) -> str:
    return "".join(
        f"M{number + 0.5:g} {_n(y(point.value))}h.01"
        for number, point in enumerate(chart.periods)
        if point.far_out == far_out
    )


def _n(value: float) -> str:
    return f"{value:.5g}"
