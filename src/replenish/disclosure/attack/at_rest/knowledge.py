"""What the thief knows besides the copy: the roster, and who was seen answering when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A person, as a colleague with the roster and the leave calendar knows them.

    Attributes:
        name: as it stands on the roster.
        group: the reporting group and the unit they belong to, as the dump names them; empty where unknown.
        joined: the moment at which they were seen drawing a slip, in days.
        seen: moments at which they were seen answering, in days; what the leave calendar leaves possible.
    """

    name: str
    group: frozenset[str]
    joined: float
    seen: tuple[float, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of row that belongs to one person each, as anybody knows who read the source code.

    Attributes:
        name: seat, box or voice.
        tables: where such rows lie; a row may move from one to the other.
        key: the column that names the row.
        place: the column with the group or unit, or None.
        period: the column with the round after which the row is gone, or None.
    """

    name: str
    tables: tuple[str, ...]
    key: str
    place: str | None = None
    period: str | None = None


@dataclass(frozen=True)
class Knowledge:
    """The roster and the calendar of rounds.

    Attributes:
        members: everybody.
        periods: round or season -> its first moment and the moment of its close, in days.
        alike: codes of units and groups in which the same people are, as the plan of each season tells.
    """

    members: tuple[Member, ...]
    periods: Mapping[str, tuple[float, float]]
    alike: tuple[frozenset[str], ...] = ()

    def places(self, place: str | None) -> frozenset[str]:
        """A unit or group under all the codes it has; empty where nothing is known."""
        if place is None:
            return frozenset()
        return frozenset([place]).union(*(codes for codes in self.alike if place in codes))

    def seen_in(self, member: Member, period: str | None) -> tuple[float, ...]:
        """When somebody was seen answering, in one round or altogether."""
        if period is None or period not in self.periods:
            return member.seen
        first, last = self.periods[period]
        return tuple(moment for moment in member.seen if first <= moment < last)
