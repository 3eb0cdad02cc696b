"""How a box is written: as small as a box can be, so that its size says next to nothing.

The questions of a pack are named once, and each check-in is a row of answers in that order; a year of weekly
and monthly answers stays within the smallest size of box. A check-in adds one row without unpacking the rest.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from typing import Final, Self

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault

VERSION: Final = 1

# One sign for each answer where all are digits, which is so for our own questions; otherwise a list.
Row = str | list[float | None]
SKIPPED = "-"
_DIGITS = {float(digit): str(digit) for digit in range(10)}
_ANSWERS = {str(digit): float(digit) for digit in range(10)}

_JSON = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)

AskedPack = tuple[str, str]
"""A pack as it was asked: its id and its content hash."""


class BoxRows:
    """The written form of a box: packs with their questions, rows of answers, reflections and settings."""

    __slots__ = ("check_ins", "packs", "reflections", "settings")

    def __init__(self) -> None:
        self.packs: list[tuple[str, str, list[str]]] = []
        self.check_ins: list[tuple[str, int, Row]] = []
        self.reflections: list[tuple[str, str, str]] = []
        self.settings: dict[str, bool | float | str] = {}

    @classmethod
    def read(cls, content: bytes) -> Self:
        """The rows that `to_bytes` wrote.

        Raises:
            Refused: it is of a version this software does not know, or is no content of a box.
        """
        try:
            plain = json.loads(content)
            known = plain["v"] == VERSION
            rows = cls()
            rows.packs = plain["packs"]
            rows.check_ins = plain["check_ins"]
            rows.reflections = plain["reflections"]
            rows.settings = plain["settings"]
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            # Without the cause: an error of the reader would quote what is in the box.
            refuse(VoiceFault.BOX_UNREADABLE)
        return rows

    def to_bytes(self) -> bytes:
        """The content as compact JSON, UTF-8."""
        plain = {
            "v": VERSION,
            "packs": self.packs,
            "check_ins": self.check_ins,
            "reflections": self.reflections,
            "settings": self.settings,
        }
        return _JSON.encode(plain).encode()

    def put(self, week: str, asked: AskedPack, answers: Mapping[str, float]) -> None:
        """Write a check-in in place of an earlier one of the same week and pack; nothing for no answers."""
        same = {at for at, (pack, _, _) in enumerate(self.packs) if pack == asked[0]}
        self.check_ins = [row for row in self.check_ins if not (row[0] == week and row[1] in same)]
        if answers:
            self.add(week, asked, answers)

    def add(self, week: str, asked: AskedPack, answers: Mapping[str, float]) -> None:
        """Write a check-in behind the others."""
        at, items = self._items_of(asked)
        if not answers.keys() <= set(items):
            items.extend(item for item in answers if item not in items)
        self.check_ins.append((week, at, _row([answers.get(item) for item in items])))

    def weeks_of(self, asked: str) -> list[str]:
        """The weeks in which a pack was answered, whichever version of it."""
        return [week for week, at, _ in self.check_ins if self.packs[at][0] == asked]

    def _items_of(self, asked: AskedPack) -> tuple[int, list[str]]:
        for at, (pack, digest, items) in enumerate(self.packs):
            if (pack, digest) == asked:
                return at, items
        self.packs.append((*asked, []))
        return len(self.packs) - 1, self.packs[-1][2]

    def rows(self, weeks: Container[str] | None = None) -> Iterator[tuple[str, AskedPack, dict[str, float]]]:
        """Each check-in of these weeks or of all: its week, the pack as it was asked, the answers given."""
        for week, at, row in self.check_ins:
            if weeks is not None and week not in weeks:
                continue
            pack, digest, items = self.packs[at]
            yield week, (pack, digest), _answers(items, row)


def _row(answers: list[float | None]) -> Row:
    """Answers in the order of the questions, as short as they can be written."""
    signs = [SKIPPED if answer is None else _DIGITS.get(answer) for answer in answers]
    return answers if None in signs else "".join(sign for sign in signs if sign)


def _answers(items: list[str], row: Row) -> dict[str, float]:
    """The answers given. A row is shorter than the questions where these were first answered later."""
    if isinstance(row, str):
        if SKIPPED not in row:
            return dict(zip(items, map(_ANSWERS.__getitem__, row), strict=False))
        return {item: _ANSWERS[sign] for item, sign in zip(items, row, strict=False) if sign != SKIPPED}
    return {item: answer for item, answer in zip(items, row, strict=False) if answer is not None}
