"""What is written here: arrangements, offers drawn beforehand, and an offer that somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import DebriefFault
from replenish.debrief.chance import made_unasked
from replenish.debrief.models import Arrangement, Kind, TeamOffer
from replenish.debrief.windows import next_window, window_of
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people import rules
from replenish.people.askers import Asker

LONGEST = 200


def arrange(*, asker: Asker, kind: str, turn_to: str) -> None:
    """Say that something is arranged for every team, and whom a team turns to; again replaces the words.

    Raises:
        Refused: an unknown kind, no words or too many, or the asker is neither operator nor steward of the
            whole organisation.
    """
    _require_kind(kind)
    words = " ".join(turn_to.split())
    if not words or len(words) > LONGEST:
        refuse(DebriefFault.TURN_TO, most=LONGEST)
    with transaction.atomic():
        _require_whole(asker)
        Arrangement.objects.update_or_create(
            id=f"{asker.organisation}.{kind}",
            defaults={
                "organisation": asker.organisation,
                "kind": kind,
                "turn_to": words,
                "since": clock.today(),
            },
        )
        record(
            organisation=asker.organisation,
            event=Event.OFFER_ARRANGED,
            actor=asker.actor,
            content={"kind": kind},
        )


def end_arrangement(*, asker: Asker, kind: str) -> None:
    """Say that something is no longer arranged; without one, nothing changes.

    Raises:
        Refused: an unknown kind, or the asker may not.
    """
    _require_kind(kind)
    with transaction.atomic():
        _require_whole(asker)
        gone, _tables = Arrangement.objects.filter(organisation=asker.organisation, kind=kind).delete()
        if gone:
            record(
                organisation=asker.organisation,
                event=Event.OFFER_ENDED,
                actor=asker.actor,
                content={"kind": kind},
            )


def draw_offers(units: Iterable[str]) -> int:
    """Draw by chance what is offered to each team now and in the next two windows; says how many were drawn.

    What was drawn stays, so that drawing again changes nothing; windows that are over are forgotten.
    """
    now = window_of(clock.now())
    windows = (now, next_window(now), next_window(next_window(now)))
    rows = [
        TeamOffer(id=f"{unit}.{kind}.{window}", unit=unit, kind=kind, from_day=window, made=made_unasked())
        for unit in sorted(set(units))
        for kind in Kind.values
        for window in windows
    ]
    with transaction.atomic():
        TeamOffer.objects.filter(from_day__lt=now).delete()
        before = TeamOffer.objects.count()
        TeamOffer.objects.bulk_create(rows, ignore_conflicts=True)
        return TeamOffer.objects.count() - before


def ask(unit: str, kind: str) -> None:
    """Have the offer made to a team in the next window; nothing about the asking is kept.

    Args:
        unit: of the team, as the carers' side knows it.
        kind: what is asked for.

    Raises:
        Refused: an unknown kind, or nothing is drawn for this team yet.
    """
    _require_kind(kind)
    window = next_window(window_of(clock.now()))
    # One statement, whatever the row said before: nothing differs with whether the offer was drawn already.
    if not TeamOffer.objects.filter(unit=unit, kind=kind, from_day=window).update(made=True):
        refuse(DebriefFault.NOT_DRAWN)


def _require_kind(kind: str) -> None:
    if kind not in Kind.values:
        refuse(DebriefFault.KIND, known=", ".join(Kind.values))


def _require_whole(asker: Asker) -> None:
    if not rules.may_change_units(asker, [None], ()):
        refuse(DebriefFault.NOT_ALLOWED)
