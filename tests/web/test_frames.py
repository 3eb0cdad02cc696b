"""Pages that are drawn once and filled: what a person wrote stays text, and nobody's parts are remembered."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from replenish.web.shared.frames import _frame, fill


def weeks(**parts: str) -> str:
    given = {"name": "n", "caption": "c", "weeks": mark_safe("<th>w</th>"), "rows": mark_safe("<tr></tr>")}
    return fill("carer/weeks.html", {**given, **parts}, folded=True)


def test_parts_are_escaped_unless_they_are_safe() -> None:
    page = weeks(caption="<script>&\"'")
    assert "<summary>&lt;script&gt;&amp;&quot;&#x27;</summary>" in page
    assert "<th>w</th></tr>" in page


def test_a_part_that_looks_like_a_mark_is_only_text() -> None:
    assert "\x00rows\x00" in weeks(caption="\x00rows\x00")


def test_the_frame_is_drawn_once_whatever_is_filled_in() -> None:
    weeks(caption="first")
    before = _frame.cache_info().misses
    assert "second" in weeks(caption="second")
    assert "first" not in weeks(caption="third")
    assert _frame.cache_info().misses == before
