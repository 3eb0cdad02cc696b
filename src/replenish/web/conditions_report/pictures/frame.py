"""What stands around a chart on a slide: whose it is, its finding, how to read it, which release it shows.

Sixteen by nine on a light ground, for any screen and for print. All sizes are in the units of the drawing; it
is 1600 wide, and no letter is smaller than 22.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape

from replenish.report.charts import Drawing
from replenish.report.tokens import LIGHT

WIDTH, HEIGHT = 1600, 900
SIDE = 80
FONTS = "Libertinus Serif, Georgia, Iowan Old Style, serif"
"""The first comes with the typesetter that makes the PNG, so that it looks alike on every server."""

CHART_TOP, CHART_FOOT = 235, 755
LARGEST = 4.0
FACTS_CHARACTERS = 140


@dataclass(frozen=True)
class Words:
    """The words around a chart.

    Attributes:
        organisation: whose report it is.
        heading: what the chart is about.
        title: its finding.
        reading: how to read it; empty where nothing needs to be said.
        facts: which part and round it shows.
        ending: which release it is from.
    """

    organisation: str
    heading: str
    title: str
    reading: str
    facts: str
    ending: str


@dataclass(frozen=True)
class _Style:
    size: int
    colour: str
    characters: int
    lines: int = 1
    bold: bool = False


ORGANISATION = _Style(26, "soft", 100)
HEADING = _Style(32, "soft", 84)
TITLE = _Style(46, "ink", 62, lines=2, bold=True)
READING = _Style(25, "soft", 138, lines=2)
FACTS = _Style(23, "soft", FACTS_CHARACTERS)
ENDING = _Style(22, "soft", FACTS_CHARACTERS)


def framed(words: Words, drawing: Drawing | None) -> str:
    """The picture as an SVG file of its own; without a drawing it has words alone."""
    top = CHART_TOP + TITLE.size * 1.2 * (len(_lines(words.title, TITLE)) - 1)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LIGHT["paper"]}"/>',
        _text(words.organisation, 72, ORGANISATION),
        _text(words.heading, 122, HEADING),
        _text(words.title, 184, TITLE),
        _placed(drawing, top) if drawing is not None else "",
        _text(words.reading, 786, READING),
        f'<path d="M{SIDE} 828H{WIDTH - SIDE}" stroke="{LIGHT["sand"]}" stroke-width="2"/>',
        _text(words.facts, 856, FACTS),
        _text(words.ending, 884, ENDING),
    ]
    said = escape(f"{words.heading}: {words.title}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONTS}" role="img"><title>{said}</title>'
        f"{''.join(parts)}</svg>"
    )


def _placed(drawing: Drawing, top: float) -> str:
    """The chart as large as its place allows, in the middle of it."""
    wide, tall = WIDTH - 2 * SIDE, CHART_FOOT - top
    scale = min(wide / drawing.width, tall / drawing.height, LARGEST)
    x = SIDE + (wide - drawing.width * scale) / 2
    y = top + (tall - drawing.height * scale) / 2
    # One family of letters for the whole picture: that of the frame.
    inside = drawing.inside.replace(' font-family="sans-serif"', "")
    return f'<g transform="translate({x:.5g} {y:.5g}) scale({scale:.5g})">{inside}</g>'


def _text(words: str, y: float, style: _Style) -> str:
    weight = ' font-weight="bold"' if style.bold else ""
    look = f'font-size="{style.size}" fill="{LIGHT[style.colour]}"{weight}'
    return "".join(
        f'<text x="{SIDE}" y="{y + place * style.size * 1.2:.5g}" {look}>{escape(line)}</text>'
        for place, line in enumerate(_lines(words, style))
    )


def _lines(words: str, style: _Style) -> list[str]:
    return textwrap.wrap(words, style.characters, max_lines=style.lines, placeholder=" …")
