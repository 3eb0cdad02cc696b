"""The frame every chart shares: fixed widths, so that a phone shows the same picture, only smaller."""

from __future__ import annotations

import textwrap
from typing import TypeAlias

import altair as alt

from replenish.report.document import ScaleAxis
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import number

Spec: TypeAlias = dict[str, object]
Row: TypeAlias = dict[str, object]

LABEL_WIDTH = 132
PLOT_WIDTH = 230
NOTE_WIDTH = 88
TOP = 30
BOTTOM = 8
FONT_SIZE = 13
SMALL = 12
LABEL_CHARACTERS = 19
LABEL_LINES = 2
TICKS = (0, 25, 50, 75, 100)


def wrapped(label: str) -> str:
    """A label on at most two lines; the full name stands in the table beside the chart."""
    lines = textwrap.wrap(
        label,
        LABEL_CHARACTERS,
        max_lines=LABEL_LINES,
        placeholder=" …",
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def lines_in(label: str) -> int:
    """How many lines a label takes once wrapped, at least one."""
    return max(1, wrapped(label).count("\n") + 1)


def source(rows: list[Row]) -> alt.InlineData:
    """Rows as inline values; nothing is ever fetched."""
    return alt.InlineData(values=rows)


def tick_labels(axis: ScaleAxis) -> list[Row]:
    """Labels of the scale: 0 to 100, and below each the column's own value where its range differs."""
    rows: list[Row] = []
    for tick in TICKS:
        text = str(tick)
        if axis.has_own_units:
            text += "\n" + number(axis.low + (axis.high - axis.low) * tick / 100)
        rows.append({"at": tick, "text": text})
    return rows


def scale_layers(axis: ScaleAxis, height: float) -> list[alt.Chart]:
    """Thin lines at the quarters of the scale, with their labels above."""
    ticks = source(tick_labels(axis))
    x = alt.X("at:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)
    rules = alt.Chart(ticks).mark_rule(color=LIGHT["line"], strokeWidth=0.6, strokeDash=[2, 3])
    text = alt.Chart(ticks).mark_text(
        color=LIGHT["soft"], fontSize=SMALL, baseline="bottom", lineBreak="\n", dy=-5, lineHeight=13
    )
    top = alt.value(-13 if axis.has_own_units else 0)
    layers = [rules.encode(x=x, y=alt.value(0), y2=alt.value(height)), text.encode(x=x, y=top, text="text:N")]
    if axis.has_own_units:
        meaning = alt.Chart(source([{"text": "0 to 100\nas answered"}])).mark_text(
            align="right",
            color=LIGHT["soft"],
            fontSize=SMALL,
            baseline="bottom",
            lineBreak="\n",
            dx=-22,
            dy=-5,
            lineHeight=13,
        )
        layers.append(meaning.encode(x=alt.value(0), y=top, text="text:N"))
    return layers


def framed(layers: list[alt.Chart], height: float, *, top: float = TOP) -> Spec:
    """The specification of layered marks in the shared frame, without any default ornament."""
    chart = alt.layer(*layers).properties(width=PLOT_WIDTH, height=height)
    chart = chart.configure(
        aria=False,
        autosize="none",
        font="sans-serif",
        padding={"left": LABEL_WIDTH, "right": NOTE_WIDTH, "top": top, "bottom": BOTTOM},
    ).configure_view(stroke=None)
    spec: Spec = chart.to_dict(validate=False)
    return spec
