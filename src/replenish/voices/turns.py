"""Which writing of a week's answers came last: what waited on a phone never undoes what was said since.

Every writing of a check-in has a random id, its turn. The box keeps the last few turns, each with its week
and pack, and no time. A check-in that waited brings the turns its device had seen when it was answered: it
takes the place of an answer only if that answer's turn is among them, because then it was given later.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from replenish.voices.box_rows import BoxRows

SETTING: Final = "turns"
KEPT: Final = 4
"""So many turns stay in the box; a device is always told of as many, real ones and others."""
ID_BYTES: Final = 9
_ID = re.compile(r"[A-Za-z0-9_-]{12}")
_ENTRY = re.compile(r"([^ ;]+) ([^ ;]+) ([^ ;]+)")

_Key = tuple[str, str]


class Taking(Enum):
    """What becomes of a check-in in the box."""

    TAKEN = "taken"
    THERE_ALREADY = "there already"
    SAID_SINCE = "said since"


@dataclass(frozen=True, slots=True)
class Turn:
    """One writing of a check-in: its id, and for one that waited, the turns its device had seen."""

    id: str
    waited: bool = False
    seen: frozenset[str] = frozenset()


def new_turn_id() -> str:
    """A fresh id: 72 random bits in 12 characters."""
    return secrets.token_urlsafe(ID_BYTES)


def is_turn_id(text: object) -> bool:
    """Whether a text has the form of an id."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def taking(box: BoxRows, key: _Key, turn: Turn | None) -> Taking:
    """What becomes of a check-in of this week and pack; without a turn it is always taken."""
    if turn is None:
        return Taking.TAKEN
    turns = _read(box.settings)
    if turn.id in turns.values():
        return Taking.THERE_ALREADY
    if not turn.waited or not _is_answered(box, key) or turns.get(key) in turn.seen:
        return Taking.TAKEN
    return Taking.SAID_SINCE


def note(box: BoxRows, key: _Key, turn: Turn | None) -> None:
    """Write the turn of this week and pack; without one, what was noted before is forgotten."""
    turns = _read(box.settings)
    if turn is None and key not in turns:
        return
    turns.pop(key, None)
    if turn is not None:
        turns[key] = turn.id
    last = list(turns.items())[-KEPT:]
    box.settings[SETTING] = ";".join(f"{week} {pack} {turn_id}" for (week, pack), turn_id in last)


def seen_by_device(settings: Mapping[str, object]) -> tuple[str, ...]:
    """The turns in a box, filled up with random ones, so that a device does not show how many there are."""
    found = list(_read(settings).values())
    return tuple(sorted([*found, *(new_turn_id() for _ in range(KEPT - len(found)))]))


def _read(settings: Mapping[str, object]) -> dict[_Key, str]:
    written = settings.get(SETTING)
    found = _ENTRY.findall(written) if isinstance(written, str) else []
    return {(week, pack): turn_id for week, pack, turn_id in found}


def _is_answered(box: BoxRows, key: _Key) -> bool:
    week, pack = key
    return any(row[0] == week and box.packs[row[1]][0] == pack for row in box.check_ins)
