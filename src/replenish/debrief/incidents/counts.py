"""Counts for facts of provision: how many incidents, and after how many a step was offered or took place.

They are about what was provided after incidents, by unit and by days; nothing of a person is in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from replenish.debrief.models import Incident, IncidentState, IncidentStep, Outcome

LOOKING_BACK = ("hot_debrief", "learning_debrief")
"""The steps that count as a debrief; one of them is enough."""


@dataclass(frozen=True)
class IncidentCounts:
    """What followed the incidents of a unit in some days.

    Attributes:
        unit: its id.
        incidents: how many there were: the denominator of all others.
        debrief_offered: after how many a debrief was offered, taken up or not.
        debrief_held: after how many one took place.
        ten_minutes: after how many there was time with cover.
        check_in_offered: after how many each person was asked how it is.
        second_check_offered: after how many each person was asked again.
    """

    unit: str
    incidents: int
    debrief_offered: int
    debrief_held: int
    ten_minutes: int
    check_in_offered: int
    second_check_offered: int


def counts_by_unit(organisation: str, first_day: date, last_day: date) -> Mapping[str, IncidentCounts]:
    """By unit, of the incidents that began on these days, both included; units without any are absent."""
    rows = Incident.objects.filter(
        organisation=organisation, state=IncidentState.CURRENT, day__range=(first_day, last_day)
    )
    unit_of = dict(rows.values_list("id", "unit"))
    steps = IncidentStep.objects.filter(incident__in=rows).exclude(outcome=Outcome.NOT_DONE)
    provided: dict[str, set[str]] = {
        "debrief_offered": set(), "debrief_held": set(), "ten_minutes": set(), "check_in_offered": set(),
        "second_check_offered": set(),
    }  # fmt: skip
    for incident, step, outcome in steps.values_list("incident_id", "step", "outcome"):
        for count in _counts_of(step, outcome):
            provided[count].add(incident)
    by_count = {count: Counter(unit_of[one] for one in found) for count, found in provided.items()}
    total = Counter(unit_of.values())
    return {
        unit: IncidentCounts(unit, total[unit], **{count: found[unit] for count, found in by_count.items()})
        for unit in sorted(total)
    }


def reasons_by_step(organisation: str, first_day: date, last_day: date) -> Mapping[str, Mapping[str, int]]:
    """By step and reason, after how many incidents of these days a step did not take place."""
    steps = IncidentStep.objects.filter(
        incident__organisation=organisation,
        incident__state=IncidentState.CURRENT,
        incident__day__range=(first_day, last_day),
        outcome=Outcome.NOT_DONE,
    )
    found: dict[str, dict[str, int]] = {}
    for step, because in steps.values_list("step", "because"):
        of_step = found.setdefault(step, {})
        of_step[because] = of_step.get(because, 0) + 1
    return found


def first_incident_on(organisation: str) -> date | None:
    """The day of the first incident there is: since then the figures come from here; None before any."""
    rows = Incident.objects.filter(organisation=organisation, state=IncidentState.CURRENT)
    return rows.order_by("day").values_list("day", flat=True).first()


def _counts_of(step: str, outcome: str) -> tuple[str, ...]:
    if step in LOOKING_BACK:
        return ("debrief_offered", "debrief_held") if outcome == Outcome.DONE else ("debrief_offered",)
    return {
        "ten_minutes": ("ten_minutes",),
        "check_in": ("check_in_offered",),
        "second_check": ("second_check_offered",),
    }.get(step, ())
