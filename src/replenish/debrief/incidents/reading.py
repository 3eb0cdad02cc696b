"""What is read here: incidents of the parts somebody acts for, each with its clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.model import StepModel, step_model
from replenish.debrief.incidents.rules import reading_scope
from replenish.debrief.incidents.told import IncidentTold, told
from replenish.debrief.models import Incident, IncidentState, TeamOffer
from replenish.debrief.windows import next_window, window_of
from replenish.people.askers import Asker

SHOWN = timedelta(days=92)


@dataclass(frozen=True)
class Offer:
    """Something that stands on offer to a team, asked for or not.

    Attributes:
        unit: of the team.
        kind: "debrief" or "reflection".
        until: the day at nine on which it ends.
    """

    unit: str
    kind: str
    until: date


@dataclass(frozen=True)
class Load:
    """How much a team had in the days of the pattern.

    Attributes:
        unit: of the team.
        incidents: how many.
        weight: their weights together.
    """

    unit: str
    incidents: int
    weight: int


def incidents_of(asker: Asker) -> tuple[IncidentTold, ...]:
    """The incidents of the last quarter in the parts somebody reads about, the latest first."""
    scope = reading_scope(asker)
    rows = Incident.objects.filter(
        organisation=asker.organisation,
        state=IncidentState.CURRENT,
        day__gte=clock.today() - SHOWN,
        unit__in=[one.unit for one in scope.units],
    )
    return _told(rows.prefetch_related("steps").order_by("-day", "-band", "id"), step_model())


def incident_told(asker: Asker, incident: str) -> IncidentTold:
    """One incident, whatever its age.

    Raises:
        Refused: there is none here, or the asker reads nothing about its unit.
    """
    rows = Incident.objects.filter(
        id=incident, organisation=asker.organisation, state=IncidentState.CURRENT
    ).prefetch_related("steps")
    row = rows.first()
    if row is None or not reading_scope(asker).holds(row.unit):
        refuse(IncidentFault.UNKNOWN)
    return told(row, step_model(), clock.now())


def standing_offers(asker: Asker, unit_of_code: Mapping[str, str]) -> tuple[Offer, ...]:
    """What stands on offer now to the teams somebody reads about.

    Whether a team asked for it is not known here, and nowhere else: see `argument.md`.

    Args:
        asker: whose parts.
        unit_of_code: by the code the carers' side knows a unit by, the unit.
    """
    scope = reading_scope(asker)
    window = window_of(clock.now())
    rows = TeamOffer.objects.filter(unit__in=unit_of_code, from_day=window, made=True)
    found = (
        Offer(unit_of_code[code], kind, next_window(window))
        for code, kind in rows.values_list("unit", "kind")
        if scope.holds(unit_of_code[code])
    )
    return tuple(sorted(found, key=lambda one: (one.unit, one.kind)))


def heavy_loads(asker: Asker) -> tuple[Load, ...]:
    """The teams that had as much as the pattern names in its days, the heaviest first."""
    pattern = step_model().pattern
    since = clock.today() - timedelta(days=pattern.days)
    loads: dict[str, Load] = {}
    rows = Incident.objects.filter(
        organisation=asker.organisation,
        state=IncidentState.CURRENT,
        day__gt=since,
        unit__in=[one.unit for one in reading_scope(asker).units],
    )
    for unit, severity in rows.values_list("unit", "severity"):
        before = loads.get(unit, Load(unit, 0, 0))
        loads[unit] = Load(unit, before.incidents + 1, before.weight + severity)
    heavy = [one for one in loads.values() if one.weight >= pattern.weight]
    return tuple(sorted(heavy, key=lambda one: (-one.weight, one.unit)))


def _told(rows: Iterable[Incident], model: StepModel) -> tuple[IncidentTold, ...]:
    now = clock.now()
    return tuple(told(row, model, now) for row in rows)
