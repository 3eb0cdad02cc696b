"""What is written down when a conversation is over: that it was held, or why not, and what was learnt.

Nothing is written while it goes on. The words of a learning point stand on the page of whoever leads alone,
until the group has heard and agreed on them: what nobody agreed on is never stored, so no copy of the
database can hold it. Neither is who came, who spoke, or who led.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.basis.identifiers import content_hash
from replenish.debrief.conversations.aftercare import count_one
from replenish.debrief.conversations.beside_steps import say_of_incident
from replenish.debrief.conversations.facts import GuideFacts, facts
from replenish.debrief.conversations.heads import heads_of
from replenish.debrief.conversations.rules import require_may_hold
from replenish.debrief.models import (
    KEY_LENGTH,
    LONGEST_POINT,
    Conversation,
    Incident,
    IncidentState,
    LearningPoint,
)
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker

CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "support")
"""The conditions a learning point can be about, as the shared list of a team names them."""
MOST_HEADS = 60
FURTHEST = timedelta(days=366)
FORM_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Learnt:
    """A learning point as it leaves the room.

    Attributes:
        words: about the place.
        condition: one of `CONDITIONS`.
        by_when: the day by which the team hopes to hear; None where none was named.
        agreed: whether the group heard these words and agreed on them.
    """

    words: str
    condition: str
    by_when: date | None = None
    agreed: bool = False


@dataclass(frozen=True)
class About:
    """Which conversation.

    Attributes:
        kind: "hot", "learning" or "review".
        day: on which it was held, or was not.
        incident: the id of the incident; empty where a team asked without one.
        unit: of the team; read from the incident where there is one.
    """

    kind: str
    day: date
    incident: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Held:
    """What there is to say of one that was held.

    Attributes:
        minutes: how long it took.
        came: how many heads were counted; only what tells of nobody is kept.
        points: what was learnt, in the order of the list.
        apart: whether whoever led says that they were not involved; it is not kept.
    """

    minutes: int
    came: int
    points: tuple[Learnt, ...] = ()
    apart: bool = False


def write_held(*, asker: Asker, key: str, about: About, held: Held) -> str:
    """Write down that a conversation was held, and give its id; the same form sent again writes nothing.

    Args:
        asker: a facilitator who does not answer for the unit.
        key: of the form, 32 hexadecimal digits made when its page was.
        about: which conversation.
        held: how it went, with the points that the group agreed on.

    Raises:
        Refused: the asker may not, words were not agreed on, or something cannot be.
    """
    guide = facts().guide(about.kind)
    if guide.apart and not held.apart:
        refuse(DebriefingFault.NOT_APART)
    points = _clean_points(guide, held.points)
    if not 1 <= held.minutes <= 2 * guide.most_minutes:
        refuse(DebriefingFault.MINUTES, most=2 * guide.most_minutes)
    if not 1 <= held.came <= MOST_HEADS:
        refuse(DebriefingFault.HEADS, most=MOST_HEADS)
    with transaction.atomic():
        row = _begin(asker, key, about, replaces=True)
        if row is None:
            return _id_of(asker, key)
        heads = heads_of(asker.organisation, row.unit, held.came)
        row.minutes, row.came, row.number = held.minutes, heads.came, heads.number
        row.save(force_insert=True)
        LearningPoint.objects.bulk_create(
            LearningPoint(
                id=content_hash([row.id, place])[:KEY_LENGTH],
                conversation=row,
                place=place,
                words=point.words,
                condition=point.condition,
                by_when=point.by_when,
            )
            for place, point in enumerate(points, start=1)
        )
        count_one(asker)
        _tell(asker, row, "held")
        say_of_incident(asker, row)
    return row.id


def write_not_held(*, asker: Asker, key: str, about: About, because: str) -> str:
    """Write down that a conversation was not held, and why, as a code; the same form again writes nothing.

    Raises:
        Refused: the asker may not, there is no such reason, or one is written down already.
    """
    facts().guide(about.kind)
    if because not in {reason.code for reason in facts().not_held}:
        refuse(DebriefingFault.CHOICE)
    with transaction.atomic():
        row = _begin(asker, key, about, replaces=False)
        if row is None:
            return _id_of(asker, key)
        row.because = because
        row.save(force_insert=True)
        _tell(asker, row, "not-held")
        say_of_incident(asker, row)
    return row.id


def _begin(asker: Asker, key: str, about: About, *, replaces: bool) -> Conversation | None:
    """The row that is to be filled; None where this very form was written already."""
    if not FORM_KEY.fullmatch(key):
        refuse(DebriefingFault.CHOICE)
    incident = _incident(asker, about)
    unit = incident.unit if incident is not None else about.unit
    require_may_hold(asker, unit)
    made = _id_of(asker, key)
    if Conversation.objects.filter(id=made).exists():
        return None
    _require_day(about.day, incident)
    if incident is not None:
        there = incident.conversations.filter(kind=about.kind)
        if replaces:
            # It was put off, and held after all.
            there.filter(minutes=None).delete()
        if there.exists():
            refuse(DebriefingFault.ALREADY)
    return Conversation(
        id=made,
        organisation=asker.organisation,
        unit=unit,
        incident=incident,
        kind=about.kind,
        day=about.day,
    )


def _id_of(asker: Asker, key: str) -> str:
    return content_hash([asker.organisation, asker.actor, key])[:KEY_LENGTH]


def _incident(asker: Asker, about: About) -> Incident | None:
    if not about.incident:
        return None
    found = (
        Incident.objects.select_for_update()
        .filter(id=about.incident, organisation=asker.organisation, state=IncidentState.CURRENT)
        .first()
    )
    if found is None:
        refuse(DebriefingFault.INCIDENT)
    return found


def _require_day(day: date, incident: Incident | None) -> None:
    today, within = clock.today(), facts().written_within_days
    earliest = max(today - timedelta(days=within), incident.day if incident else date.min)
    if not earliest <= day <= today:
        refuse(DebriefingFault.DAY, days=within)


def _clean_points(guide: GuideFacts, points: Sequence[Learnt]) -> list[Learnt]:
    if len(points) > guide.most_points:
        refuse(DebriefingFault.MANY_POINTS, most=guide.most_points)
    clean = [_clean_point(point) for point in points]
    if len({point.words for point in clean}) < len(clean):
        refuse(DebriefingFault.POINT_TWICE)
    return clean


def _clean_point(point: Learnt) -> Learnt:
    words = " ".join(point.words.split())
    if not words.isprintable() or not 0 < len(words) <= LONGEST_POINT:
        refuse(DebriefingFault.POINT_WORDS, most=LONGEST_POINT)
    if not point.agreed:
        refuse(DebriefingFault.NOT_AGREED)
    if point.condition not in CONDITIONS:
        refuse(DebriefingFault.CHOICE)
    today = clock.today()
    if point.by_when is not None and not today <= point.by_when <= today + FURTHEST:
        refuse(DebriefingFault.POINT_DAY)
    return Learnt(words, point.condition, point.by_when, agreed=True)


def _tell(asker: Asker, row: Conversation, state: str) -> None:
    record(
        organisation=asker.organisation,
        event=Event.DEBRIEF_RECORDED,
        actor=asker.actor,
        content={"kind": row.kind, "unit": row.unit, "on": row.day.isoformat(), "state": state},
    )
