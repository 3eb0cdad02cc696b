"""What is read here: sessions, and how many of those that were due were held. Nothing tells who came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.learning import LearningFault
from replenish.learning.attendance import Attendance, Came
from replenish.learning.models import Session, SessionState
from replenish.people.askers import Asker
from replenish.people.queries import headcount, unit_tree
from replenish.people.scopes import Scope, read_scope
from replenish.people.tree import UnitInTree, subtree

COUNTED_OVER = timedelta(weeks=26)
TOLD_WITHIN = timedelta(weeks=4)
"""How long after a session it can still be said how it went."""


@dataclass(frozen=True)
class Planned:
    """A session as somebody plans it.

    Attributes:
        offer: the code of the offer.
        part: the unit of the offer; empty for the whole of it.
        title: own words for it; empty for those of the catalogue.
        day: when.
        begins: as 14:30.
        ends: the same.
        place: where, in words.
        led_by: who leads it, in words.
        places: how many can come.
    """

    offer: str
    part: str
    title: str
    day: date
    begins: str
    ends: str
    place: str
    led_by: str
    places: int


@dataclass(frozen=True)
class SessionTold:
    """A session as everybody who may read it sees it.

    Attributes:
        session: its id.
        unit: for whom; None for the whole organisation.
        said: what was planned.
        planned_on: the day since when it is known.
        state: "planned", "held" or "called_off".
        attendance: how many came, as far as it may be kept.
    """

    session: str
    unit: str | None
    said: Planned
    planned_on: date
    state: str
    attendance: Attendance

    @property
    def is_open(self) -> bool:
        """Whether it is planned and its day is not over."""
        return self.state == SessionState.PLANNED and self.said.day >= clock.today()


@dataclass(frozen=True)
class Tally:
    """How many sessions were held out of those that were due, in the last half year."""

    held: int
    due: int


def is_to_come(day: date) -> bool:
    """Whether a session of this day is still to come."""
    return day > clock.today()


def can_be_told(day: date) -> bool:
    """Whether it can still be said how a session of this day went."""
    return day <= clock.today() <= day + TOLD_WITHIN


def sessions_of(asker: Asker) -> tuple[SessionTold, ...]:
    """Sessions of the last half year and to come, for the parts somebody reads about and those above them."""
    rows = Session.objects.filter(
        organisation=asker.organisation, day__gte=clock.today() - COUNTED_OVER
    ).order_by("day", "begins", "id")
    seen = _seen(read_scope(asker), unit_tree(asker.organisation))
    return tuple(_told(row) for row in rows if row.unit in seen)


def session_of(asker: Asker, session: str) -> SessionTold:
    """One session.

    Raises:
        Refused: there is none that the asker reads.
    """
    found = next((one for one in sessions_of(asker) if one.session == session), None)
    if found is None:
        refuse(LearningFault.SESSION_UNKNOWN)
    return found


def tally(sessions: Iterable[SessionTold]) -> Tally:
    """How many of those that were due were held; one that was called off was due and was not held."""
    due = [one for one in sessions if one.said.day < clock.today() or one.state == SessionState.HELD]
    return Tally(sum(one.state == SessionState.HELD for one in due), len(due))


def people_of(organisation: str, unit: str | None, on: date) -> int | None:
    """How many people were declared for a part; None where a team in it has no declaration."""
    tree = unit_tree(organisation, on)
    inside = {one.unit for one in tree} if unit is None else subtree(tree, unit)
    declared = headcount(organisation, on)
    teams = [one.unit for one in tree if one.unit in inside and one.is_leaf]
    if not teams or not declared.keys() >= set(teams):
        return None
    return sum(people for one, people in declared.items() if one in inside)


def _seen(scope: Scope, tree: Sequence[UnitInTree]) -> set[str]:
    """Units whose sessions somebody reads about; the empty name is the whole organisation."""
    parents = {one.unit: one.parent for one in tree}
    seen = {""}
    for one in scope.units:
        above: str | None = one.unit
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
    return seen


def _told(row: Session) -> SessionTold:
    said = Planned(
        row.offer, row.part, row.title, row.day, row.begins, row.ends, row.place, row.led_by, row.places
    )
    came = Attendance(Came(row.came), row.number)
    return SessionTold(row.id, row.unit or None, said, row.planned_on, row.state, came)
