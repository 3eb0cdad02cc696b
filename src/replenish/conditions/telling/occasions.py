"""What is to be told to everybody now and next: nothing but days that stand in the calendar of the rounds.

Nothing here knows who answered, or how many. The same is said to all, so nobody is ever reminded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from replenish.basis import clock
from replenish.conditions.models import Season, State
from replenish.conditions.queries import MEMBERS_READ_AFTER, RoundSummary, opens_to_members, rounds
from replenish.conditions.rounds.pausing import pauses_of
from replenish.conditions.unanswered import paused_groups
from replenish.ledger.events import Event
from replenish.ledger.queries import entries

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
AHEAD = timedelta(weeks=5)
"""How far the list of what comes next looks."""

INVITED_BEFORE = timedelta(weeks=2)
INVITED_UNTIL = timedelta(days=13)
"""Slips are good for two weeks; so long it makes sense to invite people to draw one."""

SHOWN_BEFORE = timedelta(days=3)
OPEN_FOR = timedelta(weeks=2)


class Kind(Enum):
    """The occasions on which everybody is told something."""

    ALWAYS = "always"
    INVITATION = "invitation"
    ROUND_OPENS = "round-opens"
    LAST_WEEK = "last-week"
    ROUND_CLOSED = "round-closed"
    REPORT_OPEN = "report-open"
    HOLIDAYS = "holidays"
    PAUSED = "contributions-pause"
    AGAIN = "contributions-again"


HAPPENED = {Kind.PAUSED: Event.CONTRIBUTIONS_PAUSED, Kind.AGAIN: Event.CONTRIBUTIONS_RESUMED}
"""What is told after it has happened, and where that is written."""


@dataclass(frozen=True)
class Occasion:
    """Something to tell everybody.

    Attributes:
        kind: what it is.
        about: the round, the season or the holidays it is about; empty for what always holds.
        first: the first day on which to tell it.
        last: the last one.
        number: of the round or the season; None where it has none.
        days: by the name of their place in the text, the days it speaks of.
    """

    kind: Kind
    about: str
    first: date
    last: date
    number: int | None = None
    days: tuple[tuple[str, date], ...] = ()

    @property
    def key(self) -> str:
        """Names it on a page, without an id of anything."""
        return hashlib.sha256(f"{self.kind.value} {self.about}".encode()).hexdigest()[:16]

    def is_now(self, today: date) -> bool:
        """Whether this is the time to tell it."""
        return self.first <= today <= self.last


@dataclass(frozen=True)
class Holidays:
    """Days on which rounds pause: `until` is the day after the last one."""

    season: str
    starts_on: date
    first: date
    until: date


def always() -> Occasion:
    """What may hang on a wall at any time."""
    return Occasion(Kind.ALWAYS, "", date.min, date.max)


def occasions(organisation: str, today: date | None = None) -> tuple[Occasion, ...]:
    """What is to be told, today and in the next weeks, by the day on which it begins."""
    day = today or clock.today()
    found = [
        *_of_seasons(organisation),
        *_of_rounds(rounds(organisation), day),
        *_of_holidays(organisation),
        *_of_the_ledger(organisation),
    ]
    near = (one for one in found if one.last >= day and one.first <= day + AHEAD)
    return tuple(sorted(near, key=lambda one: (one.first, one.last, one.kind.value, one.about)))


def holidays(organisation: str) -> tuple[Holidays, ...]:
    """The holidays of an organisation that touch rounds, oldest first."""
    rows = Season.objects.filter(organisation=organisation).only("starts_on", "pauses", "number")
    return tuple(
        Holidays(row.id, row.starts_on, pause.first, pause.until)
        for row in rows.order_by("number")
        for pause in sorted(pauses_of(row), key=lambda pause: pause.first)
    )


def read_on(row: RoundSummary) -> date:
    """The first day on which everybody reads the report of a round; as planned while it is not closed."""
    if row.visible_from is not None:
        return opens_to_members(row.visible_from)
    return row.closes_on + MEMBERS_READ_AFTER


def _of_seasons(organisation: str) -> Iterator[Occasion]:
    for row in Season.objects.filter(organisation=organisation).exclude(group_codes={}):
        yield Occasion(
            Kind.INVITATION,
            row.id,
            row.starts_on - INVITED_BEFORE,
            row.starts_on + INVITED_UNTIL,
            row.number,
            (("starts", row.starts_on),),
        )


def _of_rounds(rows: Sequence[RoundSummary], today: date) -> Iterator[Occasion]:
    for row in rows:
        if row.state == State.CANCELLED:
            continue
        last_day, reads = row.closes_on - DAY, read_on(row)
        days = (("starts", row.starts_on), ("last_day", last_day), ("reads", reads))
        starts = row.starts_on
        yield Occasion(Kind.ROUND_OPENS, row.round, starts - SHOWN_BEFORE, starts + WEEK, row.number, days)
        yield Occasion(Kind.LAST_WEEK, row.round, row.closes_on - WEEK, last_day, row.number, days)
        # What has not happened on its day is not told: the night that does it may have been missed.
        if row.closes_on > today or row.state == State.CLOSED:
            yield Occasion(Kind.ROUND_CLOSED, row.round, row.closes_on, reads - DAY, row.number, days)
        if reads > today or row.visible_from is not None:
            yield Occasion(Kind.REPORT_OPEN, row.round, reads, reads + OPEN_FOR, row.number, days)


def _of_holidays(organisation: str) -> Iterator[Occasion]:
    for one in holidays(organisation):
        yield Occasion(
            Kind.HOLIDAYS,
            f"{one.season}.{one.first.isoformat()}",
            one.first - WEEK,
            one.until - DAY,
            None,
            (("first_day", one.first), ("last_day", one.until - DAY)),
        )


def _of_the_ledger(organisation: str) -> Iterator[Occasion]:
    """That groups pause, while one does; after that, that all are heard again."""
    kind = Kind.PAUSED if paused_groups(organisation) else Kind.AGAIN
    written = entries(organisation, event=HAPPENED[kind])
    if written:
        day = written[-1].at.date()
        yield Occasion(kind, day.isoformat(), day, day + OPEN_FOR)
