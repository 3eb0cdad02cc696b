"""Differences drawn as thin bars with a dot, on either side of no difference."""

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
    source,
    wrapped,
)
from replenish.report.document import IntervalMarks
from replenish.report.tokens import LIGHT
from replenish.report.wording.figures import interval_words, number

ROW_HEIGHT = 34
SECOND_LINE = 14
MARGIN = 1.12
LEAST_REACH = 5.0


def intervals_spec(marks: IntervalMarks) -> Spec:
    """One row for each condition: its name, its interval with a dot, and the figures in words."""
    rows: list[Row] = []
    at = 0.0
    for row in marks.rows:
        tall = ROW_HEIGHT + SECOND_LINE * (lines_in(row.label) - 1)
        centre = at + tall / 2
        rows.append(
            {
                "label": wrapped(row.label),
                "name_at": centre - SECOND_LINE / 2 * (lines_in(row.label) - 1),
                "centre": centre,
                "note_at": centre - SECOND_LINE / 2,
                "estimate": row.estimate,
                "low": row.low,
                "high": row.high,
                "hollow": row.hollow,
                "note": f"{number(row.estimate)}\n{interval_words(row.low, row.high)}",
            }
        )
        at += tall
    height = at
    reach = max(LEAST_REACH, *(max(abs(row.low), abs(row.high)) for row in marks.rows)) * MARGIN
    domain = [-reach, reach]
    return framed(
        [*_ground(marks, reach, height), *_bars(rows, domain, height, marks.tint), *_texts(rows, height)],
        height,
        top=TOP + 6,
    )


def _x(field: str, domain: list[float]) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=domain, nice=False), axis=None)


def _y(field: str, height: float) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)


def _ground(marks: IntervalMarks, reach: float, height: float) -> list[alt.Chart]:
    """The line of no difference, with what lies on either side of it."""
    zero = alt.Chart(source([{"at": 0}])).mark_rule(color=LIGHT["soft"], strokeWidth=1.2)
    sides: list[Row] = [
        {"at": -reach / 2, "text": f"← {marks.left}"},
        {"at": reach / 2, "text": f"{marks.right} →"},
    ]
    words = alt.Chart(source(sides)).mark_text(color=LIGHT["soft"], fontSize=SMALL, baseline="bottom", dy=-6)
    x = _x("at", [-reach, reach])
    return [
        zero.encode(x=x, y=alt.value(-4), y2=alt.value(height)),
        words.encode(x=x, y=alt.value(0), text="text:N"),
    ]


def _bars(rows: list[Row], domain: list[float], height: float, tint: str) -> list[alt.Chart]:
    bar = alt.Chart(source(rows)).mark_rule(color=LIGHT[tint], strokeWidth=2.5, strokeCap="round")
    y = _y("centre", height)
    layers = [bar.encode(x=_x("low", domain), x2="high:Q", y=y)]
    for hollow, fill in ((False, LIGHT[tint]), (True, LIGHT["card"])):
        chosen = [row for row in rows if row["hollow"] is hollow]
        if chosen:
            dot = alt.Chart(source(chosen)).mark_point(
                filled=True, fill=fill, stroke=LIGHT[tint], strokeWidth=2.2, size=90, opacity=1
            )
            layers.append(dot.encode(x=_x("estimate", domain), y=y))
    return layers


def _texts(rows: list[Row], height: float) -> list[alt.Chart]:
    name = alt.Chart(source(rows)).mark_text(
        align="right", baseline="middle", dx=-10, fontSize=FONT_SIZE, color=LIGHT["ink"], lineBreak="\n"
    )
    note = alt.Chart(source(rows)).mark_text(
        align="left", baseline="middle", dx=10, fontSize=SMALL, color=LIGHT["ink"], lineBreak="\n"
    )
    return [
        name.encode(x=alt.value(0), y=_y("name_at", height), text="label:N"),
        note.encode(x=alt.value(PLOT_WIDTH), y=_y("note_at", height), text="note:N"),
    ]
