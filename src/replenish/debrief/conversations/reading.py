"""What is read of conversations: that they were held or why not, what was learnt, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.holding import Learnt
from replenish.debrief.incidents.rules import reading_scope
from replenish.debrief.models import Conversation, ConversationKind, Incident, IncidentState, LearningPoint
from replenish.people.askers import Asker
from replenish.people.roles import LEADERS
from replenish.people.scopes import Scope, scope_in

SHOWN_FOR = timedelta(days=184)
OPEN_FOR = timedelta(days=14)
"""How long an incident stands in the list of those that can be followed by a conversation."""
SUPPORTING = (ConversationKind.HOT, ConversationKind.LEARNING)


@dataclass(frozen=True)
class Told:
    """A conversation, as everybody who reads about its unit sees it.

    Attributes:
        conversation: its id.
        unit: the unit.
        kind: "hot", "learning" or "review".
        day: when.
        minutes: how long; None where it was not held.
        because: the code of the reason where it was not.
        came: what is kept of how many came.
        number: how many, where that may be kept.
        points: how many learning points left it.
    """

    conversation: str
    unit: str
    kind: str
    day: date
    minutes: int | None
    because: str
    came: str
    number: int | None
    points: int

    @property
    def was_held(self) -> bool:
        """Whether it was held."""
        return self.minutes is not None


@dataclass(frozen=True)
class PointTold:
    """A learning point.

    Attributes:
        point: its id.
        unit: of the team.
        kind: of the conversation it left.
        day: of that conversation.
        said: its words.
        answer: "action", "done", "not_now", or nothing while it waits.
        answer_words: what those who lead wrote.
        action: the action it became.
        answered_on: when.
        may_answer: whether the reader answers it.
    """

    point: str
    unit: str
    kind: str
    day: date
    said: Learnt
    answer: str
    answer_words: str
    action: str
    answered_on: date | None
    may_answer: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return not self.answer


@dataclass(frozen=True)
class Occasion:
    """An incident that a conversation can follow.

    Attributes:
        incident: its id.
        unit: where.
        kind: as the incident's own list names it.
        day: when.
        band: the hour at which its three hours begin.
        severity: from 1 to 3.
        restraint: whether somebody was held.
        written: the kinds of conversation that are written down for it.
    """

    incident: str
    unit: str
    kind: str
    day: date
    band: int
    severity: int
    restraint: bool
    written: tuple[str, ...]


def conversations_of(asker: Asker, kinds: Iterable[str] = SUPPORTING) -> tuple[Told, ...]:
    """Conversations of the last half year that somebody reads about, newest first."""
    scope = reading_scope(asker)
    rows = (
        Conversation.objects.filter(
            organisation=asker.organisation, kind__in=tuple(kinds), day__gte=clock.today() - SHOWN_FOR
        )
        .prefetch_related("points")
        .order_by("-day", "id")
    )
    return tuple(_told(row) for row in rows if _within(scope, row.unit))


def points_of(asker: Asker, kinds: Iterable[str] = SUPPORTING) -> tuple[PointTold, ...]:
    """Learning points that wait, and those answered within half a year; waiting ones first, oldest first."""
    scope, leads = reading_scope(asker), scope_in(asker, LEADERS)
    rows = LearningPoint.objects.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gte=clock.today() - SHOWN_FOR),
        conversation__organisation=asker.organisation,
        conversation__kind__in=tuple(kinds),
    ).select_related("conversation")
    in_order = rows.order_by("conversation__day", "conversation_id", "place")
    shown = [_point(row, leads) for row in in_order if _within(scope, row.conversation.unit)]
    return tuple(sorted(shown, key=lambda one: not one.waits))


def point_to_answer(asker: Asker, point: str) -> PointTold:
    """A learning point, for whoever answers it.

    Raises:
        Refused: there is none for this asker, or it has an answer.
    """
    row = (
        LearningPoint.objects.filter(id=point, conversation__organisation=asker.organisation)
        .select_related("conversation")
        .first()
    )
    leads = scope_in(asker, LEADERS)
    if row is None or not leads.holds(row.conversation.unit):
        refuse(DebriefingFault.POINT_UNKNOWN)
    if row.answer:
        refuse(DebriefingFault.ANSWERED)
    return _point(row, leads)


def occasions(asker: Asker) -> tuple[Occasion, ...]:
    """Incidents of the last two weeks that somebody reads about, newest first."""
    scope = reading_scope(asker)
    rows = (
        Incident.objects.filter(
            organisation=asker.organisation,
            state=IncidentState.CURRENT,
            day__gte=clock.today() - OPEN_FOR,
        )
        .prefetch_related("conversations")
        .order_by("-day", "-band", "id")
    )
    return tuple(_occasion(row) for row in rows if _within(scope, row.unit))


def occasion(asker: Asker, incident: str) -> Occasion:
    """One incident that a conversation can follow, or be written down for.

    Raises:
        Refused: there is none for this asker.
    """
    row = (
        Incident.objects.filter(id=incident, organisation=asker.organisation, state=IncidentState.CURRENT)
        .prefetch_related("conversations")
        .first()
    )
    if row is None or not _within(reading_scope(asker), row.unit):
        refuse(DebriefingFault.INCIDENT)
    return _occasion(row)


def _within(scope: Scope, unit: str) -> bool:
    # A unit that has ended is read by whoever reads the whole.
    return scope.whole or scope.holds(unit)


def _told(row: Conversation) -> Told:
    return Told(
        conversation=row.id,
        unit=row.unit,
        kind=row.kind,
        day=row.day,
        minutes=row.minutes,
        because=row.because,
        came=row.came,
        number=row.number,
        points=len(row.points.all()),
    )


def _point(row: LearningPoint, leads: Scope) -> PointTold:
    return PointTold(
        point=row.id,
        unit=row.conversation.unit,
        kind=row.conversation.kind,
        day=row.conversation.day,
        said=Learnt(row.words, row.condition, row.by_when, agreed=True),
        answer=row.answer,
        answer_words=row.answer_words,
        action=row.action,
        answered_on=row.answered_on,
        may_answer=not row.answer and leads.holds(row.conversation.unit),
    )


def _occasion(row: Incident) -> Occasion:
    return Occasion(
        incident=row.id,
        unit=row.unit,
        kind=row.kind,
        day=row.day,
        band=row.band,
        severity=row.severity,
        restraint=row.restraint,
        written=tuple(sorted(one.kind for one in row.conversations.all())),
    )
