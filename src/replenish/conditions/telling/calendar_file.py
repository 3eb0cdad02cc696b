"""Calendar files as RFC 5545 (with RFC 7986) writes them: escaped and folded, the same each time.

Nothing in a file depends on when it was fetched, or by whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

MOST_OCTETS: Final = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class WholeDays:
    """Something that takes whole days.

    Attributes:
        uid: names it for ever; letters and digits.
        first: its first day.
        until: the day after its last.
        stamp: since when it has been known; never the day on which somebody looks.
        summary: what it is.
        description: more about it.
    """

    uid: str
    first: date
    until: date
    stamp: date
    summary: str
    description: str


@dataclass(frozen=True)
class AtTimes:
    """Something with a beginning and an end on one day, in the time of the place where it is.

    Attributes:
        uid: names it for ever; letters, digits and dashes.
        day: when.
        begins: in the time of the place; the file names no zone.
        ends: the same.
        stamp: since when it has been known; never the day on which somebody looks.
        summary: what it is.
        description: more about it.
        place: where.
    """

    uid: str
    day: date
    begins: time
    ends: time
    stamp: date
    summary: str
    description: str
    place: str


def calendar_file(name: str, days: Sequence[WholeDays | AtTimes]) -> bytes:
    """The calendar, its entries in the order they are given."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(name, days)).encode()


def _lines(name: str, days: Sequence[WholeDays | AtTimes]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Replenish//Rounds//EN", "CALSCALE:GREGORIAN")
    yield f"NAME:{escaped(name)}"
    yield f"X-WR-CALNAME:{escaped(name)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
    for one in days:
        yield "BEGIN:VEVENT"
        yield f"UID:{one.uid}"
        yield f"DTSTAMP:{_day(one.stamp)}T000000Z"
        yield from _when(one)
        yield f"SUMMARY:{escaped(one.summary)}"
        yield f"DESCRIPTION:{escaped(one.description)}"
        if isinstance(one, WholeDays):
            # Nobody is shown as busy on a day because a round begins.
            yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _when(one: WholeDays | AtTimes) -> Iterator[str]:
    if isinstance(one, AtTimes):
        yield f"DTSTART:{_day(one.day)}T{one.begins:%H%M}00"
        yield f"DTEND:{_day(one.day)}T{one.ends:%H%M}00"
        yield f"LOCATION:{escaped(one.place)}"
        return
    yield f"DTSTART;VALUE=DATE:{_day(one.first)}"
    yield f"DTEND;VALUE=DATE:{_day(one.until)}"


def escaped(text: str) -> str:
    """A text as the value of a property; signs that no such value may have are left out."""
    one_kind = _CONTROL.sub("", _LINE_END.sub("\n", text))
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        one_kind = one_kind.replace(sign, written)
    return one_kind


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > MOST_OCTETS:
            pieces.append(piece)
            # The space at the start of a further piece counts.
            piece, octets = " ", 1
        piece, octets = piece + character, octets + size
    return "\r\n".join((*pieces, piece))


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")
