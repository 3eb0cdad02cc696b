"""Bands drawn as filled stretches of a scale, never as points: a band has no inside to point at."""

from __future__ import annotations

from replenish.report.charts.frame import (
    LINE_HEIGHT,
    PLOT_WIDTH,
    SMALL,
    Row,
    Spec,
    across,
    at,
    down,
    framed,
    layer,
    lines_in,
    name_height,
    names_and_notes,
    scale_layers,
    scale_top,
    text_style,
    to,
    words,
    wrapped,
    wrapped_note,
)
from replenish.report.document import BandCountMarks, BandMarks, BandRow
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import band_label, plural

ROW_HEIGHT = 24
STRETCH = 10
PARENT_STRETCH = 5
PITCH_TOTAL = 200
PITCH_LARGEST = 5.0
PITCH_SMALLEST = 1.0
LINE_SHARE = 0.58
GAP = 9
LEAST_BLOCK = 15


def bands_spec(marks: BandMarks) -> Spec:
    """One row for each group: its name, its stretch, and its size and change in words."""
    rows: list[Row] = []
    height = 0.0
    for row in marks.rows:
        tall = ROW_HEIGHT + LINE_HEIGHT * (max(lines_in(row.label), lines(row.note)) - 1)
        rows.append(_placed(row, height + tall / 2))
        height += tall
    y, y2 = down("top", height), to("bottom")
    track = {"color": LIGHT["sand"], "cornerRadius": 3}
    layers = [layer(rows, "rect", track, x=at(0), x2=at(PLOT_WIDTH), y=y, y2=y2)]
    layers += scale_layers(marks.axis, height)
    layers += _stretches([row for row in rows if row["low"] is not None], height, marks.tint)
    layers += names_and_notes(rows, height, note="soft", note_at="note_at")
    silent = [row for row in rows if row["low"] is None]
    if silent:
        style = text_style("soft", size=SMALL, fontStyle="italic")
        centre = at(PLOT_WIDTH / 2)
        layers.append(layer(silent, "text", style, x=centre, y=down("centre", height), text=words("silence")))
    return framed(layers, height, top=scale_top(marks.axis))


def lines(note: str) -> int:
    """How many lines a note takes, at least one."""
    return wrapped_note(note).count("\n") + 1


def _placed(row: BandRow, centre: float) -> Row:
    """A row with its place down the chart."""
    shown = row.low is not None
    half = (PARENT_STRETCH if row.parent else STRETCH if shown else 1) / 2
    return {
        "label": wrapped(row.label),
        "name_at": name_height(row.label, centre),
        "note_at": centre - LINE_HEIGHT / 2 * (lines(row.note) - 1),
        "centre": centre if shown else centre - LINE_HEIGHT / 2 - 1,
        "top": centre - half,
        "bottom": centre + half,
        "low": row.low,
        "high": row.high,
        "middle": row.middle,
        "note": wrapped_note(row.note),
        "parent": row.parent,
        "silence": "not enough voices",
    }


def _stretches(rows: list[Row], height: float, tint: str) -> list[Spec]:
    """Groups as thick stretches; parents as thin ones with an upright mark at their middle."""
    groups = [row for row in rows if not row["parent"]]
    parents = [row for row in rows if row["parent"]]
    place = {"x": across("low"), "x2": to("high"), "y": down("top", height), "y2": to("bottom")}
    layers = [layer(groups, "rect", {"color": LIGHT[tint], "cornerRadius": 3}, **place)]
    if parents:
        upright = {"color": LIGHT["ink"], "thickness": 3, "size": STRETCH + 5, "orient": "vertical"}
        layers.append(layer(parents, "rect", {"color": LIGHT["soft"], "cornerRadius": 2}, **place))
        layers.append(layer(parents, "tick", upright, x=across("middle"), y=down("centre", height)))
    return layers


def band_counts_spec(marks: BandCountMarks) -> Spec:
    """One thin line for each group, lines of the same band lying together like furrows."""
    total = sum(count.groups for count in marks.counts)
    pitch = min(PITCH_LARGEST, max(PITCH_SMALLEST, PITCH_TOTAL / total))
    lines: list[Row] = []
    blocks: list[Row] = []
    height = 0.0
    for count in marks.counts:
        tall = max(LEAST_BLOCK, count.groups * pitch)
        centre = height + tall / 2
        start = centre - count.groups * pitch / 2
        tops = [start + index * pitch for index in range(count.groups)]
        band: Row = {"low": count.low, "high": count.high}
        lines += [{**band, "top": top, "bottom": top + pitch * LINE_SHARE} for top in tops]
        blocks.append(
            {
                "label": band_label(count.low, count.high),
                "name_at": centre,
                "centre": centre,
                "top": centre - PARENT_STRETCH / 2,
                "bottom": centre + PARENT_STRETCH / 2,
                "note": plural(count.groups, "group"),
            }
        )
        height += tall + GAP
    height -= GAP
    y, y2 = down("top", height), to("bottom")
    track = {"color": LIGHT["sand"], "cornerRadius": 3}
    layers = [
        layer(blocks, "rect", track, x=at(0), x2=at(PLOT_WIDTH), y=y, y2=y2),
        *scale_layers(marks.axis, height),
        layer(lines, "rect", {"color": LIGHT[marks.tint]}, x=across("low"), x2=to("high"), y=y, y2=y2),
        *names_and_notes(blocks, height, note="ink"),
    ]
    return framed(layers, height, top=scale_top(marks.axis))
