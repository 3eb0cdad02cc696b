"""What waits for one named person, and what comes: never a number about people, never a name.

One source for the letters and for the first page of the staff pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.doubts import waits_since
from replenish.conditions.models import State
from replenish.conditions.queries import rounds, seasons
from replenish.conditions.response import Waiting as Unanswered
from replenish.conditions.response import readable_to
from replenish.conditions.rounds.rules import may_set_rounds
from replenish.conditions.telling.occasions import read_on
from replenish.conditions.telling.words import in_words
from replenish.people.askers import Asker
from replenish.people.pending import pending_proposals
from replenish.people.queries import headcount, unit_tree
from replenish.people.roles import LEADERS, READERS
from replenish.people.rules import holds_key, roles_of
from replenish.people.two_keys import units_answered_for

DAY = timedelta(days=1)
SOON = timedelta(days=7)
PLANNED_BEFORE = timedelta(weeks=4)
"""So long before a season ends it is time for the next: two keys agree on numbers and on slips before it."""


@dataclass(frozen=True)
class Waiting:
    """One line of a letter.

    Attributes:
        line: which one, by its name among the lines.
        since: the day from which it is so, or on which it happens.
        places: what is filled in.
    """

    line: str
    since: date
    places: tuple[tuple[str, str], ...] = ()


def waits_for(asker: Asker) -> tuple[Waiting, ...]:
    """What waits for something that this person alone, or with few others, can do."""
    return (*_of_keys(asker), *_of_answers(asker))


def can_be_prepared(asker: Asker) -> tuple[Waiting, ...]:
    """What this person can do so that rounds go on: it is never urgent, so no letter speaks of it."""
    return (*_of_headcounts(asker), *_of_seasons(asker))


def days_between(asker: Asker, first: date, last: date, language: str) -> tuple[Waiting, ...]:
    """What the calendar holds for this person from one day to another, both included."""
    return tuple(one for one in _of_rounds(asker, language) if first <= one.since <= last)


def _of_keys(asker: Asker) -> Iterator[Waiting]:
    tree = unit_tree(asker.organisation)
    since = [
        one.proposed_on
        for one in pending_proposals(asker.organisation)
        if one.ended_by is None
        and holds_key(asker, one.waits_for, {number.unit for number in one.numbers}, tree)
    ]
    if since:
        yield Waiting("key", max(since))
    doubted = waits_since(asker)
    if doubted is not None:
        yield Waiting("doubt", doubted)


def _of_answers(asker: Asker) -> Iterator[Waiting]:
    waiting = _unanswered(asker)
    if waiting:
        yield Waiting("answer", max(one.closed_on for one in waiting))


def _of_headcounts(asker: Asker) -> Iterator[Waiting]:
    """Units without units below them: in the others there may be nobody who works in the unit itself."""
    declared = headcount(asker.organisation)
    if any(unit.is_leaf and unit.unit not in declared for unit in units_answered_for(asker)):
        yield Waiting("headcount", clock.today())


def _of_seasons(asker: Asker) -> Iterator[Waiting]:
    if not may_set_rounds(asker):
        return
    today, last = clock.today(), max(seasons(asker.organisation), key=lambda one: one.number, default=None)
    if last is None:
        if unit_tree(asker.organisation):
            yield Waiting("first_plan", today)
    elif last.ends_on <= today + PLANNED_BEFORE:
        yield Waiting("plan", last.ends_on - PLANNED_BEFORE)


def _unanswered(asker: Asker) -> tuple[Unanswered, ...]:
    """The rounds that wait for an answer of theirs; none where what was published cannot be relied on."""
    if not roles_of(asker).filter(kind__in=LEADERS).exists():
        return ()
    try:
        return readable_to(asker).waiting
    except Refused:
        return ()


def _of_rounds(asker: Asker, language: str) -> Iterator[Waiting]:
    parts = set(roles_of(asker).values_list("kind", flat=True))
    reads = bool(parts & set(READERS))
    unanswered = {one.round for one in _unanswered(asker)}
    for row in rounds(asker.organisation):
        number = ("round", str(row.number))
        if row.state == State.OPEN:
            last_day = row.closes_on - DAY
            yield Waiting("closes", last_day, (number, ("last_day", in_words(last_day, language))))
        if (
            row.state == State.CLOSED
            and row.visible_from is not None
            and reads
            and row.round not in unanswered
        ):
            places = (number, ("reads", in_words(read_on(row), language)))
            yield Waiting("closed", row.closes_on, places)
            yield Waiting("reads", read_on(row), places)
