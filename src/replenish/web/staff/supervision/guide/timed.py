"""The times of a session: arriving, a cycle in the time kept for reflection, the rest, and closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from replenish.supervision.rhythms import ARRIVING, CLOSING, limits
from replenish.web.staff.supervision.guide.cycle import Cycle, Parts

MINUTES_IN_HOUR = 60
MINUTES_IN_DAY = 24 * MINUTES_IN_HOUR
LEAST_MINUTES, MOST_MINUTES = 20, 240


@dataclass(frozen=True)
class Slot:
    """A part of a session.

    Attributes:
        heading: what it is.
        ask: what is asked in it.
        begins: minutes after the beginning.
        ends: the same.
        is_reflective: whether it is time kept for reflection.
    """

    heading: str
    ask: tuple[str, ...]
    begins: int
    ends: int
    is_reflective: bool

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.begins


@dataclass(frozen=True)
class Session:
    """A session with its times.

    Attributes:
        slots: in their order; together they fill it.
        minutes: how long it is.
        reflective: how many of them are kept for reflection.
        starts: when it starts, as 14:30; empty where no time is chosen.
    """

    slots: tuple[Slot, ...]
    minutes: int
    reflective: int
    starts: str = ""

    @property
    def share(self) -> int:
        """The share of reflection in a hundred."""
        return round(100 * self.reflective / self.minutes)

    def at(self, minute: int) -> str:
        """The time of the day at a minute; the minute itself where no time is chosen."""
        if not self.starts:
            return str(minute)
        hours, minutes = self.starts.split(":")
        moment = (int(hours) * MINUTES_IN_HOUR + int(minutes) + minute) % MINUTES_IN_DAY
        return f"{moment // MINUTES_IN_HOUR:02}:{moment % MINUTES_IN_HOUR:02}"


def session(cycle: Cycle, around: Parts, *, minutes: int, share: int, starts: str = "") -> Session:
    """The session with a cycle in it.

    Args:
        cycle: what fills the time that is kept for reflection.
        around: what stands before and after it.
        minutes: how long the session is; between the least and the most a page offers.
        share: how much of it is kept for reflection, in per cent.
        starts: when it starts, as 14:30; may be empty.
    """
    arriving, closing = limits()[ARRIVING].number, limits()[CLOSING].number
    inside = minutes - arriving - closing
    wanted = -(-minutes * share // 100)
    reflective = min(max(wanted, len(cycle.steps)), inside)
    planned = [
        (around.arriving.heading, around.arriving.ask, arriving, False),
        *(
            (step.heading, step.ask, length, True)
            for step, length in zip(
                cycle.steps, split([step.parts for step in cycle.steps], reflective), strict=True
            )
        ),
        (around.work.heading, around.work.ask, inside - reflective, False),
        (around.closing.heading, around.closing.ask, closing, False),
    ]
    slots: list[Slot] = []
    for heading, ask, length, is_reflective in planned:
        begins = slots[-1].ends if slots else 0
        if length:
            slots.append(Slot(heading, tuple(ask), begins, begins + length, is_reflective))
    return Session(tuple(slots), minutes, reflective, starts)


def split(parts: Sequence[int], minutes: int) -> tuple[int, ...]:
    """Whole minutes for each part, in proportion, with at least one each; what is left goes to the fullest.

    Args:
        parts: how much each should have beside the others, from 1.
        minutes: at least as many as there are parts.
    """
    over = minutes - len(parts)
    whole = sum(parts)
    shares = [1 + over * part // whole for part in parts]
    rests = [(-(over * part % whole), place) for place, part in enumerate(parts)]
    for _rest, place in sorted(rests)[: minutes - sum(shares)]:
        shares[place] += 1
    return tuple(shares)
