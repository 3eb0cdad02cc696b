"""A strict reader of calendar files, written from RFC 5545 and not from the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z-]+=[^;:\",]+)*):(?P<value>.*)", re.DOTALL)
# 3.3.11: what stands in a text after a backslash, and signs that must not stand there alone.
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[;,]")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
TEXTS = {"NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


@dataclass(frozen=True)
class ReadEvent:
    """One event, unfolded and unescaped."""

    uid: str
    stamp: str
    first: date
    until: date
    summary: str
    description: str


@dataclass(frozen=True)
class ReadCalendar:
    """A whole file."""

    name: str
    events: tuple[ReadEvent, ...]


def read_calendar(content: bytes) -> ReadCalendar:
    """The file, or an assertion that says which rule it breaks."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line for line in physical), "3.1: lines end in CRLF"
    assert all(0 < len(line) <= 75 for line in physical), "3.1: at most 75 octets"
    # Each physical line is whole characters by itself.
    texts = [line.decode("utf-8") for line in physical]
    lines: list[str] = []
    for text in texts:
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return _calendar([_content_line(line) for line in lines])


def _content_line(line: str) -> tuple[str, str, str]:
    assert not CONTROL.search(line), "3.1: no control signs"
    found = LINE.fullmatch(line)
    assert found, line
    return found["name"], found["params"], found["value"]


def _calendar(lines: list[tuple[str, str, str]]) -> ReadCalendar:
    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert lines[-1] == ("END", "", "VCALENDAR")
    head = {name: value for name, _, value in lines[1:-1] if name not in ONCE}
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    events: list[ReadEvent] = []
    event: dict[str, tuple[str, str]] | None = None
    for name, params, value in lines[1:-1]:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert event is None
            event = {}
        elif (name, value) == ("END", "VEVENT"):
            assert event is not None
            events.append(_event(event))
            event = None
        elif event is not None:
            assert name in ONCE, name
            assert name not in event, "3.6.1: each of these once"
            event[name] = (params, value)
    assert event is None
    assert len({one.uid for one in events}) == len(events), "3.8.4.7: no two events have one UID"
    return ReadCalendar(_text(head["NAME"]), tuple(events))


def _event(event: dict[str, tuple[str, str]]) -> ReadEvent:
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"][1]), "3.8.7.2: in UTC"
    for name in ("DTSTART", "DTEND"):
        assert event[name][0] == ";VALUE=DATE"
    first, until = _day(event["DTSTART"][1]), _day(event["DTEND"][1])
    assert first < until, "3.8.2.2: the end is the day after"
    return ReadEvent(
        event["UID"][1],
        event["DTSTAMP"][1],
        first,
        until,
        _text(event["SUMMARY"][1]),
        _text(event["DESCRIPTION"][1]),
    )


def _day(value: str) -> date:
    assert re.fullmatch(r"\d{8}", value)
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def _text(value: str) -> str:
    assert not UNESCAPED.search(value), "3.3.11: commas and semicolons are escaped"
    assert all(sign in "\\;,nN" for sign in ESCAPED.findall(value)), "3.3.11: nothing else is escaped"
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
