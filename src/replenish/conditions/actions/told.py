"""An action as everybody in the organisation may read it, and a plan as somebody writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from replenish.conditions.models import ActionState

Expects = Literal["higher", "lower"]
WHOLE = "whole"
"""What stands for the whole organisation among units; a plan for it names no unit."""


@dataclass(frozen=True)
class Plan:
    """What somebody means to do.

    Attributes:
        condition: the condition it should move, by its name in releases.
        owner: the account of who takes care of it.
        first_day: on which it begins; in a lot the first wave.
        library: the code of the library; empty for an action of their own.
        words: the title of an action of their own.
        kind: at what it takes hold, for an action of their own.
        expects: which way the condition should go.
        units: ids of units, each with all below it; none for the whole organisation.
        waves: in how many waves groups begin, each four weeks after the one before; one begins all at once.
        waiting: how many groups wait for now, drawn by lot.
        because_low: whether these units were chosen because the condition stood low there.
        release: the id of the release that it answers to; empty for none.
    """

    condition: str
    owner: str
    first_day: date
    library: str = ""
    words: str = ""
    kind: str = ""
    expects: Expects = "higher"
    units: tuple[str, ...] = ()
    waves: int = 1
    waiting: int = 0
    because_low: bool = False
    release: str = ""

    @property
    def by_lot(self) -> bool:
        """Whether it is drawn which groups begin when."""
        return self.waves > 1 or self.waiting > 0


@dataclass(frozen=True)
class Promised:
    """What was said beforehand about what could be seen. All points are of the scale from 0 to 100.

    Attributes:
        treated: groups that begin.
        untreated: groups that do not.
        rounds: how many rounds it counts on, the last of them three after the last start.
        effect: the size of effect that was asked about, in points; None where nothing can be worked out.
        chance: how likely such an effect would be called by its name, in hundredths.
        smallest: the effect that would be seen in four of five cases, in points.
    """

    treated: int
    untreated: int
    rounds: int
    effect: int | None = None
    chance: int | None = None
    smallest: int | None = None


@dataclass(frozen=True)
class Judged:
    """What bands say of an effect, in whole points of 0-100, rounded outwards.

    Attributes:
        word: one of five.
        estimate: the average difference; None where only a word may be said.
        low, high: its 90 % interval.
        smallest: the effect that would have been called one in four of five cases.
        by_itself: how far groups chosen for standing low would have moved by themselves.
        groups_with, groups_without: how many were compared.
        cautions: to be said beside the word.
    """

    word: str
    estimate: int | None
    low: int | None
    high: int | None
    smallest: int | None
    by_itself: int | None
    groups_with: int
    groups_without: int
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A few words on how it goes."""

    words: str
    noted_on: date
    by: str


@dataclass(frozen=True)
class Acting:
    """One action.

    Attributes:
        action: its id.
        plan: what was planned.
        kind: at what it takes hold.
        starts: by unit in which people work, the day it begins, or None where it waits.
        seed: of the lot.
        state: planned, running, done or stopped.
        promised: what was said beforehand about what could be seen; None before the plan was fixed.
        planned_on: the day of the plan.
        fixed_on: the day from which nothing in the plan changes; None before.
        ended_on: the day on which it was done or stopped; None before.
        ended_words: why it was stopped.
        owner: the name of who takes care of it.
        entered_by: the name of who planned it.
        notes: how it goes, oldest first.
        judged: what the night worked out about its effect, by what was asked.
    """

    action: str
    plan: Plan
    kind: str
    starts: tuple[tuple[str, date | None], ...]
    seed: int
    state: str
    promised: Promised | None
    planned_on: date
    fixed_on: date | None
    ended_on: date | None
    ended_words: str
    owner: str
    entered_by: str
    notes: tuple[Note, ...]
    judged: tuple[tuple[str, Judged], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is planned or runs."""
        return self.state in (ActionState.PLANNED, ActionState.RUNNING)

    @property
    def has_begun(self) -> bool:
        """Whether its plan was fixed at some time."""
        return self.fixed_on is not None

    def days(self) -> tuple[date, ...]:
        """The days on which somebody begins, oldest first."""
        found = {day for _unit, day in self.starts if day is not None}
        return tuple(sorted(found)) or (self.plan.first_day,)
