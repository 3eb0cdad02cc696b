"""Opening rounds on their day, each with a key of its own, and mending a key that was lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.asked import PACKS, asked_by
from replenish.conditions.calendar import LEAST_WEEKS, Pause, Span, open_days
from replenish.conditions.models import Round, Season, State
from replenish.conditions.partitions import partition_from_plain, people_by_group
from replenish.conditions.rounds.pausing import moved_rounds, pauses_of
from replenish.conditions.unanswered import groups_to_pause, record_pause
from replenish.disclosure.bands import FLOOR
from replenish.ledger.actions import TIMETABLE, record
from replenish.ledger.events import Event
from replenish.people.queries import headcount, organisation_summary
from replenish.sealing.round_key import RoundKeys
from replenish.voices.asked import POOLED_PACK
from replenish.voices.rounds import open_round, replace_key

LEAST_DAYS = timedelta(weeks=LEAST_WEEKS).days


def open_due(today: date | None = None, *, holders: Mapping[str, str] | None = None) -> tuple[Round, ...]:
    """Open every planned round whose first day has come; opening one again changes nothing.

    A server that was down for so long that less than two weeks would be left moves the round and those
    after it: what was lost counts as a pause (P2). Where there is no room for that, because the next season
    is planned already, the season stays as it is; it keeps no other season and no other organisation waiting.

    Args:
        today: today unless given.
        holders: where keys are to be split, the age recipient of each holder by name.

    Raises:
        Refused: after all else was opened: what could not be, and why.
    """
    day = today or clock.today()
    opened: list[Round] = []
    stuck: dict[str, Refused] = {}
    while True:
        due = Round.objects.filter(state=State.PLANNED, starts_on__lte=day).exclude(season__in=stuck)
        row = due.select_related("season").order_by("starts_on", "id").first()
        if row is None:
            break
        try:
            _give_days_back(row, day)
        except Refused as refused:
            stuck[row.season_id] = refused
            continue
        if _open(row.id, holders or {}):
            row.refresh_from_db()
            opened.append(row)
    if stuck:
        raise Refused([problem for refused in stuck.values() for problem in refused.problems])
    return tuple(opened)


def _give_days_back(row: Round, day: date) -> None:
    """Move a round, and those after it, if too little of it would be left."""
    if open_days(Span(max(row.starts_on, day), row.closes_on), pauses_of(row.season)) < LEAST_DAYS:
        with transaction.atomic():
            moved_rounds(row.season, Pause(row.starts_on, day))
        row.refresh_from_db()


def _open(round_id: str, holders: Mapping[str, str]) -> bool:
    """The key first: a key without a round harms nobody, a round without a key accepts what is lost.

    Returns:
        Whether this call opened it: somebody may have cancelled, paused or opened it since it was found.
    """
    keys = RoundKeys(settings.REPLENISH_KEYS)
    recipient = keys.create(round_id, split=holders or None)
    with transaction.atomic():
        row = Round.objects.select_for_update(of=("self",)).select_related("season").get(id=round_id)
        if row.state == State.CANCELLED:
            keys.destroy(round_id)
        if row.state != State.PLANNED:
            return False
        unanswered = groups_to_pause(row.season, clock.today())
        open_round(
            row.id,
            season=row.season_id,
            number=row.number_in_season,
            recipient=recipient,
            starts_on=row.starts_on,
            closes_on=row.closes_on,
            packs=packs_of(row),
            paused=unanswered.values(),
        )
        row.state, row.recipient, row.holders = State.OPEN, recipient, dict(holders)
        row.asked = [scale.to_plain() for scale in asked_by()]
        row.people = _people(row.season)
        row.floor = _floor(row.season.organisation)
        row.save()
        record(
            organisation=row.season.organisation,
            event=Event.ROUND_OPENED,
            actor=TIMETABLE,
            content={
                **about(row),
                "starts_on": row.starts_on.isoformat(),
                "closes_on": row.closes_on.isoformat(),
            },
        )
        record_pause(row, unanswered, Event.CONTRIBUTIONS_PAUSED, TIMETABLE)
    return True


def packs_of(row: Round) -> tuple[str, ...]:
    """What a round asks; the last of its season also takes what was said after sessions of supervision."""
    later = Round.objects.filter(season=row.season_id, number__gt=row.number).exclude(state=State.CANCELLED)
    return PACKS if later.exists() else (*PACKS, POOLED_PACK)


def about(row: Round) -> dict[str, object]:
    """What every entry of the ledger says about a round."""
    return {"season": row.season_id, "round": row.id, "number": row.number}


def people_by_code(season: Season) -> dict[str, int]:
    """By code of unit, the headcount of the season, or a later declaration where that is higher.

    Whoever has left since may have answered still, so a lower one does not make their voice one too many.
    """
    now = headcount(season.organisation)
    codes = cast("Mapping[str, str]", season.unit_codes)
    return {code: max(season.headcount.get(code, 0), now.get(unit, 0)) for unit, code in codes.items()}


def _people(season: Season) -> dict[str, int]:
    """The same for each reporting group, by its label."""
    people = people_by_code(season)
    at = {tuple(path): people[code] for code, path in season.unit_paths.items()}
    return people_by_group(partition_from_plain(season.partition), at)


def _floor(organisation: str) -> int:
    """The highest floor that anything asks for; what was published before is never gone below."""
    earlier = Round.objects.filter(release__organisation=organisation).values_list("floor", flat=True)
    raised = organisation_summary(organisation).floor
    return max(FLOOR, settings.REPLENISH_FLOOR, raised, *earlier)


def replace_lost_keys() -> tuple[Round, ...]:
    """Make a new key for open rounds whose key file is gone; everybody's next visit contributes again.

    Only while the round runs: after its last day nobody would come any more, and a round that was closed
    and restored from a backup must not begin anew.
    """
    keys = RoundKeys(settings.REPLENISH_KEYS)
    replaced = []
    running = Round.objects.filter(state=State.OPEN, closes_on__gt=clock.today())
    for row in running.select_related("season").order_by("id"):
        recipient = keys.create(row.id, split=row.holders or None)
        if recipient == row.recipient:
            continue
        with transaction.atomic():
            replace_key(row.id, recipient)
            Round.objects.filter(id=row.id).update(recipient=recipient)
            record(
                organisation=row.season.organisation,
                event=Event.ROUND_KEY_REPLACED,
                actor=TIMETABLE,
                content=about(row),
            )
        replaced.append(row)
    return tuple(replaced)
