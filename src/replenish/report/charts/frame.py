"""The frame every chart shares, in Vega-Lite: fixed widths, so a phone shows the same picture, smaller."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from replenish.report.document import ScaleAxis
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import number

Spec: TypeAlias = dict[str, object]
Row: TypeAlias = dict[str, object]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LABEL_WIDTH = 124
PLOT_WIDTH = 196
NOTE_WIDTH = 104
TOP = 30
BOTTOM = 8
FONT_SIZE = 13.5
SMALL = 12.5
LINE_HEIGHT = 15
LABEL_CHARACTERS = 14
NOTE_CHARACTERS = 13
LABEL_LINES = 2
TICKS = (0, 25, 50, 75, 100)
POINTS = (0.0, 100.0)
"""The scale every answer is put on."""


def wrapped(label: str) -> str:
    """A label on at most two lines; the full name stands in the table beside the chart."""
    lines = textwrap.wrap(
        label, LABEL_CHARACTERS, max_lines=LABEL_LINES, placeholder=" …", break_on_hyphens=False
    )
    return "\n".join(lines)


def wrapped_note(note: str) -> str:
    """A note on as many lines as it needs beside the scale."""
    return "\n".join(part for line in note.split("\n") for part in textwrap.wrap(line, NOTE_CHARACTERS))


def lines_in(label: str) -> int:
    """How many lines a label takes once wrapped, at least one."""
    return wrapped(label).count("\n") + 1


def name_height(label: str, centre: float) -> float:
    """Where a wrapped label starts: a text of two lines hangs from its first line."""
    return centre - LINE_HEIGHT / 2 * (lines_in(label) - 1)


def layer(rows: Sequence[Row], mark: str, style: Mapping[str, object], **encoding: Spec) -> Spec:
    """One kind of mark over inline rows; nothing is ever fetched."""
    return {"data": {"values": list(rows)}, "mark": {"type": mark, **style}, "encoding": encoding}


def across(field: str, domain: Sequence[float] = POINTS) -> Spec:
    """A place along the scale, without the library's own axis."""
    return {"field": field, "type": "quantitative", "scale": _exactly(domain), "axis": None}


def down(field: str, height: float) -> Spec:
    """A place down the chart, in pixels from its top."""
    return {"field": field, "type": "quantitative", "scale": _exactly((height, 0)), "axis": None}


def to(field: str) -> Spec:
    """The other end of a stretch."""
    return {"field": field}


def at(pixels: float) -> Spec:
    """A fixed place, in pixels."""
    return {"value": pixels}


def words(field: str) -> Spec:
    """A text as it is: names are values of the rows, never part of an expression."""
    return {"field": field, "type": "nominal"}


def text_style(colour: str, *, size: float = FONT_SIZE, **more: object) -> dict[str, object]:
    """How text is set: on several lines where the row has them."""
    return {
        "color": LIGHT[colour],
        "fontSize": size,
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
        "baseline": "middle",
        **more,
    }


def names_and_notes(rows: Sequence[Row], height: float, *, note: str, note_at: str = "centre") -> list[Spec]:
    """Names to the left of the scale, and notes to its right."""
    name_style = text_style("ink", align="right", dx=-10)
    note_style = text_style(note, size=SMALL, align="left", dx=10)
    return [
        layer(rows, "text", name_style, x=at(0), y=down("name_at", height), text=words("label")),
        layer(rows, "text", note_style, x=at(PLOT_WIDTH), y=down(note_at, height), text=words("note")),
    ]


def scale_layers(axis: ScaleAxis, height: float) -> list[Spec]:
    """Thin lines at the quarters of the scale, with their labels above."""
    ticks = _tick_rows(axis)
    rule = {"color": LIGHT["line"], "strokeWidth": 0.6, "strokeDash": [2, 3]}
    label = text_style("soft", size=SMALL, baseline="bottom", dy=-5)
    top = at(-LINE_HEIGHT if axis.has_own_units else 0)
    layers = [
        layer(ticks, "rule", rule, x=across("at"), y=at(0), y2=at(height)),
        layer(ticks, "text", label, x=across("at"), y=top, text=words("text")),
    ]
    if axis.has_own_units:
        meaning: list[Row] = [{"text": "0 to 100\nas answered"}]
        style = {**label, "align": "right", "dx": -22}
        layers.append(layer(meaning, "text", style, x=at(0), y=top, text=words("text")))
    return layers


def scale_top(axis: ScaleAxis) -> float:
    """Room above the marks for the labels of the scale."""
    return TOP + (LINE_HEIGHT if axis.has_own_units else 0)


def framed(layers: Sequence[Spec], height: float, *, top: float) -> Spec:
    """The specification of layered marks in the shared frame, without any default ornament."""
    return {
        "$schema": SCHEMA,
        "width": PLOT_WIDTH,
        "height": height,
        "padding": {"left": LABEL_WIDTH, "right": NOTE_WIDTH, "top": top, "bottom": BOTTOM},
        "autosize": "none",
        "config": {"aria": False, "font": "sans-serif", "view": {"stroke": None}},
        "layer": list(layers),
    }


def _exactly(domain: Sequence[float]) -> Spec:
    return {"domain": list(domain), "nice": False, "zero": False}


def _tick_rows(axis: ScaleAxis) -> list[Row]:
    """Labels from 0 to 100, and below each the column's own value where its range differs."""
    rows: list[Row] = []
    for tick in TICKS:
        text = str(tick)
        if axis.has_own_units:
            text += "\n" + number(axis.low + (axis.high - axis.low) * tick / 100)
        rows.append({"at": tick, "text": text})
    return rows
