"""What a season would be: its groups and its days, worked out the same way to be shown and to be fixed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.basis.identifiers import content_hash
from replenish.conditions.actions.running import continuing_groups
from replenish.conditions.asked import asked_by
from replenish.conditions.calendar import ROUNDS_IN_SEASON, WEEKS_IN_ROUND, Pause, Span, plan_rounds
from replenish.conditions.models import PublishedRelease, Season
from replenish.conditions.partitions import partition_from_plain
from replenish.conditions.places import PlacedUnit, placed_units
from replenish.conditions.published import asked_in
from replenish.disclosure.partition import Partition, plan_partition
from replenish.people.queries import headcount, organisation_summary, unit_tree

SEASON = timedelta(weeks=ROUNDS_IN_SEASON * WEEKS_IN_ROUND)


@dataclass(frozen=True)
class SeasonPlan:
    """A season before it is fixed.

    Attributes:
        organisation: whose it is.
        number: counted from 1.
        starts_on: its first day.
        units: where people work, with their declared headcount.
        partition: its reporting groups.
        spans: the days of its rounds; none where there are no groups.
        before: the season before; None for the first.
    """

    organisation: str
    number: int
    starts_on: date
    units: tuple[PlacedUnit, ...]
    partition: Partition
    spans: tuple[Span, ...]
    before: Season | None

    @property
    def hash(self) -> str:
        """Of all that is shown before it is fixed: another headcount or another day gives another hash."""
        days = [[span.starts_on.isoformat(), span.closes_on.isoformat()] for span in self.spans]
        people = [[*unit.path, str(unit.people)] for unit in self.units]
        return content_hash([self.number, self.starts_on.isoformat(), self.partition.id, days, people])


def plan_of(
    organisation: str,
    *,
    starts_on: date | None = None,
    continuing: Collection[str] | None = None,
    weeks: int = WEEKS_IN_ROUND,
    pauses: Sequence[Pause] = (),
) -> SeasonPlan:
    """Work out the next season; nothing is written.

    Args:
        organisation: whose season.
        starts_on: the first day; the day the season before ends, or today, unless given.
        continuing: labels of groups that keep their composition; those with a running action unless given.
        weeks: open weeks of each round.
        pauses: holidays that are known already.

    Raises:
        Refused: the season before is not over by then, a unit has no declared headcount, other questions
            are asked than before, or whatever `plan_partition` refuses.
    """
    organisation_summary(organisation)
    before = Season.objects.filter(organisation=organisation).order_by("-number").first()
    first = _first_day(before, starts_on)
    _require_same_questions(organisation)
    units = placed_units(unit_tree(organisation, first), headcount(organisation, first))
    if not units:
        refuse(RoundFault.SEASON_WITHOUT_UNITS)
    partition = plan_partition(
        {unit.path: unit.people for unit in units},
        earlier=partition_from_plain(before.partition) if before else None,
        continuing=continuing_groups(before) if continuing is None else continuing,
    )
    spans = plan_rounds(first, weeks=weeks, pauses=pauses) if partition.groups else ()
    return SeasonPlan(
        organisation, before.number + 1 if before else 1, first, units, partition, spans, before
    )


def first_free_day(organisation: str) -> date:
    """The earliest day on which the next season can begin, or today if that is later."""
    before = Season.objects.filter(organisation=organisation).order_by("-number").first()
    return _first_day(before, None)


def end_of(season: Season) -> date:
    """The first day after a season."""
    days = [row.closes_on for row in season.rounds.all()]
    return max(days, default=season.starts_on + SEASON)


def _first_day(before: Season | None, starts_on: date | None) -> date:
    if before is None:
        return starts_on or clock.today()
    earliest = end_of(before)
    if starts_on is not None and starts_on < earliest:
        refuse(RoundFault.SEASON_OVERLAPS, until=earliest)
    return starts_on or max(earliest, clock.today())


def _require_same_questions(organisation: str) -> None:
    """Found out now: at the close it would be too late, and the answers would wait for a way out."""
    last = PublishedRelease.objects.filter(organisation=organisation).order_by("-number").first()
    if last is None:
        return
    asked = {(scale.name, scale.low, scale.high) for scale in asked_by()}
    for name, *_ in sorted(asked ^ asked_in(last)):
        refuse(RoundFault.SEASON_QUESTIONS, scale=name)
