"""For how long notes are kept, and their end: a rule of the data file, carried out by the night.

Nothing is noted about it anywhere: that a note was there is nobody's business any more.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from replenish.basis import clock
from replenish.people.queries import accounts, organisations
from replenish.supervision.agreements import end_for_those_who_left
from replenish.supervision.models import Note, Notebook, NoteKey, NoteKind
from replenish.supervision.points import KEEP_AGENDA_DAYS, KEEP_SHARED_MONTHS, number

MONTHS_IN_YEAR = 12


def kept_until(kind: NoteKind, written_on: date, meeting_on: date | None) -> date:
    """The last day on which a note is kept, by the rule as it is today.

    Args:
        kind: what it is.
        written_on: the day of its last version.
        meeting_on: the day of its meeting; None without one.
    """
    if kind is NoteKind.AGENDA:
        return max(written_on, meeting_on or written_on) + timedelta(days=number(KEEP_AGENDA_DAYS))
    months = written_on.month - 1 + number(KEEP_SHARED_MONTHS)
    # The 28th is a day in every month.
    day = min(written_on.day, 28)
    return date(written_on.year + months // MONTHS_IN_YEAR, months % MONTHS_IN_YEAR + 1, day)


def end_what_is_over() -> None:
    """Destroy notes whose time is over, and what belongs to nobody who is still there; for the night."""
    for organisation in organisations():
        end_for_those_who_left(organisation.organisation)
        _forget_those_who_left(organisation.organisation)
    with transaction.atomic():
        over = [row.pk for row in Note.objects.select_related("meeting").defer("sealed") if _is_over(row)]
        Note.objects.filter(Q(pk__in=over) | Q(keys__isnull=True)).delete()


def _forget_those_who_left(organisation: str) -> None:
    """Keys and notebooks of people who have left: nobody could use them, and a dump should not hold them."""
    here = {one.account for one in accounts(organisation)}
    with transaction.atomic():
        gone = NoteKey.objects.filter(note__agreement__organisation=organisation)
        gone.exclude(account__in=here).delete()
        Notebook.objects.filter(organisation=organisation).exclude(account__in=here).delete()


def _is_over(row: Note) -> bool:
    meeting_on = None if row.meeting is None else row.meeting.day or row.meeting.due_on
    return kept_until(NoteKind(row.kind), row.written_on, meeting_on) < clock.today()
