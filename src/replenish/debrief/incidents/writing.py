"""What is written here: that something hard happened, and what became of the steps that follow."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.codes import BANDS, KINDS, SETTINGS, SEVERITIES
from replenish.debrief.incidents.model import Step, step_model
from replenish.debrief.incidents.rules import part_of, require_may_record
from replenish.debrief.incidents.told import Became, Happened, happened_of
from replenish.debrief.models import AskingList, Incident, IncidentState, IncidentStep, Outcome
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker

ID_BYTES = 16
_ID = re.compile(r"[0-9a-f]{32}")
OLDEST = timedelta(days=92)
"""An incident from before the last quarter belongs into no count that is still open."""


def new_id() -> str:
    """An id made by chance; a form carries it, so that sending the form twice writes one row."""
    return secrets.token_hex(ID_BYTES)


def write_down(*, asker: Asker, said: Happened, once: str | None = None) -> str:
    """Write down that something happened, and give its id.

    Args:
        asker: steward, deputy or facilitator for the unit.
        said: what.
        once: the id it gets, from `new_id`; the same id again changes nothing.

    Raises:
        Refused: the asker may not, or something is missing or cannot be.
    """
    _check(said)
    incident = once if once is not None and _ID.fullmatch(once) else new_id()
    with transaction.atomic():
        require_may_record(asker, said.unit)
        there = Incident.objects.filter(id=incident).first()
        if there is not None:
            return _same_again(asker, there)
        row = Incident.objects.create(
            id=incident,
            organisation=asker.organisation,
            unit=said.unit,
            kind=said.kind,
            setting=said.setting,
            day=said.when.day,
            band=said.when.band,
            severity=said.severity,
            restraint=said.restraint,
            entered_as=part_of(asker),
        )
        _tell(asker, Event.INCIDENT_ENTERED, incident=row.id, unit=row.unit, kind=row.kind)
    return row.id


def take_back(*, asker: Asker, incident: str) -> None:
    """Say that an incident was written down by mistake: it counts no longer. Saying it twice changes nothing.

    Raises:
        Refused: the asker may not, or there is none.
    """
    with transaction.atomic():
        row = held(asker, incident)
        row.state = IncidentState.TAKEN_BACK
        row.save(update_fields=["state"])
        AskingList.objects.filter(incident=row).delete()
        _tell(asker, Event.INCIDENT_TAKEN_BACK, incident=row.id)


def say_step(*, asker: Asker, incident: str, step: str, became: Became) -> None:
    """Say what became of a step; again replaces it.

    Raises:
        Refused: the asker may not, the step does not follow this incident, or something cannot be.
    """
    with transaction.atomic():
        row = held(asker, incident)
        found = step_model().by_code.get(step)
        if found is None or not found.applies_to(severity=row.severity, restraint=row.restraint):
            refuse(IncidentFault.STEP)
        clean = _clean(found, became, happened_of(row).when)
        values = {
            "outcome": clean.outcome,
            "because": clean.because,
            "day": clean.when.day,
            "band": clean.when.band,
        }
        known = IncidentStep.objects.filter(incident=row, step=step)
        if known.filter(**values).exists():
            return
        if not known.update(**values):
            IncidentStep.objects.create(id=new_id(), incident=row, step=step, **values)
        _tell(asker, Event.INCIDENT_STEP_ENTERED, incident=row.id, step=step, state=clean.outcome)


def forget_step(*, asker: Asker, incident: str, step: str) -> None:
    """Say nothing about a step again, after a mistake.

    Raises:
        Refused: the asker may not, or there is no such incident.
    """
    with transaction.atomic():
        row = held(asker, incident)
        gone, _tables = IncidentStep.objects.filter(incident=row, step=step).delete()
        if gone:
            _tell(asker, Event.INCIDENT_STEP_ENTERED, incident=row.id, step=step, state="open")


def held(asker: Asker, incident: str) -> Incident:
    """The row of an incident that counts, for somebody who may write about it; inside a transaction.

    Raises:
        Refused: there is none here, or the asker may not.
    """
    row = (
        Incident.objects.select_for_update()
        .filter(id=incident, organisation=asker.organisation, state=IncidentState.CURRENT)
        .first()
    )
    if row is None:
        refuse(IncidentFault.UNKNOWN)
    require_may_record(asker, row.unit)
    return row


def _same_again(asker: Asker, there: Incident) -> str:
    if there.organisation != asker.organisation:
        refuse(IncidentFault.UNKNOWN)
    return there.id


def _check(said: Happened) -> None:
    if said.kind not in KINDS or said.setting not in SETTINGS or said.severity not in SEVERITIES:
        refuse(IncidentFault.CHOICE)
    today = clock.today()
    # A day of leeway: in some places it is tomorrow already.
    latest = today + timedelta(days=1)
    if said.when.band not in BANDS or not today - OLDEST <= said.when.day <= latest:
        refuse(IncidentFault.DAY, most=OLDEST.days)


def _clean(step: Step, became: Became, happened: Moment) -> Became:
    if became.outcome not in step.outcomes or became.when.band not in BANDS:
        refuse(IncidentFault.CHOICE)
    if not happened.day <= became.when.day <= clock.today() + timedelta(days=1):
        refuse(IncidentFault.STEP_EARLY)
    if became.outcome == Outcome.NOT_DONE:
        if became.because not in step.because:
            refuse(IncidentFault.REASON)
        return became
    return Became(became.outcome, became.when)


def _tell(asker: Asker, event: Event, **content: object) -> None:
    record(organisation=asker.organisation, event=event, actor=asker.actor, content=content)
