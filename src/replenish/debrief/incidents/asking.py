"""Whom to ask again after an incident: a list that one facilitator opens, and that nobody has after day 31.

The list is sealed to the facilitator's own key, which only their phrase opens. The server keeps that there
is a list and the day on which it is destroyed. Lines, names and answers are inside, padded to one size. Each
time a list is kept its row is a new one: no counter and no order shows how often it was used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.clocks import Quarter
from replenish.debrief.incidents.model import step_model
from replenish.debrief.incidents.rules import require_facilitator
from replenish.debrief.incidents.sealing import opened, sealed_to
from replenish.debrief.incidents.tally import count_list
from replenish.debrief.incidents.writing import held, new_id
from replenish.debrief.models import AskingList, Incident
from replenish.people.askers import Asker
from replenish.people.record_keys import opened_key
from replenish.sealing.record_key import RecordKey, RecordSecret

MOST_LINES = 40
LONGEST_LINE = 60
ANSWERS = ("", "yes", "no", "none")
"""Not asked yet, said yes, said no, gave no answer."""

CHECKS = ("check_in", "second_check")
"""The steps whose answers a line holds."""

KIND = "list of whom to ask again"


@dataclass(frozen=True)
class Line:
    """One person to ask, as the facilitator calls them, and what they answered to each check."""

    who: str
    check_in: str = ""
    second_check: str = ""


@dataclass(frozen=True)
class ListFrame:
    """What the server knows of a list.

    Attributes:
        incident: which it is for.
        ask_from: the day from which people are asked again.
        destroy_on: the day on which it is destroyed.
        exists: whether anything is kept.
    """

    incident: str
    ask_from: date
    destroy_on: date
    exists: bool

    @property
    def is_over(self) -> bool:
        """Whether its day has come."""
        return self.destroy_on <= clock.today()


def frame_of(*, asker: Asker, incident: str) -> ListFrame:
    """What anybody who runs the server could know of the asker's list.

    Raises:
        Refused: the asker is no facilitator, or there is no such incident.
    """
    account = require_facilitator(asker)
    with transaction.atomic():
        row = held(asker, incident)
    exists = AskingList.objects.filter(incident=row, account=account).exists()
    return ListFrame(row.id, _ask_from(row), _destroy_on(row), exists)


def own_frames(asker: Asker) -> tuple[ListFrame, ...]:
    """The lists the asker keeps now, the one that ends first at the front.

    Raises:
        Refused: the asker is no facilitator.
    """
    account = require_facilitator(asker)
    rows = AskingList.objects.filter(
        account=account, organisation=asker.organisation, destroy_on__gt=clock.today()
    ).select_related("incident")
    frames = (
        ListFrame(row.incident_id, _ask_from(row.incident), row.destroy_on, exists=True) for row in rows
    )
    return tuple(sorted(frames, key=lambda one: (one.destroy_on, one.incident)))


def open_list(*, asker: Asker, incident: str, secret: RecordSecret) -> tuple[Line, ...]:
    """The lines of the asker's list; none before it was kept.

    Raises:
        Refused: the asker is no facilitator, the phrase is another's, the list is sealed to an earlier key,
            or its day has come.
    """
    account = require_facilitator(asker)
    with transaction.atomic():
        row = _living(asker, incident)
    kept = AskingList.objects.filter(incident=row, account=account).first()
    if kept is None:
        return ()
    return _read(opened(kept.id, KIND, bytes(kept.sealed), account, opened_key(asker, secret)))[1]


def keep_list(*, asker: Asker, incident: str, secret: RecordSecret, lines: Sequence[Line]) -> None:
    """Keep the list anew, sealed to the asker; what it said before is gone.

    Args:
        asker: a facilitator with a key.
        incident: which.
        secret: the phrase, which is needed for the counts of the quarter too.
        lines: all of them; none clears the list.

    Raises:
        Refused: as `open_list`, or the list is too long.
    """
    account = require_facilitator(asker)
    clean = _clean(lines)
    key = opened_key(asker, secret)
    with transaction.atomic():
        row = _living(asker, incident)
        before = AskingList.objects.filter(incident=row, account=account).first()
        mark = _mark_before(before, account, key)
        AskingList.objects.filter(incident=row, account=account).delete()
        fresh = new_id()
        content = json.dumps({"mark": mark, "lines": [vars(line) for line in clean]}).encode()
        AskingList.objects.create(
            id=fresh,
            organisation=asker.organisation,
            account=account,
            incident=row,
            sealed=sealed_to(asker, account, fresh, KIND, content),
            destroy_on=_destroy_on(row),
        )
        count_list(
            asker=asker, account=account, key=key, quarter=Quarter.of(row.day), mark=mark, asked=_asked(clean)
        )


def give_up_list(*, asker: Asker, incident: str) -> None:
    """Destroy the asker's list before its day; what was counted stays.

    Raises:
        Refused: the asker is no facilitator, or there is no such incident.
    """
    account = require_facilitator(asker)
    with transaction.atomic():
        row = held(asker, incident)
        AskingList.objects.filter(incident=row, account=account).delete()


def _clean(lines: Sequence[Line]) -> tuple[Line, ...]:
    clean = tuple(Line(" ".join(one.who.split()), one.check_in, one.second_check) for one in lines)
    named = tuple(one for one in clean if one.who)
    if len(named) > MOST_LINES or any(len(one.who) > LONGEST_LINE for one in named):
        refuse(IncidentFault.LIST_LONG, most=MOST_LINES, letters=LONGEST_LINE)
    if any(getattr(one, check) not in ANSWERS for one in named for check in CHECKS):
        refuse(IncidentFault.CHOICE)
    return named


def _asked(lines: Sequence[Line]) -> Mapping[str, tuple[int, int]]:
    """By check, how many were asked and how many said yes."""
    return {
        check: (
            sum(1 for one in lines if getattr(one, check)),
            sum(1 for one in lines if getattr(one, check) == "yes"),
        )
        for check in CHECKS
    }


def _mark_before(before: AskingList | None, account: str, key: RecordKey) -> str:
    """By what the counts of the quarter know this list: the same each time it is kept, and nowhere else."""
    if before is None:
        return new_id()
    mark, _lines = _read(opened(before.id, KIND, bytes(before.sealed), account, key))
    return mark


def _read(content: bytes) -> tuple[str, tuple[Line, ...]]:
    said = json.loads(content)
    return said["mark"], tuple(Line(**line) for line in said["lines"])


def _living(asker: Asker, incident: str) -> Incident:
    row = held(asker, incident)
    # Read so that a list is over on its day, whether or not the night has destroyed it yet.
    if _destroy_on(row) <= clock.today():
        refuse(IncidentFault.LIST_OVER)
    return row


def _ask_from(row: Incident) -> date:
    return row.day + timedelta(days=step_model().asking_list.ask_from_day)


def _destroy_on(row: Incident) -> date:
    return row.day + timedelta(days=step_model().asking_list.destroy_on_day)
