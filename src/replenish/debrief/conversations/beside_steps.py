"""What a conversation says about the steps after its incident: the same fact, written in one go with it."""

from __future__ import annotations

from collections.abc import Mapping

from replenish.basis import clock
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.codes import band_of
from replenish.debrief.incidents.model import step_model
from replenish.debrief.incidents.told import Became
from replenish.debrief.incidents.writing import say_step
from replenish.debrief.models import Conversation, ConversationKind, Incident, Outcome
from replenish.people.askers import Asker

STEP_OF: Mapping[str, str] = {
    ConversationKind.HOT: "hot_debrief",
    ConversationKind.LEARNING: "learning_debrief",
    ConversationKind.REVIEW: "learning_review",
}
OTHER = "other"
MIDDLE_OF_THE_DAY = 12


def say_of_incident(asker: Asker, row: Conversation) -> None:
    """Say what became of the step; nothing without an incident, or where the step does not follow it."""
    incident = row.incident
    if incident is None:
        return
    step = step_model().by_code.get(STEP_OF[row.kind])
    if step is None or not step.applies_to(severity=incident.severity, restraint=incident.restraint):
        return
    when = Moment(row.day, _band(row, incident))
    if not row.because:
        became = Became(Outcome.DONE, when)
    else:
        became = Became(Outcome.NOT_DONE, when, row.because if row.because in step.because else OTHER)
    say_step(asker=asker, incident=incident.id, step=step.code, became=became)


def _band(row: Conversation, incident: Incident) -> int:
    """In which hours: those of now on the same day, else as near to the incident as the day allows."""
    now = clock.now()
    if row.day == now.date():
        return band_of(now.hour)
    return incident.band if row.day == incident.day else MIDDLE_OF_THE_DAY
