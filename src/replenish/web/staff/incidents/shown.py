"""Incidents and steps, ready for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext as _

from replenish.debrief.incidents.model import Step
from replenish.debrief.incidents.rules import recording_scope
from replenish.debrief.incidents.told import IncidentTold, StepTold
from replenish.people.askers import Asker
from replenish.people.queries import unit_tree
from replenish.people.roles import RoleKind
from replenish.people.scopes import Scope
from replenish.web.public.sources import MEANINGS
from replenish.web.staff.incidents.wording import clock_said, moment_said
from replenish.web.staff.incidents.words import StepWords, incident_words
from replenish.web.staff.parts import NAMES


@dataclass(frozen=True)
class SourceShown:
    """A source with its mark in words."""

    source: str
    says: str
    meaning: str
    checked_on: str


@dataclass(frozen=True)
class StepShown:
    """A step on the page of its incident.

    Attributes:
        told: as it was read.
        words: what it is.
        clock: how it stands.
        because: why it was not done, in words.
        sources: of it and its clock.
    """

    told: StepTold
    words: StepWords
    clock: str
    because: str
    sources: Sequence[SourceShown]

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return str(self.told.step.code)


@dataclass(frozen=True)
class IncidentShown:
    """An incident in words.

    Attributes:
        told: as it was read.
        kind: what happened.
        setting: in what sort of place.
        severity: how heavy it was.
        when: the day and three hours of it.
        unit: of which team.
        part: in which part somebody wrote it down.
        may_write: whether the reader may say what followed.
        following: the next open step in words; empty when something is said about all of them.
        open: how many steps are open.
    """

    told: IncidentTold
    kind: str
    setting: str
    severity: str
    when: str
    unit: str
    part: str
    may_write: bool
    following: str
    open: int


@dataclass(frozen=True)
class Desk:
    """What is asked once for all incidents of a page."""

    units: Mapping[str, str]
    scope: Scope

    def shown(self, one: IncidentTold) -> IncidentShown:
        """An incident in words."""
        words, said = incident_words(), one.said
        coming = one.next_step
        return IncidentShown(
            told=one,
            kind=words.kinds[said.kind],
            setting=words.settings[said.setting],
            severity=words.severities[said.severity],
            when=moment_said(said.when),
            unit=self.units.get(said.unit, _("A unit that no longer stands")),
            part=str(NAMES[RoleKind(one.entered_as)]),
            may_write=self.scope.holds(said.unit),
            following=_following(coming, one) if coming is not None else "",
            open=sum(1 for step in one.steps if step.is_open),
        )


def desk_of(asker: Asker) -> Desk:
    """What the incidents of an organisation need to be shown."""
    units = {one.unit: " / ".join(one.path) for one in unit_tree(asker.organisation)}
    return Desk(units, recording_scope(asker))


def steps_shown(one: IncidentTold) -> list[StepShown]:
    """The steps after an incident, in their order."""
    words = incident_words()
    return [
        StepShown(
            told=step,
            words=words.steps[step.step.code],
            clock=clock_said(step, one.said.when),
            because=words.reasons.get(step.became.because, "") if step.became is not None else "",
            sources=sources_of(step.step),
        )
        for step in one.steps
    ]


def sources_of(step: Step) -> list[SourceShown]:
    """Where a step and its clock come from."""
    return [
        SourceShown(
            gettext(one.source), gettext(one.says), str(MEANINGS[one.mark]), one.checked_on.isoformat()
        )
        for one in step.sources
    ]


def _following(step: StepTold, incident: IncidentTold) -> str:
    title = incident_words().steps[step.step.code].title
    return f"{title}. {clock_said(step, incident.said.when)}"
