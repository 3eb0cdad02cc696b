"""An incident and what followed it, as rooms and pages may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from replenish.debrief.incidents.clocks import Clock, Moment, Stand, clock_of, left_out
from replenish.debrief.incidents.model import Step, StepModel
from replenish.debrief.models import Incident, IncidentStep, Outcome


@dataclass(frozen=True)
class Happened:
    """What somebody writes down about an incident.

    Attributes:
        unit: of the team.
        kind: one of `codes.KINDS`.
        setting: one of `codes.SETTINGS`.
        when: the day and the band of three hours.
        severity: 1, 2 or 3.
        restraint: whether somebody was held, confined or kept from leaving.
    """

    unit: str
    kind: str
    setting: str
    when: Moment
    severity: int
    restraint: bool


@dataclass(frozen=True)
class Became:
    """What became of a step.

    Attributes:
        outcome: "done", "offered" or "not_done".
        when: the day and the band in which.
        because: why not, as a code; empty otherwise.
    """

    outcome: str
    when: Moment
    because: str = ""


@dataclass(frozen=True)
class StepTold:
    """A step after an incident, with its clock."""

    step: Step
    clock: Clock
    became: Became | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said about it."""
        return self.became is None


@dataclass(frozen=True)
class IncidentTold:
    """An incident with the steps that follow it, in their order.

    Attributes:
        incident: its id.
        said: what was written down.
        entered_as: the part in which somebody wrote it down.
        steps: each with its clock.
    """

    incident: str
    said: Happened
    entered_as: str
    steps: tuple[StepTold, ...]

    @property
    def next_step(self) -> StepTold | None:
        """The open step that is due first; None when something is said about all of them."""
        waiting = [one for one in self.steps if one.is_open]
        return min(waiting, key=lambda one: one.clock.due) if waiting else None

    def step(self, code: str) -> StepTold | None:
        """One of the steps; None where it does not follow this incident."""
        return next((one for one in self.steps if one.step.code == code), None)

    @property
    def overdue(self) -> tuple[StepTold, ...]:
        """The open steps whose time is over."""
        return tuple(one for one in self.steps if one.clock.stand is Stand.OVERDUE)


def happened_of(row: Incident) -> Happened:
    """What a row says."""
    when = Moment(row.day, row.band)
    return Happened(row.unit, row.kind, row.setting, when, row.severity, row.restraint)


def told(row: Incident, model: StepModel, now: datetime) -> IncidentTold:
    """A row with its steps, those that were said and those that are open.

    Args:
        row: with its steps fetched.
        model: the steps in force; what was said about a step it no longer has stays in the table.
        now: aware.
    """
    said = happened_of(row)
    rows = {one.step: one for one in row.steps.all()}
    following = model.following(severity=row.severity, restraint=row.restraint)
    steps = tuple(_step_told(step, said.when, rows.get(step.code), now) for step in following)
    return IncidentTold(row.id, said, row.entered_as, steps)


def _step_told(step: Step, happened: Moment, row: IncidentStep | None, now: datetime) -> StepTold:
    if row is None:
        return StepTold(step, clock_of(step, happened, now), None)
    became = Became(row.outcome, Moment(row.day, row.band), row.because)
    if row.outcome == Outcome.NOT_DONE:
        return StepTold(step, left_out(step, happened), became)
    return StepTold(step, clock_of(step, happened, now, done=became.when), became)
