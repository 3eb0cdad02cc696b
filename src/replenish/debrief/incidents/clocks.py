"""The clocks of an incident: from when and until when each step is due. Pure functions of days and bands.

An incident has a band of three hours and no minute, so a clock begins at the end of its band: nobody is
called late because of how a time was rounded. Days and hours are those of the place, read beside the time of
the server; a place in another zone sees its clocks moved by that difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from replenish.debrief.incidents.codes import BAND_HOURS
from replenish.debrief.incidents.model import Step


@dataclass(frozen=True, order=True)
class Moment:
    """A day, and the hour at which a band of three hours begins."""

    day: date
    band: int

    @property
    def begins(self) -> datetime:
        """The first minute of the band."""
        return datetime.combine(self.day, time(self.band), UTC)

    @property
    def ends(self) -> datetime:
        """The first minute after the band."""
        return self.begins + timedelta(hours=BAND_HOURS)


class Stand(Enum):
    """How a step stands."""

    NOT_YET = "not_yet"
    DUE = "due"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATER = "later"
    NOT_DONE = "not_done"

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said about it."""
        return self in {Stand.NOT_YET, Stand.DUE, Stand.OVERDUE}


@dataclass(frozen=True)
class Clock:
    """The clock of one step after one incident.

    Attributes:
        opens: from when.
        due: until when.
        stand: how it stands now.
        over: how long after its time it is, or was done; nothing unless it is or was late.
    """

    opens: datetime
    due: datetime
    stand: Stand
    over: timedelta = timedelta()


def clock_of(step: Step, happened: Moment, now: datetime, *, done: Moment | None = None) -> Clock:
    """The clock of a step about which nothing is said yet, or that was done or offered.

    Args:
        step: with its hours.
        happened: when the incident began.
        now: aware.
        done: when the step took place; None while nothing is said.
    """
    opens, due = window(step, happened)
    if done is not None:
        over = done.begins - due
        return (
            Clock(opens, due, Stand.LATER, over) if over > timedelta() else Clock(opens, due, Stand.IN_TIME)
        )
    if now < opens:
        return Clock(opens, due, Stand.NOT_YET)
    if now <= due:
        return Clock(opens, due, Stand.DUE)
    return Clock(opens, due, Stand.OVERDUE, now - due)


def left_out(step: Step, happened: Moment) -> Clock:
    """The clock of a step that did not take place."""
    opens, due = window(step, happened)
    return Clock(opens, due, Stand.NOT_DONE)


def window(step: Step, happened: Moment) -> tuple[datetime, datetime]:
    """From when and until when a step is due."""
    # A step that can begin at once begins with the incident, not after its band.
    opens = happened.ends + timedelta(hours=step.from_hours) if step.from_hours else happened.begins
    return opens, happened.ends + timedelta(hours=step.until_hours)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> Quarter:
        """The quarter of a name as in 2027Q1."""
        return cls(int(name[:4]), int(name[5]))

    @property
    def name(self) -> str:
        """As tables have it."""
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> Quarter:
        """The one that follows."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.after.first_day - timedelta(days=1)
