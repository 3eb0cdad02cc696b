"""What is written here: sessions that are planned or called off, and how they went."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.learning import LearningFault
from replenish.basis.identifiers import content_hash
from replenish.learning.attendance import kept_of
from replenish.learning.catalogue import offers
from replenish.learning.models import KEY_LENGTH, LONGEST_WORDS, Session, SessionState
from replenish.learning.queries import TOLD_WITHIN, Planned, can_be_told, is_to_come, people_of
from replenish.learning.rules import planning_scope, require_may_plan
from replenish.learning.times import minutes_of
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary

FURTHEST = timedelta(days=366)
MOST_PLACES = 500
WHOLE = ""
"""As the table calls the whole organisation."""


def plan_session(*, asker: Asker, unit: str | None, said: Planned) -> str:
    """Plan a session and give its id. The same again changes nothing; one that was called off stands again.

    Args:
        asker: a steward of the unit, or a facilitator or supervisor.
        unit: for whom; None for the whole organisation.
        said: what, when and where.

    Raises:
        Refused: the asker may not, or something is missing or cannot be.
    """
    clean = _clean(said)
    values = {**vars(clean), "organisation": asker.organisation, "unit": unit or WHOLE}
    plain = {**values, "day": clean.day.isoformat()}
    number = content_hash(plain)[:KEY_LENGTH]
    with transaction.atomic():
        require_may_plan(asker, unit)
        row, is_new = Session.objects.get_or_create(
            id=number, defaults={**values, "planned_on": clock.today()}
        )
        if not is_new and row.state != SessionState.CALLED_OFF:
            return row.id
        row.state = SessionState.PLANNED
        row.save(update_fields=["state"])
        record(
            organisation=asker.organisation,
            event=Event.SESSION_PLANNED,
            actor=asker.actor,
            content={"session": row.id, "unit": unit, "kind": row.offer, "on": row.day.isoformat()},
        )
    return row.id


def call_off(*, asker: Asker, session: str) -> None:
    """Say that a session does not take place; saying it twice changes nothing.

    Raises:
        Refused: there is none for this asker, or it has been held.
    """
    with transaction.atomic():
        row = _held(asker, session)
        if row.state == SessionState.CALLED_OFF:
            return
        if row.state == SessionState.HELD:
            refuse(LearningFault.HELD)
        row.state = SessionState.CALLED_OFF
        row.save(update_fields=["state"])
        _tell(asker, Event.SESSION_CALLED_OFF, row)


def enter_attendance(*, asker: Asker, session: str, came: int) -> None:
    """Say that a session was held and how many came; only what tells of nobody is kept. Again replaces it.

    Raises:
        Refused: there is no such session for this asker, it is still to come or called off, or the number
            cannot be.
    """
    if not 0 <= came <= MOST_PLACES:
        refuse(LearningFault.CAME, most=MOST_PLACES)
    with transaction.atomic():
        row = _held(asker, session)
        if row.state == SessionState.CALLED_OFF:
            refuse(LearningFault.CALLED_OFF)
        if is_to_come(row.day):
            refuse(LearningFault.TOO_EARLY)
        if not can_be_told(row.day):
            refuse(LearningFault.TOO_LATE, weeks=TOLD_WITHIN.days // 7)
        people = people_of(asker.organisation, row.unit or None, row.day)
        kept = kept_of(came, people, organisation_summary(asker.organisation).floor)
        row.state, row.came, row.number = SessionState.HELD, kept.came.value, kept.number
        row.save(update_fields=["state", "came", "number"])
        _tell(asker, Event.ATTENDANCE_ENTERED, row)


def _held(asker: Asker, session: str) -> Session:
    row = Session.objects.select_for_update().filter(id=session, organisation=asker.organisation).first()
    if row is None:
        refuse(LearningFault.SESSION_UNKNOWN)
    if not planning_scope(asker).holds(row.unit or None):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that plans sessions for this unit")
    return row


def _clean(said: Planned) -> Planned:
    offer = offers().get(said.offer)
    if offer is None or said.part not in ("", *offer.units):
        refuse(LearningFault.OFFER)
    title, place, led_by = (" ".join(words.split()) for words in (said.title, said.place, said.led_by))
    if len(title) > LONGEST_WORDS or not title.isprintable():
        refuse(LearningFault.TITLE, most=LONGEST_WORDS)
    if not all(0 < len(words) <= LONGEST_WORDS and words.isprintable() for words in (place, led_by)):
        refuse(LearningFault.WORDS, most=LONGEST_WORDS)
    begins, ends = minutes_of(said.begins), minutes_of(said.ends)
    if begins is None or ends is None or begins >= ends:
        refuse(LearningFault.TIMES)
    if not clock.today() <= said.day <= clock.today() + FURTHEST:
        refuse(LearningFault.DAY)
    if not 1 <= said.places <= MOST_PLACES:
        refuse(LearningFault.PLACES, most=MOST_PLACES)
    return Planned(said.offer, said.part, title, said.day, said.begins, said.ends, place, led_by, said.places)


def _tell(asker: Asker, event: Event, row: Session) -> None:
    record(organisation=asker.organisation, event=event, actor=asker.actor, content={"session": row.id})
