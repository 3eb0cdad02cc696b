"""Figures that come from the pages of supervision and debrief by themselves, month by month.

The night counts them anew and writes what has changed. A month is told two weeks after its end: so long a
meeting that fell through may be made up for, and its facts may be written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE, Trees, trees_of
from replenish.debrief.incidents.counts import counts_by_unit, first_incident_on
from replenish.people.actions.organisations import new_id
from replenish.people.queries import organisations
from replenish.supervision.counts import organisations_with_agreements, provided_in

SETTLES = timedelta(days=14)
YEARS = 5
"""So far back it is counted anew; what was written before stays as it is."""
HUNDREDTHS = 100

Key = tuple[str, str, date, date]
"""A unit, a kind, and the first and last day."""
Sum = tuple[int, int]


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
    leaves = {**_supervision(organisation, until), **_debriefs(organisation, until)}
    wanted = _of_all_parts(leaves, trees)
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


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _last_told(today: date) -> date:
    """The last day of the newest month that is told."""
    return (today - SETTLES + timedelta(days=1)).replace(day=1) - timedelta(days=1)


def _supervision(organisation: str, until: date) -> Mapping[Key, Sum]:
    provided = provided_in(organisation, until)
    found: dict[Key, Sum] = defaultdict(lambda: (0, 0))
    for meeting in provided.due:
        _add(found, (meeting.unit, "supervision_held", *month_of(meeting.due_on)), counted=meeting.held)
    for agreement, meetings in provided.held.items():
        for held in meetings:
            key = (provided.unit_of[agreement], "supervision_reflective", *month_of(held.day))
            _add(found, key, counted=held.reflective is True)
    return {key: found[key] for key in found if key[3] <= until and _is_near(key[2], until)}


def _debriefs(organisation: str, until: date) -> Mapping[Key, Sum]:
    begins = first_incident_on(organisation)
    found: dict[Key, Sum] = {}
    first, last = month_of(until)
    while begins is not None and last >= begins and _is_near(first, until):
        for unit, counts in counts_by_unit(organisation, first, last).items():
            for kind, counted in (
                ("debrief_offered", counts.debrief_offered),
                ("debrief_held", counts.debrief_held),
                ("time_after", counts.ten_minutes),
            ):
                found[unit, kind, first, last] = (counted, counts.incidents)
        first, last = month_of(first - timedelta(days=1))
    return found


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
