"""The night's work, in its order: what is due, the rewrite, the backup. Each part may be run again.

The backup comes right after the rewrite: each backup has an outer layer of its own, so that two of them
differ in every box, used or not. A part that is refused keeps none of the others from being done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.actions.judging import judge_actions
from replenish.conditions.doubts import show_doubts
from replenish.conditions.facts.from_rooms import count_rooms
from replenish.conditions.queries import units_of
from replenish.conditions.rounds import close_due, open_due, replace_lost_keys
from replenish.conditions.telling.letters import send_letters
from replenish.debrief.actions import draw_offers
from replenish.debrief.incidents.night import destroy_what_is_over
from replenish.debrief.queries import arranged_somewhere
from replenish.ledger import actions
from replenish.ledger.events import Event
from replenish.ledger.heads import keep_head
from replenish.people.tasks import end_all_lapsed_proposals, forget_ended_sessions
from replenish.safekeeping.backup import BackupMade, Tell, write_backup
from replenish.safekeeping.files import one_at_a_time
from replenish.safekeeping.places import Places
from replenish.safekeeping.upkeep import read_upkeep, remember
from replenish.sealing.device_keys import DeviceKeys
from replenish.supervision.keeping import end_what_is_over
from replenish.voices.nightly import rewrite

Result = TypeVar("Result")


@dataclass(frozen=True)
class Night:
    """What a night did.

    Attributes:
        opened: the numbers of the rounds that were opened.
        closed: the numbers of the rounds that were closed.
        cancelled: the numbers of the rounds that were given up because their key is lost.
        new_keys: the numbers of the rounds whose lost key was replaced.
        backup: the backup; None where nobody has said yet where backups go.
        refused: what could not be done, and why.
        letters_are_waiting: whether the mail server did not take some; the next night tries again.
    """

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    cancelled: tuple[int, ...]
    new_keys: tuple[int, ...]
    backup: BackupMade | None
    refused: tuple[Refused, ...]
    letters_are_waiting: bool = False


def nightly(tell: Tell, *, places: Places | None = None) -> Night:
    """Do the night's work; again is harmless, and after an interruption it goes on.

    Args:
        tell: hears of progress.
        places: where backups go; where they went last time unless given.

    Raises:
        Refused: another night's work, a backup or a restore is running.
    """
    refused: list[Refused] = []
    with one_at_a_time(Path(settings.REPLENISH_INSTANCE)):
        tell("proposals that nobody confirmed")
        _tried(end_all_lapsed_proposals, refused)
        forget_ended_sessions()
        DeviceKeys(Path(settings.REPLENISH_KEYS)).end_old(clock.today())
        tell("rounds that are due")
        outcomes = _tried(close_due, refused) or ()
        refused += [outcome.refused for outcome in outcomes if outcome.refused and not outcome.cancelled]
        new_keys = _tried(replace_lost_keys, refused) or ()
        opened = _tried(open_due, refused) or ()
        tell("offers to teams")
        _tried(lambda: draw_offers(units_of(arranged_somewhere())), refused)
        tell("lists of whom to ask again")
        _tried(destroy_what_is_over, refused)
        tell("doubts about slips")
        _tried(show_doubts, refused)
        tell("what became of actions")
        _tried(judge_actions, refused)
        tell("figures of supervision and debriefs")
        _tried(count_rooms, refused)
        tell("notes whose time is over")
        _tried(end_what_is_over, refused)
        tell("the head of the ledger")
        _tried(keep_head, refused)
        made = _tried(lambda: _rewrite_and_back_up(places, tell), refused)
        if not refused:
            remember(read_upkeep().model_copy(update={"night": clock.today()}))
        # Last, so that a mail server that does not answer keeps nothing else waiting.
        tell("letters to those who want them")
        letters = send_letters()
    return Night(
        tuple(row.number for row in opened),
        tuple(outcome.number for outcome in outcomes if not outcome.refused),
        tuple(outcome.number for outcome in outcomes if outcome.cancelled),
        tuple(row.number for row in new_keys),
        made,
        tuple(refused),
        letters.are_waiting,
    )


def _tried(part: Callable[[], Result], refused: list[Refused]) -> Result | None:
    try:
        return part()
    except Refused as refusal:
        refused.append(refusal)
        return None


def _rewrite_and_back_up(places: Places | None, tell: Tell) -> BackupMade | None:
    chosen = places or read_upkeep().places
    if chosen is None:
        rewrite(progress=tell)
        return None
    return _back_up(chosen, tell, actions.TIMETABLE)


def back_up(places: Places, tell: Tell, *, actor: str = actions.OPERATOR) -> BackupMade:
    """Rewrite, then write both artefacts.

    Args:
        places: where to, and how many are kept; remembered for the nights.
        tell: hears of progress.
        actor: who asked for it, for the ledger.

    Raises:
        Refused: the places do not serve, or another night's work is running.
    """
    with one_at_a_time(Path(settings.REPLENISH_INSTANCE)):
        return _back_up(places, tell, actor)


def _back_up(places: Places, tell: Tell, actor: str) -> BackupMade:
    rewrite(progress=tell)
    made = write_backup(places, tell)
    with transaction.atomic():
        actions.record(
            organisation=actions.WHOLE_INSTALLATION,
            event=Event.BACKUP_MADE,
            actor=actor,
            content={"backup": made.sha256},
        )
    remember(read_upkeep().with_places(places).model_copy(update={"backup": clock.today()}))
    return made
