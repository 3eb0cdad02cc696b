"""The drawing of a control chart, without words: values, their middle, and the limits of chance.

It can be stretched to any width and mirrored. Colours come from the style sheet by class; a point far out
has another shape, too.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe

from replenish.statistics.control_charts import ChartPoint, ControlChart

HEIGHT = 100.0
ABOVE = 8.0
STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def top_of(chart: ControlChart) -> float:
    """The end of the scale: a round number above every value and limit, and for shares never above all."""
    most = max(max(point.value, point.high or 0.0) for point in chart.points)
    if chart.kind.of_shares and any(point.high is None for point in chart.points):
        return 1.0
    size = 1.0
    while most < size:
        size /= 10
    while most > 10 * size:
        size *= 10
    top = next(step * size for step in STEPS if most <= step * size)
    return min(top, 1.0) if chart.kind.of_shares else top


def drawn_chart(chart: ControlChart, *, name: str) -> SafeString:
    """The chart as a drawing.

    Args:
        chart: one point for each period, oldest first.
        name: the id of the element whose words say what there is to see.
    """
    top, n = top_of(chart), len(chart.points)

    def y(value: float) -> float:
        return HEIGHT * (1 - value / top)

    far = set(chart.far_out)
    values = "".join(
        f"{'L' if number else 'M'}{number + 0.5:g} {_n(y(point.value))}"
        for number, point in enumerate(chart.points)
    )
    parts = [
        f'<path class="guide" d="M0 0H{n}M0 {_n(HEIGHT)}H{n}"/>',
        f'<path class="chance" d="{_area(chart, y)}"/>',
        f'<path class="centre" d="{_level(chart, lambda point: y(point.centre))}"/>',
        f'<path class="said" d="{values}"/>',
        f'<path class="dot" d="{_dots(chart, y, lambda number: number not in far)}"/>',
    ]
    if far:
        out = _dots(chart, y, lambda number: number in far)
        parts += [f'<path class="far" d="{out}"/>', f'<path class="hole" d="{out}"/>']
    box = f'viewBox="0 {_n(-ABOVE)} {n} {_n(HEIGHT + 2 * ABOVE)}"'
    return mark_safe(  # noqa: S308 - numbers, and names from the code
        f'<svg class="drawn control" {box} preserveAspectRatio="none" role="img" aria-labelledby="{name}">'
        f"{''.join(parts)}</svg>"
    )


def _area(chart: ControlChart, y: Callable[[float], float]) -> str:
    """What chance would give: from the lower limits to the upper ones, in steps, since they differ."""
    upper, lower = list[str](), list[str]()
    for number, point in enumerate(chart.points):
        high = 0.0 if point.high is None else y(point.high)
        low = HEIGHT if point.low is None else y(point.low)
        upper.append(f"L{number} {_n(high)}H{number + 1}")
        lower.append(f"L{number + 1} {_n(low)}H{number}")
    return "M" + "".join([*upper, *reversed(lower)])[1:] + "Z"


def _level(chart: ControlChart, height: Callable[[ChartPoint], float]) -> str:
    return "".join(f"M{number} {_n(height(point))}h1" for number, point in enumerate(chart.points))


def _dots(chart: ControlChart, y: Callable[[float], float], chosen: Callable[[int], bool]) -> str:
    return "".join(
        f"M{number + 0.5:g} {_n(y(point.value))}h.01"
        for number, point in enumerate(chart.points)
        if chosen(number)
    )


def _n(value: float) -> str:
    return f"{value:.5g}"
