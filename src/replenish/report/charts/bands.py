"""Bands drawn as filled stretches of a scale, never as points: a band has no inside to point at."""

from __future__ import annotations

import altair as alt

from replenish.report.charts.frame import (
    FONT_SIZE,
    PLOT_WIDTH,
    SMALL,
    TOP,
    Row,
    Spec,
    framed,
    lines_in,
    scale_layers,
    source,
    wrapped,
)
from replenish.report.document import BandCountMarks, BandMarks
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import number, plural

ROW_HEIGHT = 24
SECOND_LINE = 14
STRETCH = 10
PARENT_STRETCH = 5
PITCH_TOTAL = 200
PITCH_LARGEST = 5.0
PITCH_SMALLEST = 1.0
LINE_SHARE = 0.58
GAP = 9
LEAST_BLOCK = 15


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=None)


def _y(field: str, height: float) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


def _top(*, own_units: bool) -> float:
    return TOP + (13 if own_units else 0)


def _texts(rows: list[Row], height: float, *, note_colour: str) -> list[alt.Chart]:
    """Names to the left of the scale and notes to its right."""
    name = alt.Chart(source(rows)).mark_text(
        align="right", baseline="middle", dx=-10, fontSize=FONT_SIZE, color=LIGHT["ink"], lineBreak="\n"
    )
    note = alt.Chart(source(rows)).mark_text(
        align="left", baseline="middle", dx=10, fontSize=SMALL, color=LIGHT[note_colour], lineBreak="\n"
    )
    y = _y("centre", height)
    return [
        name.encode(x=alt.value(0), y=_y("name_at", height), text="label:N"),
        note.encode(x=alt.value(PLOT_WIDTH), y=y, text="note:N"),
    ]


def bands_spec(marks: BandMarks) -> Spec:
    """One row for each group: its name, its stretch, and its size and change in words."""
    rows: list[Row] = []
    at = 0.0
    for row in marks.rows:
        lines = max(lines_in(row.label), row.note.count("\n") + 1)
        tall = ROW_HEIGHT + SECOND_LINE * (lines - 1)
        centre = at + tall / 2
        half = (PARENT_STRETCH if row.parent else STRETCH) / 2
        rows.append(
            {
                "label": wrapped(row.label),
                # A text of two lines hangs from its first line, so it starts half a line higher.
                "name_at": centre - SECOND_LINE / 2 * (lines_in(row.label) - 1),
                "centre": centre,
                "top": centre - half,
                "bottom": centre + half,
                "low": row.low,
                "high": row.high,
                "middle": row.middle,
                "note": row.note,
                "parent": row.parent,
            }
        )
        at += tall
    height = at
    shown = [row for row in rows if row["low"] is not None]
    tracks = alt.Chart(source(rows)).mark_rect(color=LIGHT["sand"], cornerRadius=3)
    y, y2 = _y("top", height), alt.Y2("bottom:Q")
    layers = [tracks.encode(x=alt.value(0), x2=alt.value(PLOT_WIDTH), y=y, y2=y2)]
    layers += scale_layers(marks.axis, height)
    layers += _stretches(shown, height, marks.tint)
    layers += _texts(rows, height, note_colour="soft")
    silent = [row for row in rows if row["low"] is None]
    if silent:
        words = alt.Chart(source(silent)).mark_text(
            fontSize=SMALL,
            fontStyle="italic",
            color=LIGHT["soft"],
            baseline="middle",
            text="not enough voices",
        )
        layers.append(words.encode(x=alt.value(PLOT_WIDTH / 2), y=_y("centre", height)))
    return framed(layers, height, top=_top(own_units=marks.axis.has_own_units))


def _stretches(rows: list[Row], height: float, tint: str) -> list[alt.Chart]:
    leaves = alt.Chart(source([row for row in rows if not row["parent"]])).mark_rect(
        color=LIGHT[tint], cornerRadius=3
    )
    parents = [row for row in rows if row["parent"]]
    y, y2 = _y("top", height), alt.Y2("bottom:Q")
    layers = [
        leaves.encode(x=_x("low"), x2="high:Q", y=y, y2=y2),
    ]
    if parents:
        span = alt.Chart(source(parents)).mark_rect(color=LIGHT["soft"], cornerRadius=2)
        middle = alt.Chart(source(parents)).mark_tick(
            color=LIGHT["ink"], thickness=3, size=STRETCH + 5, orient="vertical"
        )
        layers.append(span.encode(x=_x("low"), x2="high:Q", y=y, y2=y2))
        layers.append(middle.encode(x=_x("middle"), y=_y("centre", height)))
    return layers


def band_counts_spec(marks: BandCountMarks) -> Spec:
    """One thin line for each group, lines of the same band lying together like furrows."""
    total = sum(count.groups for count in marks.counts)
    pitch = min(PITCH_LARGEST, max(PITCH_SMALLEST, PITCH_TOTAL / total))
    lines: list[Row] = []
    names: list[Row] = []
    tracks: list[Row] = []
    at = 0.0
    for count in marks.counts:
        block = max(LEAST_BLOCK, count.groups * pitch)
        start = at + (block - count.groups * pitch) / 2
        for index in range(count.groups):
            top = start + index * pitch
            lines.append(
                {"low": count.low, "high": count.high, "top": top, "bottom": top + pitch * LINE_SHARE}
            )
        centre = at + block / 2
        tracks.append({"top": centre - PARENT_STRETCH / 2, "bottom": centre + PARENT_STRETCH / 2})
        span = f"{number(count.low)} to {number(count.high)}"
        names.append(
            {"label": span, "name_at": centre, "centre": centre, "note": plural(count.groups, "group")}
        )
        at += block + GAP
    height = at - GAP
    track = alt.Chart(source(tracks)).mark_rect(color=LIGHT["sand"], cornerRadius=3)
    stretch = alt.Chart(source(lines)).mark_rect(color=LIGHT[marks.tint])
    layers = [
        track.encode(x=alt.value(0), x2=alt.value(PLOT_WIDTH), y=_y("top", height), y2=alt.Y2("bottom:Q")),
        *scale_layers(marks.axis, height),
        stretch.encode(x=_x("low"), x2="high:Q", y=_y("top", height), y2=alt.Y2("bottom:Q")),
        *_texts(names, height, note_colour="ink"),
    ]
    return framed(layers, height, top=_top(own_units=marks.axis.has_own_units))
