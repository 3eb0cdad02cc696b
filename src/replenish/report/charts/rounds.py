"""Bands over rounds, and of several questions at one time, for paper.

Written by hand, so that a server needs no drawing library to print them.
One upright stretch a round: empty where there were not enough voices, outlined where the part was read
together with others. Names of rounds are the only text, and they are escaped.
"""

from __future__ import annotations

from html import escape

from replenish.report.document import BandRow, QuestionMarks, RoundBand, RoundMarks
from replenish.report.tokens import LIGHT

WIDTH = 420.0
LEFT = 34.0
PLOT = WIDTH - LEFT - 8.0
TALL = 96.0
ABOVE = 14.0
BELOW = 22.0
FONT = 10.0
NAMES = 190.0
NOTES = 60.0
ROW = 17.0
LEAST_ROUNDS = 6
LABELS = 8
FULL = 0.62
THIN = 0.24


def rounds_inside(marks: RoundMarks) -> tuple[str, float, float]:
    """The inside of the drawing, its width and its height."""
    slots = max(len(marks.rounds), LEAST_ROUNDS)
    slot = PLOT / slots
    parts = [_guide(at) for at in (0, 50, 100)]
    every = -(-len(marks.rounds) // LABELS)
    for place, one in enumerate(marks.rounds):
        centre = LEFT + slot * (place + 0.5)
        parts.append(_stretch(one, centre, slot, LIGHT[marks.tint]))
        if place % every == 0:
            parts.append(_text(one.label, centre, ABOVE + TALL + 14, "middle"))
    return "".join(parts), WIDTH, ABOVE + TALL + BELOW


def questions_inside(marks: QuestionMarks) -> tuple[str, float, float]:
    """The inside of the drawing, its width and its height: each question a line with its stretch."""
    parts = [_text(f"{at:g}", _along(at), ABOVE - 4, "middle") for at in (0, 50, 100)]
    for place, row in enumerate(marks.rows):
        parts.append(_question(row, ABOVE + ROW * (place + 0.5), LIGHT[marks.tint]))
    return "".join(parts), WIDTH, ABOVE + ROW * len(marks.rows) + 4


def _question(row: BandRow, y: float, colour: str) -> str:
    half = ROW * 0.3
    wide = _along(100) - _along(0)
    track = f'x="{_n(_along(0))}" y="{_n(y - half)}" width="{_n(wide)}" height="{_n(2 * half)}"'
    drawn = _text(row.label, NAMES - 8, y + 3.5, "end") + f'<rect {track} fill="{LIGHT["sand"]}"/>'
    if row.low is None or row.high is None:
        return drawn + _text("–", _along(50), y + 3, "middle")
    place = f'x="{_n(_along(row.low))}" width="{_n(_along(row.high) - _along(row.low))}"'
    paint = colour if row.middle is None else LIGHT["soft"]
    drawn += f'<rect {place} y="{_n(y - half)}" height="{_n(2 * half)}" fill="{paint}"/>'
    if row.middle is not None:
        drawn += _line(_along(row.middle), y - half - 2, _along(row.middle), y + half + 2, LIGHT["ink"], 2)
    return drawn + _text(row.note, _along(100) + 6, y + 3.5, "start")


def _along(value: float) -> float:
    return NAMES + (WIDTH - NAMES - NOTES) * value / 100


def _stretch(one: RoundBand, centre: float, slot: float, colour: str) -> str:
    if one.low is None or one.high is None:
        return _text("–", centre, _down(50) + 3, "middle")
    wide = slot * (FULL if one.middle is None else THIN)
    place = f'x="{_n(centre - wide / 2)}" y="{_n(_down(one.high))}" width="{_n(wide)}"'
    tall = f'height="{_n((one.high - one.low) * TALL / 100)}"'
    paint = (
        f'fill="{LIGHT["card"]}" stroke="{colour}" stroke-width="1.2"'
        if one.together
        else f'fill="{colour if one.middle is None else LIGHT["soft"]}"'
    )
    drawn = f"<rect {place} {tall} {paint}/>"
    if one.middle is not None:
        half, y = slot * FULL / 2, _down(one.middle)
        drawn += _line(centre - half, y, centre + half, y, LIGHT["ink"], 2)
    return drawn + _arrow(one, centre, min(slot, 12.0) / 3)


def _arrow(one: RoundBand, centre: float, half: float) -> str:
    """Upwards above a stretch that is higher, downwards below one that is lower."""
    if one.low is None or one.high is None or not one.change:
        return ""
    higher = one.change == "higher"
    tip, foot = (-9.0, -4.0) if higher else (9.0, 4.0)
    y = _down(one.high if higher else one.low)
    points = (
        f"M{_n(centre - half)} {_n(y + foot)}L{_n(centre)} {_n(y + tip)}L{_n(centre + half)} {_n(y + foot)}"
    )
    return f'<path d="{points}" fill="none" stroke="{LIGHT["ink"]}" stroke-width="1.6"/>'


def _guide(at: float) -> str:
    y = _down(at)
    return _line(LEFT, y, LEFT + PLOT, y, LIGHT["sand"], 1) + _text(f"{at:g}", LEFT - 6, y + 3, "end")


def _line(x: float, y: float, x2: float, y2: float, colour: str, width: float) -> str:
    ends = f'x1="{_n(x)}" y1="{_n(y)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"/>'


def _text(words: str, x: float, y: float, anchor: str) -> str:
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" font-size="{FONT:g}"'
    return f'<text {place} font-family="sans-serif" fill="{LIGHT["soft"]}">{escape(words)}</text>'


def _down(value: float) -> float:
    return ABOVE + TALL * (100 - value) / 100


def _n(value: float) -> str:
    return f"{value:.5g}"
