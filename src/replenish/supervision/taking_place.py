"""That a meeting took place, as facts: how long, and whether time to reflect was kept; never what was said.

One of its parties writes them down and the others confirm them. Once all have, they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rhythm import RhythmFault
from replenish.basis.identifiers import content_hash
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts
from replenish.supervision.meetings import locked_meeting
from replenish.supervision.models import KEY_LENGTH, Confirmation, Meeting, MeetingState, Party
from replenish.supervision.points import points

MOST_MINUTES = 480
MOST_POINTS = 20


@dataclass(frozen=True)
class Facts:
    """What is written down about a meeting that took place.

    Attributes:
        minutes: how long it was.
        interrupted: whether it was interrupted.
        reflective_kept: whether the agreed time for reflection was kept.
        functions: what it touched, as codes of the list.
        wellbeing_offered: whether somebody offered to ask how things are; never what was said.
        raised: points about conditions that go on to those who can change them.
        closed: such points that came back with an answer.
    """

    minutes: int
    interrupted: bool
    reflective_kept: bool
    functions: tuple[str, ...]
    wellbeing_offered: bool
    raised: int
    closed: int


@dataclass(frozen=True)
class FactsTold:
    """The facts as the parties see them.

    Attributes:
        facts: what was written down.
        written_on: the day.
        confirmed: names of those who confirmed, whoever wrote it among them.
        waits_for: names of those who did not yet.
        waits_for_me: whether the reader is one of them.
    """

    facts: Facts
    written_on: date | None
    confirmed: tuple[str, ...]
    waits_for: tuple[str, ...]
    waits_for_me: bool


def write_facts(*, asker: Asker, meeting: str, facts: Facts) -> None:
    """Write down that a meeting took place; again replaces it, and the others confirm anew.

    Raises:
        Refused: the asker is no party, the day is to come, it fell through, all have confirmed, or something
            cannot be.
    """
    clean = _clean(facts)
    with transaction.atomic():
        row = locked_meeting(asker, meeting)
        if row.state not in (MeetingState.PLANNED, MeetingState.HELD):
            refuse(RhythmFault.NOT_PLANNED)
        if row.day is None or row.day > clock.today():
            refuse(RhythmFault.TO_COME)
        if row.state == MeetingState.HELD:
            if _facts(row) == clean:
                _confirm(asker, row)
                return
            if not _waits_for(row):
                refuse(RhythmFault.CONFIRMED)
        for name, value in vars(clean).items():
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
        row.state = MeetingState.HELD
        row.recorded_by, row.recorded_on = asker.account or "", clock.today()
        row.save()
        row.confirmations.all().delete()
        _confirm(asker, row)


def confirm_facts(*, asker: Asker, meeting: str, read: Facts) -> None:
    """Say that the facts are right; twice changes nothing.

    Args:
        asker: one of the parties.
        meeting: its id.
        read: the facts they had before them.

    Raises:
        Refused: there are none for them, or they were changed since they were read.
    """
    clean = _clean(read)
    with transaction.atomic():
        row = locked_meeting(asker, meeting)
        if row.state != MeetingState.HELD or _facts(row) != clean:
            refuse(RhythmFault.NOT_PLANNED)
        _confirm(asker, row)


def facts_of(asker: Asker, meeting: str) -> FactsTold | None:
    """The facts of a meeting; None where none are written down, or it is not the asker's."""
    mine = Party.objects.filter(account=asker.account or "", left_on__isnull=True).values("agreement")
    row = Meeting.objects.filter(
        pk=meeting, agreement__in=mine, agreement__organisation=asker.organisation, state=MeetingState.HELD
    ).first()
    if row is None:
        return None
    names, waits = names_of_accounts(asker.organisation), _waits_for(row)
    confirmed = row.confirmations.order_by("confirmed_on", "id").values_list("account", flat=True)
    return FactsTold(
        _facts(row),
        row.recorded_on,
        tuple(names.get(one, "") for one in confirmed),
        tuple(sorted(names.get(one, "") for one in waits)),
        asker.account in waits,
    )


def _facts(row: Meeting) -> Facts:
    return Facts(
        row.minutes or 0,
        bool(row.interrupted),
        bool(row.reflective_kept),
        tuple(row.functions),
        bool(row.wellbeing_offered),
        row.raised,
        row.closed,
    )


def _waits_for(row: Meeting) -> frozenset[str]:
    parties = Party.objects.filter(agreement=row.agreement_id, left_on__isnull=True)
    confirmed = row.confirmations.values_list("account", flat=True)
    return frozenset(parties.exclude(account__in=confirmed).values_list("account", flat=True))


def _confirm(asker: Asker, row: Meeting) -> None:
    account = asker.account or ""
    Confirmation.objects.get_or_create(
        meeting=row,
        account=account,
        defaults={
            "id": content_hash([row.id, account])[:KEY_LENGTH],
            "confirmed_on": clock.today(),
        },
    )


def _clean(facts: Facts) -> Facts:
    if not 1 <= facts.minutes <= MOST_MINUTES:
        refuse(RhythmFault.MINUTES, most=MOST_MINUTES)
    if not (0 <= facts.raised <= MOST_POINTS and 0 <= facts.closed <= MOST_POINTS):
        refuse(RhythmFault.POINTS, most=MOST_POINTS)
    known = [one.code for one in points().functions]
    if not set(facts.functions) <= set(known):
        refuse(RhythmFault.FUNCTION)
    functions = tuple(code for code in known if code in facts.functions)
    return Facts(
        facts.minutes,
        facts.interrupted,
        facts.reflective_kept,
        functions,
        facts.wellbeing_offered,
        facts.raised,
        facts.closed,
    )
