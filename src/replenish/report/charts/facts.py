"""A fact of provision over time, for paper: one level line a period, and a tick where a round closed."""

from __future__ import annotations

from html import escape

from replenish.report.document import FactMarks
from replenish.report.tokens import LIGHT

WIDTH = 420.0
LEFT = 52.0
PLOT = WIDTH - LEFT - 8.0
TALL = 56.0
ABOVE = 10.0
BELOW = 24.0
TICK = 6.0
FONT = 10.0
GAP = 1.0


def facts_inside(marks: FactMarks) -> tuple[str, float, float]:
    """The inside of the drawing, its width and its height."""
    foot = ABOVE + TALL
    parts = [_line(LEFT, at, LEFT + PLOT, at, "sand", 1) for at in (ABOVE, foot)]
    parts += [_text(marks.top, LEFT - 6, ABOVE + 3, "end"), _text("0", LEFT - 6, foot + 3, "end")]
    parts += [_line(_along(at), foot, _along(at), foot + TICK, "ink", 1) for at in marks.closes]
    for one in marks.stretches:
        y = foot - TALL * one.height
        end = max(_along(one.ends) - GAP, _along(one.begins) + GAP)
        parts.append(_line(_along(one.begins), y, end, y, marks.tint, 3))
    parts += [
        _text(marks.first, LEFT, foot + BELOW - 4, "start"),
        _text(marks.last, LEFT + PLOT, foot + BELOW - 4, "end"),
    ]
    return "".join(parts), WIDTH, foot + BELOW


def _along(place: float) -> float:
    return LEFT + PLOT * place


def _line(x: float, y: float, x2: float, y2: float, colour: str, width: float) -> str:
    ends = f'x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {ends} stroke="{LIGHT[colour]}" stroke-width="{width:g}"/>'


def _text(words: str, x: float, y: float, anchor: str) -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{FONT:g}"'
    return f'<text {place} font-family="sans-serif" fill="{LIGHT["soft"]}">{escape(words)}</text>'


def _n(value: float) -> str:
    return f"{value:.5g}"
