"""Differences drawn as thin bars with a dot, on either side of no difference."""

from __future__ import annotations

from replenish.report.charts.frame import (
    LINE_HEIGHT,
    SMALL,
    TOP,
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
    text_style,
    to,
    words,
    wrapped,
)
from replenish.report.document import IntervalMarks, IntervalRow
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import interval_words, number

ROW_HEIGHT = 34
MARGIN = 1.12
LEAST_REACH = 5.0


def intervals_spec(marks: IntervalMarks) -> Spec:
    """One row for each condition: its name, its interval with a dot, and the figures in words."""
    rows: list[Row] = []
    height = 0.0
    for row in marks.rows:
        tall = ROW_HEIGHT + LINE_HEIGHT * (lines_in(row.label) - 1)
        rows.append(_placed(row, height + tall / 2))
        height += tall
    reach = MARGIN * max(LEAST_REACH, *(max(abs(row.low), abs(row.high)) for row in marks.rows))
    layers = [
        *_ground(marks, reach, height),
        *_bars(rows, reach, height, marks.tint),
        *names_and_notes(rows, height, note="ink", note_at="note_at"),
    ]
    return framed(layers, height, top=TOP + 6)


def _placed(row: IntervalRow, centre: float) -> Row:
    """A row with its place down the chart; its note has two lines."""
    return {
        "label": wrapped(row.label),
        "name_at": name_height(row.label, centre),
        "note_at": centre - LINE_HEIGHT / 2,
        "centre": centre,
        "estimate": row.estimate,
        "low": row.low,
        "high": row.high,
        "hollow": row.hollow,
        "note": f"{number(row.estimate)}\n{interval_words(row.low, row.high)}",
    }


def _ground(marks: IntervalMarks, reach: float, height: float) -> list[Spec]:
    """The line of no difference, with what lies on either side of it."""
    line = {"color": LIGHT["soft"], "strokeWidth": 1.2}
    left = text_style("soft", size=SMALL, baseline="bottom", align="right", dx=-9, dy=-6)
    right = {**left, "align": "left", "dx": 9}
    x = across("at", (-reach, reach))
    return [
        layer([{"at": 0}], "rule", line, x=x, y=at(-4), y2=at(height)),
        layer([{"at": 0, "text": f"← {marks.left}"}], "text", left, x=x, y=at(0), text=words("text")),
        layer([{"at": 0, "text": f"{marks.right} →"}], "text", right, x=x, y=at(0), text=words("text")),
    ]


def _bars(rows: list[Row], reach: float, height: float, tint: str) -> list[Spec]:
    """Filled dots for own reports, open dots for what the others said: a shape, not only a colour."""
    domain = (-reach, reach)
    y = down("centre", height)
    bar = {"color": LIGHT[tint], "strokeWidth": 2.5, "strokeCap": "round"}
    layers = [layer(rows, "rule", bar, x=across("low", domain), x2=to("high"), y=y)]
    for hollow, fill in ((False, LIGHT[tint]), (True, LIGHT["card"])):
        chosen = [row for row in rows if row["hollow"] is hollow]
        if chosen:
            dot = {"fill": fill, "stroke": LIGHT[tint], "strokeWidth": 2.2, "size": 90, "opacity": 1}
            layers.append(layer(chosen, "point", dot, x=across("estimate", domain), y=y))
    return layers
