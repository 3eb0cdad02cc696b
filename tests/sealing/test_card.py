"""The card shows every word once with its number, and a QR whose secret stands behind the "#"."""

from __future__ import annotations

import re
from itertools import chain
from xml.etree import ElementTree as ET

import segno

from replenish.sealing.card import CardWords, card_grid, card_link, card_svg
from replenish.sealing.secret import Secret

SECRET = Secret(bytes(range(16)))
BASE = "https://replenish.example"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_link_carries_the_secret_behind_the_fragment_only() -> None:
    before, after = card_link(SECRET, base_url=f"{BASE}/").split("#")
    assert before == f"{BASE}/my/return/"
    assert Secret.of_code(after) == SECRET


def test_the_grid_numbers_every_word_once_down_its_columns() -> None:
    for columns in (1, 2, 3, 4, 13):
        grid = card_grid(SECRET, columns)
        assert sorted(chain.from_iterable(grid)) == list(enumerate(SECRET.words(), 1))
        assert max(len(row) for row in grid) <= columns
        assert [number for number, _ in (row[0] for row in grid)] == list(range(1, len(grid) + 1))


def test_the_drawing_holds_the_words_and_their_numbers() -> None:
    drawn = ET.fromstring(card_svg(SECRET, base_url=BASE))  # noqa: S314 - drawn a line above
    texts = [element.text for element in drawn.iter(f"{SVG}text")]
    for number, word in enumerate(SECRET.words(), 1):
        assert f"{number}. {word}" in texts
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert title.text
    assert not any(word in title.text.split() for word in SECRET.words())


def test_the_drawing_needs_no_style_script_or_other_file() -> None:
    drawn = card_svg(SECRET, base_url=BASE)
    assert not re.search(r"style|script|href|url\(|@import|on\w+=", drawn)
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_the_modules_of_the_qr_are_those_of_the_link() -> None:
    path = ET.fromstring(card_svg(SECRET, base_url=BASE)).find(f"{SVG}path")  # noqa: S314 - as above
    assert path is not None
    strokes = re.findall(r"M(\d+) (\d+)h(\d+)", path.get("d", ""))
    dark = {(int(x) + step, int(y)) for x, y, run in strokes for step in range(int(run))}
    matrix = segno.make(card_link(SECRET, base_url=BASE), error="m", micro=False).matrix
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_the_words_beside_it_can_be_another_language_and_are_escaped() -> None:
    drawn = card_svg(SECRET, base_url=BASE, words=CardWords("Ihre <Karte>", ("Gut & sicher",), "Karte"))
    assert "Ihre &lt;Karte&gt;" in drawn
    assert "Gut &amp; sicher" in drawn
    assert "Your key card" not in drawn
