"""Which rhythm holds for an agreement, and since when: its own terms, and what its organisation changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from replenish.people.queries import unit_tree
from replenish.people.tree import UnitInTree
from replenish.supervision.due import RhythmFrom, due_along, every_days
from replenish.supervision.models import Agreement, AgreementState, OwnRhythm, Terms
from replenish.supervision.rhythms import Stage, rhythm

WHOLE = ""
"""As the table of changed rhythms calls the whole organisation."""


@dataclass(frozen=True)
class Changed:
    """A rhythm as an organisation changed it for a part, from a day on."""

    unit: str
    rhythm: str
    every_days: int
    from_date: date


def timelines(agreements: Sequence[Agreement]) -> Mapping[str, tuple[RhythmFrom, ...]]:
    """By agreement of one organisation, how far its meetings lie apart, from which day on.

    Agreements that nobody has agreed to yet have none.
    """
    if not agreements:
        return {}
    organisation = agreements[0].organisation
    terms: dict[str, list[Terms]] = defaultdict(list)
    in_force = Terms.objects.filter(agreement__in=agreements, in_force_from__isnull=False)
    for one in in_force.order_by("version"):
        terms[one.agreement_id].append(one)
    changed = _changed(organisation)
    tree = unit_tree(organisation) if changed else ()
    return {
        one.id: _timeline(terms[one.id], _for_unit(changed, tree, one.unit))
        for one in agreements
        if terms[one.id]
    }


def due_of(agreements: Sequence[Agreement], until: date) -> Mapping[str, tuple[date, ...]]:
    """By agreement, the days by which meetings were or are due, from its first day until a day.

    Nothing is due after an agreement ended.
    """
    along = timelines(agreements)
    last = {one.id: min(until, one.ended_on) if one.ended_on else until for one in agreements}
    return {one: due_along(line, last[one]) for one, line in along.items()}


def due_in_units(
    organisation: str, units: Collection[str], first: date, last: date
) -> Mapping[str, tuple[date, ...]]:
    """By agreement of these units, the days of a period by which meetings were due.

    Args:
        organisation: its id.
        units: where the supervisees work.
        first: the first day of the period.
        last: its last day.
    """
    agreements = list(
        Agreement.objects.filter(organisation=organisation, unit__in=units).exclude(
            state=AgreementState.PROPOSED
        )
    )
    due = due_of(agreements, last)
    return {one: tuple(day for day in days if day >= first) for one, days in due.items()}


def _timeline(terms: Sequence[Terms], changed: Sequence[Changed]) -> tuple[RhythmFrom, ...]:
    begins = terms[0].in_force_from or date.max
    days = sorted(
        {one.in_force_from for one in terms if one.in_force_from}
        | {one.from_date for one in changed if one.from_date > begins}
    )
    found: list[RhythmFrom] = []
    for day in days:
        holds = [one for one in terms if one.in_force_from and one.in_force_from <= day][-1]
        stages = _stages(holds, changed, day)
        if not found or found[-1].stages != stages:
            found.append(RhythmFrom(day, stages))
    return tuple(found)


def _stages(terms: Terms, changed: Sequence[Changed], day: date) -> tuple[Stage, ...]:
    if terms.every_days is not None:
        return every_days(terms.every_days)
    mine = [one for one in changed if one.rhythm == terms.rhythm and one.from_date <= day]
    if mine:
        return every_days(mine[-1].every_days)
    preset = rhythm(terms.rhythm)
    return preset.stages if preset else ()


def _changed(organisation: str) -> list[Changed]:
    rows = OwnRhythm.objects.filter(organisation=organisation).order_by("from_date")
    return [Changed(*row) for row in rows.values_list("unit", "rhythm", "every_days", "from_date")]


def _for_unit(changed: Sequence[Changed], tree: Sequence[UnitInTree], unit: str) -> list[Changed]:
    """What was changed for a unit; what holds for it alone comes last, and wins over what holds for more."""
    parents = {one.unit: one.parent for one in tree}
    lineage: list[str] = []
    above: str | None = unit
    while above is not None:
        lineage.insert(0, above)
        above = parents.get(above)
    places = {one: place for place, one in enumerate((WHOLE, *lineage))}
    return sorted((one for one in changed if one.unit in places), key=lambda one: places[one.unit])
