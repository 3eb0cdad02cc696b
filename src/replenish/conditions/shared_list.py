"""The list a team agrees on in a conversation: what to change, who takes it on, by when, what became of it.

It holds what everybody agreed on and nothing of who said it: no account, no time of day, and of a point that
is changed on its first day only the last words. Who wrote on it stands in the ledger, without the words.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import ConversationFault
from replenish.conditions.models import LONGEST_POINT, AgreedPoint, PointState, TakenOnBy
from replenish.conditions.read_together import NamedUnits
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.scopes import require_may_read, require_may_write_down
from replenish.people.tree import UnitInTree

CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "support")
"""The conditions of the conversation kit, in their order."""

WHOLE = ""
"""As the table calls the whole organisation."""

MOST_OPEN = 20
FURTHEST = timedelta(days=366)
SHOWN_AFTER_END = timedelta(weeks=26)
ID_BYTES = 16


@dataclass(frozen=True)
class Agreed:
    """What a team agreed on, as somebody writes it down.

    Attributes:
        words: what.
        condition: which condition it is about, one of `CONDITIONS`.
        taken_on_by: "team" or "leaders".
        by_when: the day by which; None where none was agreed.
    """

    words: str
    condition: str
    taken_on_by: str
    by_when: date | None = None


@dataclass(frozen=True)
class Point:
    """A point of the list, as everybody who may read it sees it.

    Attributes:
        point: its id.
        unit: the unit whose list it stands on; None for the whole organisation.
        said: what was agreed.
        state: "agreed", "done" or "let_go".
        agreed_on: the day on which it was written down.
        ended_on: the day on which it was done or let go; None before.
    """

    point: str
    unit: str | None
    said: Agreed
    state: str
    agreed_on: date
    ended_on: date | None

    def can_be_changed(self, on: date) -> bool:
        """Whether its words may still be changed: on the day they were written."""
        return self.agreed_on == on and self.state == PointState.AGREED


def agree(*, asker: Asker, unit: str | None, said: Agreed) -> str:
    """Write a point down, and give its id; the same words on the same day stay one point.

    Args:
        asker: steward, deputy, representative or facilitator for the unit.
        unit: whose list; None for the whole organisation.
        said: what was agreed.

    Raises:
        Refused: the asker may not, something is missing or cannot be, or the list is full.
    """
    with transaction.atomic():
        require_may_write_down(asker, unit)
        clean = _clean(said)
        mine = AgreedPoint.objects.filter(organisation=asker.organisation, unit=unit or WHOLE)
        there = mine.filter(words=clean.words, agreed_on=clock.today()).first()
        if there is not None:
            return there.id
        if mine.filter(state=PointState.AGREED).count() >= MOST_OPEN:
            refuse(ConversationFault.LIST_FULL, most=MOST_OPEN)
        row = AgreedPoint.objects.create(
            id=secrets.token_hex(ID_BYTES),
            organisation=asker.organisation,
            unit=unit or WHOLE,
            agreed_on=clock.today(),
            **vars(clean),
        )
        _tell(asker, Event.POINT_AGREED, point=row.id, unit=unit, condition=row.condition)
    return row.id


def change(*, asker: Asker, point: str, said: Agreed) -> None:
    """Change a point on the day it was written; what it said before is not kept.

    Raises:
        Refused: the asker may not, there is no such point, its day is over, or something cannot be.
    """
    clean = _clean(said)
    try:
        with transaction.atomic():
            row = _held(asker, point)
            if not _shown(row).can_be_changed(clock.today()):
                refuse(ConversationFault.POINT_OLDER)
            if _shown(row).said == clean:
                return
            for name, value in vars(clean).items():
                setattr(row, name, value)
            row.save()
            _tell(asker, Event.POINT_CHANGED, point=row.id)
    except IntegrityError:
        # The same words stand on the list of this day already.
        refuse(ConversationFault.POINT_UNKNOWN)


def set_state(*, asker: Asker, point: str, state: str) -> None:
    """Say that a point is done or let go, or that it holds again; saying it twice changes nothing.

    Raises:
        Refused: the asker may not, there is no such point or state.
    """
    if state not in PointState.values:
        refuse(ConversationFault.POINT_CHOICE)
    with transaction.atomic():
        row = _held(asker, point)
        if row.state == state:
            return
        row.state = state
        row.ended_on = None if state == PointState.AGREED else clock.today()
        row.save(update_fields=["state", "ended_on"])
        _tell(asker, Event.POINT_STATE_SET, point=row.id, state=state)


def points_of(*, asker: Asker, unit: str | None) -> tuple[Point, ...]:
    """The list of a unit, or of the whole organisation: open points first, then what ended lately.

    Raises:
        Refused: the asker reads nothing about this unit.
    """
    require_may_read(asker, unit)
    return _points(asker.organisation, {unit or WHOLE})


def point_to_change(*, asker: Asker, point: str) -> Point:
    """One point, for whoever may change it today.

    Raises:
        Refused: the asker may not, there is no such point, or its day is over.
    """
    with transaction.atomic():
        shown = _shown(_held(asker, point))
    if not shown.can_be_changed(clock.today()):
        refuse(ConversationFault.POINT_OLDER)
    return shown


def points_for_members(organisation: str, named: NamedUnits, *, every: bool) -> tuple[Point, ...]:
    """What the people of some units read: their own lists, those of the units above, and of the whole.

    Args:
        organisation: its id.
        named: the units.
        every: whether to read all lists, as in an organisation that is too small for groups.
    """
    if every:
        return _points(organisation, None)
    above = {unit for one in named.units for unit in _lineage(named.tree, one)}
    return _points(organisation, {WHOLE, *named.units, *above})


def _points(organisation: str, lists: Collection[str] | None) -> tuple[Point, ...]:
    rows = AgreedPoint.objects.filter(organisation=organisation)
    if lists is not None:
        rows = rows.filter(unit__in=lists)
    oldest = clock.today() - SHOWN_AFTER_END
    shown = [_shown(row) for row in rows if row.ended_on is None or row.ended_on >= oldest]
    return tuple(sorted(shown, key=lambda one: (one.state != PointState.AGREED, one.agreed_on, one.point)))


def _shown(row: AgreedPoint) -> Point:
    said = Agreed(row.words, row.condition, row.taken_on_by, row.by_when)
    return Point(row.id, row.unit or None, said, row.state, row.agreed_on, row.ended_on)


def _held(asker: Asker, point: str) -> AgreedPoint:
    row = AgreedPoint.objects.select_for_update().filter(id=point, organisation=asker.organisation).first()
    if row is None:
        refuse(ConversationFault.POINT_UNKNOWN)
    require_may_write_down(asker, row.unit or None)
    return row


def _clean(said: Agreed) -> Agreed:
    words = " ".join(said.words.split())
    if not words.isprintable() or not 0 < len(words) <= LONGEST_POINT:
        refuse(ConversationFault.POINT_WORDS, most=LONGEST_POINT)
    if said.condition not in CONDITIONS or said.taken_on_by not in TakenOnBy.values:
        refuse(ConversationFault.POINT_CHOICE)
    today = clock.today()
    if said.by_when is not None and not today <= said.by_when <= today + FURTHEST:
        refuse(ConversationFault.POINT_DAY)
    return Agreed(words, said.condition, said.taken_on_by, said.by_when)


def _lineage(tree: Sequence[UnitInTree], unit: str) -> list[str]:
    parents = {one.unit: one.parent for one in tree}
    found: list[str] = []
    above = parents.get(unit)
    while above is not None:
        found.append(above)
        above = parents.get(above)
    return found


def _tell(asker: Asker, event: Event, **content: object) -> None:
    record(organisation=asker.organisation, event=event, actor=asker.actor, content=content)
