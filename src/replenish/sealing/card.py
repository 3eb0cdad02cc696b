"""The key card as a drawing: thirteen numbered words, and a QR that carries the secret behind the "#".

What stands behind "#" stays in the browser: it is sent to no server and stands in no log.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import chain

import segno

from replenish.sealing.secret import Secret

RETURN_PATH = "/my/return/#"

_WIDTH, _HEIGHT = 860, 540
_MARGIN = 40
_QR_SIDE = 250
_COLUMNS = 3
_COLUMN_WIDTH = 176
_ROW_HEIGHT = 46
_QUIET = 4  # modules of white around a QR, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class CardWords:
    """What is printed beside the secret, so that it can be translated."""

    title: str = "Your key card"
    lines: tuple[str, ...] = (
        "It opens your own space. Keep it where you keep your keys.",
        "Nobody else has a copy. If it is lost, your history is lost, and your voice is not:",
        "ask for a new slip.",
    )
    drawing: str = "Key card with thirteen numbered words and a code to scan"


def card_link(secret: Secret, *, base_url: str) -> str:
    """The address in the QR of a card: it holds the secret, so it is shown to its owner alone."""
    return f"{base_url.rstrip('/')}{RETURN_PATH}{secret.code()}"


def card_grid(secret: Secret, columns: int = _COLUMNS) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The words with their numbers, row by row, to be read downwards in each column."""
    numbered = list(enumerate(secret.words(), 1))
    rows = -(-len(numbered) // columns)
    return tuple(tuple(numbered[row::rows]) for row in range(rows))


def card_svg(secret: Secret, *, base_url: str, words: CardWords | None = None) -> str:
    """The card as one SVG without style sheet, script or font of its own, black on white.

    Args:
        secret: of the card.
        base_url: of the site, such as https://replenish.example.
        words: what is printed beside the secret.
    """
    said = words or CardWords()
    box = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="sans-serif"'
    below = _MARGIN + _ROW_HEIGHT * (len(card_grid(secret)) + 2) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<title>{escape(said.drawing)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="16" fill="#fff" stroke="#222"/>',
        _text(_MARGIN, _MARGIN + 30, 30, said.title, weight="bold"),
        *_grid(secret),
        *(_text(_MARGIN, below + 28 * line, 17, text) for line, text in enumerate(said.lines)),
        _qr(card_link(secret, base_url=base_url)),
        "</svg>",
    ]
    return "".join(parts)


def _grid(secret: Secret) -> list[str]:
    return [
        _text(_MARGIN + column * _COLUMN_WIDTH, _MARGIN + 90 + row * _ROW_HEIGHT, 20, f"{number}. {word}")
        for row, line in enumerate(card_grid(secret))
        for column, (number, word) in enumerate(line)
    ]


def _text(x: int, y: int, size: int, text: str, *, weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="#111">{escape(text)}</text>'
    )


def _qr(link: str) -> str:
    """The QR as one path: each run of dark modules in a row is one stroke."""
    matrix = segno.make(link, error="m", micro=False).matrix
    strokes = chain.from_iterable(_runs(y, bytes(row)) for y, row in enumerate(matrix))
    scale = _QR_SIDE / (len(matrix) + 2 * _QUIET)
    left, top = _WIDTH - _MARGIN - _QR_SIDE, _MARGIN
    return (
        f'<rect x="{left}" y="{top}" width="{_QR_SIDE}" height="{_QR_SIDE}" fill="#fff"/>'
        f'<path transform="translate({left} {top}) scale({scale:.4f}) translate({_QUIET} {_QUIET}.5)" '
        f'stroke="#000" shape-rendering="crispEdges" d="{"".join(strokes)}"/>'
    )


def _runs(y: int, row: bytes) -> list[str]:
    strokes, x = [], 0
    while x < len(row):
        length = 1
        while x + length < len(row) and row[x + length] == row[x]:
            length += 1
        if row[x]:
            strokes.append(f"M{x} {y}h{length}")
        x += length
    return strokes
