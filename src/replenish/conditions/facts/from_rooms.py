"""Figures that come from the pages of supervision and debrief by themselves, month by month.

The night counts them anew and writes what has changed. A month is told two weeks after its end: so long a
meeting that fell through may be made up for, and its facts may be written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.conditions.facts.indicators import (
    Month,
    month_of,
    of_supervision,
    quarter_of,
    sides_and_reasons,
)
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE, Trees, trees_of
from replenish.debrief.incidents.counts import IncidentCounts, counts_by_unit, first_incident_on
from replenish.people.actions.organisations import new_id
from replenish.people.queries import organisations
from replenish.supervision.counts import (
    Provided,
    organisations_with_agreements,
    provided_in,
    supervising,
)

SETTLES = timedelta(days=14)
SECOND_CHECK = timedelta(days=31)
YEARS = 5
"""So far back it is counted anew; what was written before stays as it is."""
HUNDREDTHS = 100

Key = tuple[str, str, date, date]
"""A unit, a kind, and the first and last day."""
Sum = tuple[int, int]
OfMonth = tuple[Month, Mapping[str, IncidentCounts]]
"""What followed the incidents of a month, by unit."""


def count_rooms() -> None:
    """Bring the figures of every organisation up to date; done twice, it changes nothing."""
    supervised = set(organisations_with_agreements())
    for organisation in organisations():
        if (
            organisation.organisation in supervised
            or first_incident_on(organisation.organisation) is not None
        ):
            count_rooms_of(organisation.organisation)


def count_rooms_of(organisation: str) -> None:
    """The figures of one organisation, in one transaction.

    Args:
        organisation: its id.
    """
    until = _last_told(clock.today())
    trees = trees_of(organisation)
    provided = provided_in(organisation, until)
    incidents = tuple(_incidents(organisation, until))
    leaves = {**_supervision(provided), **_debriefs(incidents)}
    wanted = {
        **_of_all_parts({key: sums for key, sums in leaves.items() if _is_near(key[2], until)}, trees),
        **_indicators(organisation, provided, incidents, until),
    }
    oldest = date(until.year - YEARS, until.month, 1)
    with transaction.atomic():
        rows = RoomFigure.objects.select_for_update().filter(organisation=organisation, first_day__gte=oldest)
        kept = {(row.unit, row.kind, row.first_day, row.last_day): row for row in rows}
        gone = [row.id for key, row in kept.items() if wanted.get(key) != (row.count, row.out_of)]
        RoomFigure.objects.filter(id__in=gone).delete()
        RoomFigure.objects.bulk_create(
            (
                RoomFigure(
                    id=new_id(),
                    organisation=organisation,
                    unit=key[0],
                    kind=key[1],
                    first_day=key[2],
                    last_day=key[3],
                    count=count,
                    out_of=out_of,
                )
                for key, (count, out_of) in wanted.items()
                if key not in kept or kept[key].id in gone
            ),
            batch_size=500,
        )


def _last_told(today: date) -> date:
    """The last day of the newest month that is told."""
    return (today - SETTLES + timedelta(days=1)).replace(day=1) - timedelta(days=1)


def _supervision(provided: Provided) -> Mapping[Key, Sum]:
    found: dict[Key, Sum] = defaultdict(lambda: (0, 0))
    for meeting in provided.due:
        _add(found, (meeting.unit, "supervision_held", *month_of(meeting.due_on)), counted=meeting.held)
    for agreement, meetings in provided.held.items():
        for held in meetings:
            key = (provided.unit_of[agreement], "supervision_reflective", *month_of(held.day))
            _add(found, key, counted=held.reflective is True)
    return found


def _indicators(
    organisation: str, provided: Provided, incidents: Sequence[OfMonth], until: date
) -> Mapping[Key, Sum]:
    """What is told of the whole organisation alone; quarters only once they are over."""
    found: dict[Key, Sum] = {}
    for (code, month), counts in of_supervision(provided, supervising(organisation)).items():
        found[WHOLE, code, *month] = (counts.count, counts.out_of)
    days = [one.day for each in provided.fell.values() for one in each]
    for quarter in {quarter_of(day) for day in days}:
        if quarter[1] <= until:
            for code, counts in sides_and_reasons(provided, quarter).items():
                found[WHOLE, code, *quarter] = (counts.count, counts.out_of)
    for (first, last), (asked, again, happened) in _checks(incidents).items():
        found[WHOLE, "debrief_check_in_offered", first, last] = (asked, happened)
        found[WHOLE, "debrief_second_check_offered", first, last] = (again, happened)
    return {
        key: (HUNDREDTHS * count, HUNDREDTHS * out_of)
        for key, (count, out_of) in found.items()
        if _is_near(key[2], until)
    }


def _debriefs(incidents: Sequence[OfMonth]) -> Mapping[Key, Sum]:
    found: dict[Key, Sum] = {}
    for (first, last), by_unit in incidents:
        for unit, counts in by_unit.items():
            for kind, counted in (
                ("debrief_offered", counts.debrief_offered),
                ("debrief_held", counts.debrief_held),
                ("time_after", counts.ten_minutes),
            ):
                found[unit, kind, first, last] = (counted, counts.incidents)
    return found


def _checks(incidents: Sequence[OfMonth]) -> Mapping[Month, tuple[int, int, int]]:
    """By month, after how many incidents each person was asked, and asked again; and how many there were.

    A second time is due up to 31 days later, so its month is told when these are over.
    """
    return {
        month: (
            sum(counts.check_in_offered for counts in by_unit.values()),
            sum(counts.second_check_offered for counts in by_unit.values()),
            sum(counts.incidents for counts in by_unit.values()),
        )
        for month, by_unit in incidents
        if by_unit and month[1] + SECOND_CHECK <= clock.today()
    }


def _incidents(organisation: str, until: date) -> Iterator[OfMonth]:
    begins = first_incident_on(organisation)
    month = month_of(until)
    while begins is not None and month[1] >= begins and _is_near(month[0], until):
        yield month, counts_by_unit(organisation, *month)
        month = month_of(month[0] - timedelta(days=1))


def _is_near(first: date, until: date) -> bool:
    return first >= date(until.year - YEARS, until.month, 1)


def _add(found: dict[Key, Sum], key: Key, *, counted: bool) -> None:
    count, out_of = found[key]
    found[key] = (count + counted, out_of + 1)


def _of_all_parts(leaves: Mapping[Key, Sum], trees: Trees) -> Mapping[Key, Sum]:
    """The same for each unit with all below it, by the tree of the month's last day; in hundredths."""
    found: dict[Key, Sum] = defaultdict(lambda: (0, 0))
    for (unit, kind, first, last), (count, out_of) in leaves.items():
        for part in _unit_and_above(unit, trees, last):
            before = found[part, kind, first, last]
            found[part, kind, first, last] = (
                before[0] + HUNDREDTHS * count,
                before[1] + HUNDREDTHS * out_of,
            )
    return found


def _unit_and_above(unit: str, trees: Trees, on: date) -> Iterator[str]:
    yield unit
    tree = trees.on(on)
    yield from tree.above(unit) if unit in tree.units else (WHOLE,)
