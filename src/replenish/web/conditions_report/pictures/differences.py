"""Differences as thin bars with a dot, their figures beside them, in the language of the reader."""

from __future__ import annotations

import textwrap
from html import escape

from django.utils.translation import gettext as _

from replenish.report.charts import Drawing
from replenish.report.document import IntervalMarks, IntervalRow
from replenish.report.tokens import LIGHT
from replenish.web.conditions_report.wording import number

WIDTH = 420.0
NAMES = 170.0
NOTES = 96.0
ROW = 20.0
ABOVE = 16.0
FONT = 9.0
REACH = 1.1
NAME_CHARACTERS = 42


def draw_differences(marks: IntervalMarks) -> Drawing:
    """One line for each condition: its name, its bar, its difference with the interval."""
    reach = REACH * max(1.0, *(max(abs(row.low), abs(row.high)) for row in marks.rows))
    tall = ABOVE + ROW * len(marks.rows)
    middle = _across(0, reach)
    parts = [
        f'<path d="M{middle:.5g} {ABOVE - 4:.5g}V{tall:.5g}" stroke="{LIGHT["soft"]}" stroke-width="0.8"/>',
        _text(f"← {marks.left}", middle - 6, ABOVE - 6, "end", "soft"),
        _text(f"{marks.right} →", middle + 6, ABOVE - 6, "start", "soft"),
    ]
    for place, row in enumerate(marks.rows):
        parts.append(_line(row, ABOVE + ROW * (place + 0.5), reach, LIGHT[marks.tint]))
    return Drawing("".join(parts), WIDTH, tall + 2)


def _line(row: IntervalRow, y: float, reach: float, colour: str) -> str:
    low, at, high = (_across(value, reach) for value in (row.low, row.estimate, row.high))
    inside = LIGHT["paper"] if row.hollow else colour
    name = textwrap.shorten(row.label, NAME_CHARACTERS, placeholder=" …")
    said = _("%(middle)s (%(low)s to %(high)s)") % {
        "middle": number(row.estimate),
        "low": number(row.low),
        "high": number(row.high),
    }
    return (
        _text(name, NAMES - 8, y + 3, "end", "ink")
        + f'<path d="M{low:.5g} {y:.5g}H{high:.5g}" stroke="{colour}" stroke-width="2" '
        'stroke-linecap="round"/>'
        + f'<circle cx="{at:.5g}" cy="{y:.5g}" r="3.4" fill="{inside}" stroke="{colour}" stroke-width="1.6"/>'
        + _text(said, WIDTH - NOTES + 8, y + 3, "start", "ink")
    )


def _across(value: float, reach: float) -> float:
    half = (WIDTH - NAMES - NOTES) / 2
    return NAMES + half + half * value / reach


def _text(words: str, x: float, y: float, anchor: str, colour: str) -> str:
    place = f'x="{x:.5g}" y="{y:.5g}" text-anchor="{anchor}" font-size="{FONT:g}"'
    return f'<text {place} fill="{LIGHT[colour]}">{escape(words)}</text>'
