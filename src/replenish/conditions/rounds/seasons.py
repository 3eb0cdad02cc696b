"""Planning a season: who is published together for twelve weeks, and when its rounds are."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.calendar import WEEKS_IN_ROUND, Pause
from replenish.conditions.models import Round, Season
from replenish.conditions.rounds.planning import SeasonPlan, end_of, plan_of
from replenish.conditions.rounds.rules import require_may_set_rounds
from replenish.disclosure.partition import Partition
from replenish.ledger.actions import record
from replenish.ledger.content import LONGEST_WORDS
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.voices.rounds import begin_season
from replenish.voices.seats import RENEW_DAYS

__all__ = ["RENEW_DAYS", "end_of", "plan_season"]

ID_BYTES = 16


def plan_season(
    *,
    asker: Asker,
    starts_on: date | None = None,
    continuing: Collection[str] | None = None,
    weeks: int = WEEKS_IN_ROUND,
    pauses: Sequence[Pause] = (),
    seen: str | None = None,
) -> Season:
    """Fix the reporting groups of the next season and the days of its three rounds.

    An organisation that cannot form one group (P10) has a season without groups and without rounds: no key
    is ever made and no contribution accepted; its carers have their private space.

    Args:
        asker: who plans, for their organisation.
        starts_on: the first day; the day the season before ends, or today, unless given.
        continuing: labels of groups that keep their composition; those with a running action unless given.
        weeks: open weeks of each round.
        pauses: holidays that are known already.
        seen: the hash of the plan that was shown before; whatever was not shown is not fixed.

    Raises:
        Refused: the asker may not, it is no longer the plan that was shown, or whatever `plan_of` refuses.
    """
    require_may_set_rounds(asker)
    with transaction.atomic():
        plan = plan_of(
            asker.organisation, starts_on=starts_on, continuing=continuing, weeks=weeks, pauses=pauses
        )
        if seen is not None and seen != plan.hash:
            refuse(RoundFault.SEASON_NOT_AS_SHOWN)
        season = _season(plan, pauses)
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
            for place, span in enumerate(plan.spans, 1)
        )
        _tell_the_carers_side(season, plan)
        _record(asker, season, plan.partition)
    return season


def _season(plan: SeasonPlan, pauses: Sequence[Pause]) -> Season:
    known: Mapping[str, str] = plan.before.unit_codes if plan.before else {}
    codes = {unit.unit: known.get(unit.unit) or secrets.token_hex(ID_BYTES) for unit in plan.units}
    return Season.objects.create(
        id=secrets.token_hex(ID_BYTES),
        organisation=plan.organisation,
        number=plan.number,
        starts_on=plan.starts_on,
        partition=plan.partition.to_plain(),
        headcount={codes[unit.unit]: unit.people for unit in plan.units},
        # Codes of units that rest for a season stay known, or their seats could not be told apart later.
        unit_codes={**known, **codes},
        unit_paths={codes[unit.unit]: list(unit.path) for unit in plan.units},
        group_codes={group.label: secrets.token_hex(ID_BYTES) for group in plan.partition.groups},
        pauses=[[pause.first.isoformat(), pause.until.isoformat()] for pause in pauses],
    )


def _tell_the_carers_side(season: Season, plan: SeasonPlan) -> None:
    """Also a season without groups is told, so that the seats of the one before it lapse."""
    groups = {
        season.unit_codes[unit.unit]: season.group_codes[plan.partition.group_of(unit.path)]
        for unit in (plan.units if plan.partition.groups else ())
    }
    begin_season(
        season.id,
        groups=groups,
        renew_until=season.starts_on + timedelta(days=RENEW_DAYS - 1),
        follows=plan.before.id if plan.before else "",
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
