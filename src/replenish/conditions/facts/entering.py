"""Entering, correcting and taking back figures. Nothing is ever deleted, and each write is in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.adding_up import Period, add_up_again
from replenish.conditions.facts.book import Book, Entry, Kept, hundredths, open_book
from replenish.conditions.facts.checking import problems_with
from replenish.conditions.facts.rules import Entrant, entrant_of
from replenish.conditions.models import FactState, ProvidedFact
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.actions.organisations import locked, new_id
from replenish.people.askers import Asker


@dataclass(frozen=True)
class Taken:
    """What became of several figures.

    Attributes:
        entered: how many are new.
        there: how many stood there already, number for number.
    """

    entered: int
    there: int


def enter_fact(*, asker: Asker, entry: Entry) -> str:
    """Keep a figure and give its id. The same figure again changes nothing.

    Raises:
        Refused: the asker may not, or the figure cannot be; every reason at once.
    """
    entry = _tidied(entry)
    with transaction.atomic():
        book, entrant = _opened(asker, [entry])
        _require_may(entrant, entry.unit, entry.kind)
        same = same_in(book, entry)
        if same is not None:
            return same.id
        _require_sound(entry, book)
        row = _kept(asker, entry)
        add_up_again(asker.organisation, [_period(row)], book.trees)
        _tell(asker, Event.FACT_ENTERED, row)
    return row.id


def enter_facts(*, asker: Asker, entries: Sequence[Entry]) -> Taken:
    """Keep all of these figures or none; those that stand there already are left as they are.

    Raises:
        Refused: one of them cannot be kept; somebody may have entered another one since they were looked at.
    """
    entries = [_tidied(entry) for entry in entries]
    made: list[ProvidedFact] = []
    with transaction.atomic():
        book, entrant = _opened(asker, entries)
        for entry in entries:
            _require_may(entrant, entry.unit, entry.kind)
            if same_in(book, entry) is None:
                _require_sound(entry, book)
                made.append(_row(asker, entry))
                book.add(kept_of(made[-1]))
        ProvidedFact.objects.bulk_create(made, batch_size=500)
        add_up_again(asker.organisation, map(_period, made), book.trees)
        if made:
            record(
                organisation=asker.organisation,
                event=Event.FACTS_IMPORTED,
                actor=asker.actor,
                content={"facts": len(made)},
            )
    return Taken(len(made), len(entries) - len(made))


def correct_fact(*, asker: Asker, fact: str, entry: Entry) -> str:
    """Put a figure in the place of another, which stays and says so. Gives the id of the one that counts.

    Args:
        asker: may enter it.
        fact: the id of the one that is wrong.
        entry: of the same part and kind; its days may differ.

    Raises:
        Refused: there is no such figure any more, the asker may not, or the new one cannot be.
    """
    entry = _tidied(entry)
    with transaction.atomic():
        old = _current(asker, fact)
        entry = replace(entry, unit=old.unit, kind=old.kind)
        book, entrant = _opened(asker, [entry])
        _require_may(entrant, old.unit, old.kind)
        if _says(old) == (entry.first_day, entry.last_day, *_numbers(entry)) and old.source == entry.source:
            return old.id
        _require_sound(entry, book, instead_of=old.id)
        _end(asker, old, FactState.CORRECTED)
        row = _kept(asker, entry, replaces=old.id)
        add_up_again(asker.organisation, [_period(old), _period(row)], book.trees)
        _tell(asker, Event.FACT_CORRECTED, row, before=old.id)
    return row.id


def take_back(*, asker: Asker, fact: str) -> None:
    """Let a figure count no longer. It stays in the history; doing it twice changes nothing.

    Raises:
        Refused: there is no such figure, or the asker may not.
    """
    with transaction.atomic():
        row = ProvidedFact.objects.filter(organisation=asker.organisation, id=fact).first()
        if row is None:
            refuse(PeopleFault.UNIT_UNKNOWN, unit=fact, on=clock.today().isoformat())
        book, entrant = _opened(asker, [])
        _require_may(entrant, row.unit, row.kind)
        if row.state == FactState.TAKEN_BACK:
            return
        if row.state != FactState.CURRENT:
            refuse(FactFault.FACT_UNKNOWN)
        _end(asker, row, FactState.TAKEN_BACK)
        add_up_again(asker.organisation, [_period(row)], book.trees)
        _tell(asker, Event.FACT_TAKEN_BACK, row)


def same_in(book: Book, entry: Entry) -> Kept | None:
    """The figure that stands there already, number for number."""
    said = (entry.first_day, entry.last_day, *_numbers(entry))
    rows = book.current(entry)
    return next((row for row in rows if (row.first_day, row.last_day, row.count, row.out_of) == said), None)


def kept_of(row: ProvidedFact) -> Kept:
    """A row as far as it matters to another one."""
    return Kept(row.id, row.unit, row.kind, row.first_day, row.last_day, row.count, row.out_of, row.state)


def _opened(asker: Asker, entries: Sequence[Entry]) -> tuple[Book, Entrant]:
    """The book and what the asker may, with nobody else writing until the transaction ends."""
    locked(asker)
    book = open_book(asker.organisation, entries)
    return book, entrant_of(asker, book.trees.on(clock.today()))


def _require_may(entrant: Entrant, unit: str, kind: str) -> None:
    if not entrant.may_enter(unit, kind):
        refuse(PeopleFault.NOT_ALLOWED, needed="somebody who answers for this part")


def _require_sound(entry: Entry, book: Book, *, instead_of: str = "") -> None:
    wrong = problems_with(entry, book, instead_of=instead_of)
    if wrong:
        raise Refused(wrong)


def _current(asker: Asker, fact: str) -> ProvidedFact:
    """The row as it stands, or the silence for what is not there."""
    row = ProvidedFact.objects.filter(organisation=asker.organisation, id=fact).first()
    if row is None:
        refuse(PeopleFault.UNIT_UNKNOWN, unit=fact, on=clock.today().isoformat())
    if row.state != FactState.CURRENT:
        refuse(FactFault.FACT_UNKNOWN)
    return row


def _tidied(entry: Entry) -> Entry:
    return replace(entry, source=" ".join(entry.source.split()))


def _numbers(entry: Entry) -> tuple[int, int]:
    return hundredths(entry.count), hundredths(entry.out_of)


def _says(row: ProvidedFact) -> tuple[object, ...]:
    return row.first_day, row.last_day, row.count, row.out_of


def _row(asker: Asker, entry: Entry, *, replaces: str = "") -> ProvidedFact:
    count, out_of = _numbers(entry)
    return ProvidedFact(
        id=new_id(),
        organisation=asker.organisation,
        unit=entry.unit,
        kind=entry.kind,
        first_day=entry.first_day,
        last_day=entry.last_day,
        count=count,
        out_of=out_of,
        source=entry.source,
        entered_by=asker.account or "",
        entered_on=clock.today(),
        replaces=replaces,
    )


def _kept(asker: Asker, entry: Entry, *, replaces: str = "") -> ProvidedFact:
    row = _row(asker, entry, replaces=replaces)
    row.save(force_insert=True)
    return row


def _end(asker: Asker, row: ProvidedFact, state: FactState) -> None:
    row.state, row.ended_by, row.ended_on = state, asker.account or "", clock.today()
    row.save(update_fields=["state", "ended_by", "ended_on"])


def _period(row: ProvidedFact) -> Period:
    return row.kind, row.first_day, row.last_day


def _tell(asker: Asker, event: Event, row: ProvidedFact, **more: str) -> None:
    record(
        organisation=asker.organisation,
        event=event,
        actor=asker.actor,
        content={
            "fact": row.id,
            "kind": row.kind,
            "unit": row.unit or None,
            "from": row.first_day.isoformat(),
            "until": row.last_day.isoformat(),
            **more,
        },
    )
