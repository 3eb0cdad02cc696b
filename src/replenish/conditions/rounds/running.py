"""Rounds on their way: paused, closed on their day, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import gate
from replenish.conditions.alone import alone
from replenish.conditions.calendar import Pause
from replenish.conditions.models import Round, State
from replenish.conditions.rounds.opening import about
from replenish.conditions.rounds.pausing import MovedRound, moved_rounds, moves_of, season_to_pause
from replenish.conditions.rounds.rules import require_may_set_rounds
from replenish.ledger.actions import TIMETABLE, record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.voices.rounds import remove_round, stop_accepting


@dataclass(frozen=True)
class Outcome:
    """What became of a round that was due.

    Attributes:
        round: its id.
        number: its number.
        refused: why it could not be closed; None where it was.
        cancelled: whether it was given up because its key is lost.
    """

    round: str
    number: int
    refused: Refused | None = None
    cancelled: bool = False


def close_due(today: date | None = None) -> tuple[Outcome, ...]:
    """Close every round whose day has come, oldest first, and finish what an interruption left.

    One organisation's refusal keeps no other organisation waiting.
    """
    day = today or clock.today()
    begun = Round.objects.filter(state__in=[State.OPEN, State.CLOSING], closes_on__lte=day)
    outcomes = [_close(row) for row in begun.order_by("closes_on", "number", "id")]
    for row in Round.objects.filter(state__in=[State.CLOSED, State.CANCELLED], key_destroyed=False):
        gate.destroy_key(row.id)
    return tuple(outcomes)


def _close(row: Round) -> Outcome:
    try:
        gate.close(row.id)
    except Refused as refused:
        if refused.fault is not RoundFault.ROUND_KEY_LOST:
            return Outcome(row.id, row.number, refused)
        _cancel(row.id, TIMETABLE)
        return Outcome(row.id, row.number, refused, cancelled=True)
    return Outcome(row.id, row.number)


def cancel(round_id: str, *, asker: Asker) -> None:
    """Give a round up: nothing is published about it, its answers and its key are destroyed.

    Raises:
        Refused: the asker may not; there is no such round in their organisation, it is over already, or
            somebody is closing it just now.
    """
    require_may_set_rounds(asker)
    if not Round.objects.filter(id=round_id, season__organisation=asker.organisation).exists():
        refuse(RoundFault.ROUND_UNKNOWN, round=round_id)
    _cancel(round_id, asker.actor)


def _cancel(round_id: str, actor: str) -> None:
    with alone(settings.REPLENISH_KEYS):
        row = Round.objects.select_related("season").get(id=round_id)
        if row.state in (State.CLOSED, State.CANCELLED):
            refuse(RoundFault.ROUND_OVER, state=row.state)
        if row.state != State.PLANNED:
            stop_accepting(round_id)
        with transaction.atomic():
            mine = Round.objects.filter(id=round_id, state=row.state, claim=row.claim)
            if not mine.update(state=State.CANCELLED, claim=""):
                refuse(RoundFault.ROUND_BEING_CLOSED)
            remove_round(round_id)
            record(
                organisation=row.season.organisation,
                event=Event.ROUND_CANCELLED,
                actor=actor,
                content=about(row),
            )
        gate.destroy_key(round_id)


def pause(*, asker: Asker, first: date, until: date) -> tuple[Round, ...]:
    """Let holidays pause the rounds of the organisation; the rounds whose days changed.

    Answers given during a pause still count; its days do not count towards the length of a round. The same
    pause a second time changes nothing.

    Args:
        asker: who decides, for their organisation.
        first: the first day of the pause.
        until: the day after its last.

    Raises:
        Refused: the asker may not; it begins in the past, is too long, touches no round, or meets the next
            season.
    """
    require_may_set_rounds(asker)
    with transaction.atomic():
        added = Pause(first, until)
        season = season_to_pause(asker.organisation, added)
        changed = moved_rounds(season, added, decided_on=clock.today())
        for row in changed:
            record(
                organisation=asker.organisation,
                event=Event.ROUND_PAUSED,
                actor=asker.actor,
                content={**about(row), "from": first.isoformat(), "until": until.isoformat()},
            )
    return changed


def preview_pause(*, asker: Asker, first: date, until: date) -> tuple[MovedRound, ...]:
    """What `pause` would change, and nothing is written.

    Args:
        asker: as for `pause`.
        first: as for `pause`.
        until: as for `pause`.

    Raises:
        Refused: as `pause`.
    """
    require_may_set_rounds(asker)
    added = Pause(first, until)
    return moves_of(season_to_pause(asker.organisation, added), added, decided_on=clock.today())
