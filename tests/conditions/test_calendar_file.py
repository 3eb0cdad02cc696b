"""Calendar files: whatever the words are, a strict reader reads them back, and no line is too long."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conditions.calendar_reader import read_calendar

from replenish.conditions.telling import calendar_file as writing
from replenish.conditions.telling.calendar_file import WholeDays, calendar_file

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
WORDS = st.text(max_size=300)
DAYS = st.dates(min_value=date(1, 1, 2), max_value=date(9998, 12, 30))


@st.composite
def entries(draw: st.DrawFn) -> list[WholeDays]:
    uids = draw(st.lists(st.text("0123456789abcdef", min_size=8, max_size=32), unique=True, max_size=4))
    made = []
    for uid in uids:
        first = draw(DAYS)
        until = first + timedelta(days=draw(st.integers(1, 40)))
        made.append(WholeDays(uid, first, until, draw(DAYS), draw(WORDS), draw(WORDS)))
    return made


def as_read(text: str) -> str:
    """What can be kept of a text: one kind of line end, and no signs that no calendar may hold."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@given(name=WORDS, days=entries())
def test_what_is_written_is_read_back(name: str, days: list[WholeDays]) -> None:
    read = read_calendar(calendar_file(name, days))
    assert read.name == as_read(name)
    assert [(one.uid, one.first, one.until) for one in read.events] == [
        (one.uid, one.first, one.until) for one in days
    ]
    assert [(one.summary, one.description) for one in read.events] == [
        (as_read(one.summary), as_read(one.description)) for one in days
    ]


@given(name=WORDS, days=entries())
def test_the_same_days_are_the_same_bytes(name: str, days: list[WholeDays]) -> None:
    assert calendar_file(name, days) == calendar_file(name, days)


def test_a_line_is_folded_between_characters_and_at_75_octets() -> None:
    content = calendar_file("ñ" * 200, [])
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) in {74, 75}
    assert read_calendar(content).name == "ñ" * 200


def test_a_word_cannot_begin_an_entry_of_its_own() -> None:
    """An organisation's text with a line end in it stays a text."""
    evil = "Rounds\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\n;,\\n"
    day = date(2026, 3, 2)
    read = read_calendar(calendar_file("x", [WholeDays("aa", day, day + timedelta(1), day, evil, evil)]))
    assert [one.uid for one in read.events] == ["aa"]
    assert read.events[0].summary == as_read(evil)


@pytest.mark.parametrize("fault", ["unfolded", "unescaped"])
def test_a_seeded_fault_is_found(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    if fault == "unfolded":
        monkeypatch.setattr(writing, "_folded", lambda line: line)
    else:
        monkeypatch.setattr(writing, "escaped", lambda text: text)
    with pytest.raises(AssertionError):
        read_calendar(calendar_file("one, two; " * 12, []))
