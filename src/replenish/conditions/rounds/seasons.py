"""Planning a season: who is published together for twelve weeks, and when its rounds are."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.asked import asked_by
from replenish.conditions.calendar import ROUNDS_IN_SEASON, WEEKS_IN_ROUND, Pause, plan_rounds
from replenish.conditions.models import PublishedRelease, Round, Season
from replenish.conditions.partitions import partition_from_plain
from replenish.conditions.places import PlacedUnit, placed_units
from replenish.conditions.published import asked_in
from replenish.disclosure.partition import Partition, plan_partition
from replenish.ledger.actions import record
from replenish.ledger.content import LONGEST_WORDS
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.queries import headcount, organisation_summary, unit_tree
from replenish.voices.rounds import begin_season

RENEW_DAYS = 14
SEASON = timedelta(weeks=ROUNDS_IN_SEASON * WEEKS_IN_ROUND)
ID_BYTES = 16


def plan_season(
    *,
    asker: Asker,
    starts_on: date | None = None,
    continuing: Collection[str] = (),
    weeks: int = WEEKS_IN_ROUND,
    pauses: Sequence[Pause] = (),
) -> Season:
    """Fix the reporting groups of the next season and the days of its three rounds.

    An organisation that cannot form one group (P10) has a season without groups and without rounds: no key
    is ever made and no contribution accepted; its carers have their private space.

    Args:
        asker: who plans, for their organisation.
        starts_on: the first day; the day the season before ends, or today, unless given.
        continuing: labels of groups with a running action, which keep their composition.
        weeks: open weeks of each round.
        pauses: holidays that are known already.

    Raises:
        Refused: the season before is not over by then, a unit has no declared headcount, other questions
            are asked than before, or whatever `plan_partition` refuses.
    """
    organisation_summary(asker.organisation)
    before = Season.objects.filter(organisation=asker.organisation).order_by("-number").first()
    first = _first_day(before, starts_on)
    _require_same_questions(asker.organisation)
    units = placed_units(unit_tree(asker.organisation, first), headcount(asker.organisation, first))
    partition = plan_partition(
        {unit.path: unit.people for unit in units},
        earlier=partition_from_plain(before.partition) if before else None,
        continuing=continuing,
    )
    spans = plan_rounds(first, weeks=weeks, pauses=pauses) if partition.groups else ()
    with transaction.atomic():
        season = _season(asker.organisation, before, first, units, partition, pauses)
        held = Round.objects.filter(season__organisation=asker.organisation).count()
        Round.objects.bulk_create(
            Round(
                id=secrets.token_hex(ID_BYTES),
                season=season,
                number_in_season=place,
                number=held + place,
                starts_on=span.starts_on,
                closes_on=span.closes_on,
            )
            for place, span in enumerate(spans, 1)
        )
        _tell_the_carers_side(season, before, units, partition)
        _record(asker, season, partition)
    return season


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


def _season(
    organisation: str,
    before: Season | None,
    starts_on: date,
    units: Sequence[PlacedUnit],
    partition: Partition,
    pauses: Sequence[Pause],
) -> Season:
    known: Mapping[str, str] = before.unit_codes if before else {}
    codes = {unit.unit: known.get(unit.unit) or secrets.token_hex(ID_BYTES) for unit in units}
    return Season.objects.create(
        id=secrets.token_hex(ID_BYTES),
        organisation=organisation,
        number=before.number + 1 if before else 1,
        starts_on=starts_on,
        partition=partition.to_plain(),
        headcount={codes[unit.unit]: unit.people for unit in units},
        # Codes of units that rest for a season stay known, or their seats could not be told apart later.
        unit_codes={**known, **codes},
        unit_paths={codes[unit.unit]: list(unit.path) for unit in units},
        group_codes={group.label: secrets.token_hex(ID_BYTES) for group in partition.groups},
        pauses=[[pause.first.isoformat(), pause.until.isoformat()] for pause in pauses],
    )


def _tell_the_carers_side(
    season: Season, before: Season | None, units: Sequence[PlacedUnit], partition: Partition
) -> None:
    """Also a season without groups is told, so that the seats of the one before it lapse."""
    groups = {
        season.unit_codes[unit.unit]: season.group_codes[partition.group_of(unit.path)]
        for unit in (units if partition.groups else ())
    }
    begin_season(
        season.id,
        groups=groups,
        renew_until=season.starts_on + timedelta(days=RENEW_DAYS - 1),
        follows=before.id if before else "",
    )


def _record(asker: Asker, season: Season, partition: Partition) -> None:
    record(
        organisation=asker.organisation,
        event=Event.SEASON_PLANNED,
        actor=asker.actor,
        content={
            "season": season.id,
            "number": season.number,
            "starts_on": season.starts_on.isoformat(),
            "groups": [group.label[:LONGEST_WORDS] for group in partition.groups],
        },
    )
