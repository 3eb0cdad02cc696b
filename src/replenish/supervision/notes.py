"""Notes that the parties of an agreement share: sealed to them, opened by their phrases, given on by them.

The room writes and reads what is sealed only while somebody's key is at hand; see `sealing/shared_record.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts
from replenish.people.record_keys import PublicHalf, public_halves
from replenish.sealing.record_key import RecordKey
from replenish.sealing.shared_record import (
    RecordName,
    SealedRecord,
    open_record,
    seal_for_more,
    seal_record,
)
from replenish.supervision.agreements import held
from replenish.supervision.models import (
    Agreement,
    AgreementKind,
    AgreementState,
    Meeting,
    Note,
    NoteKey,
    NoteKind,
    Part,
    Party,
)


@dataclass(frozen=True)
class Reader:
    """Somebody a note is sealed to, and whether their key as it is now opens it."""

    account: str
    name: str
    opens: bool


@dataclass(frozen=True)
class NoteTold:
    """A note, as one of its readers has it.

    Attributes:
        note: its id.
        agreement: to which it belongs.
        meeting: to which it belongs; empty for none.
        day: of that meeting; None without one.
        kind: what it is.
        version: which wording, from 1.
        written_by: the name of whoever wrote this version.
        written_on: the day of this version.
        readers: whom it is sealed to.
        text: what it says; None where it does not open with the reader's key.
    """

    note: str
    agreement: str
    meeting: str
    day: date | None
    kind: NoteKind
    version: int
    written_by: str
    written_on: date
    readers: tuple[Reader, ...]
    text: str | None


def write_shared(*, asker: Asker, agreement: str, meeting: str, text: str, read: int = 0) -> str:
    """Keep what was agreed in a meeting, sealed to all who belong to the agreement; gives the note's id.

    Args:
        asker: one of them.
        agreement: its id.
        meeting: which one.
        text: what was agreed.
        read: the version they had before them; 0 for a first one.

    Raises:
        Refused: not all have agreed yet; somebody has no key; the note was changed since it was read.
    """
    return _write(asker, NoteKind.SHARED, agreement, meeting, text, read)


def share_agenda(*, asker: Asker, agreement: str, meeting: str, text: str, read: int = 0) -> str:
    """Share what one wants to talk about, sealed to all who belong to the agreement; gives the note's id.

    Raises:
        Refused: as `write_shared`.
    """
    return _write(asker, NoteKind.AGENDA, agreement, meeting, text, read)


def notes_of(*, asker: Asker, key: RecordKey | None, agreement: str = "") -> tuple[NoteTold, ...]:
    """Every note that is sealed to the asker, newest first; of one agreement if one is named.

    Args:
        asker: who reads.
        key: theirs; without it nothing is opened.
        agreement: its id; empty for all.
    """
    rows = Note.objects.filter(keys__account=asker.account or "", agreement__organisation=asker.organisation)
    if agreement:
        rows = rows.filter(agreement=agreement)
    found = list(rows.select_related("meeting").prefetch_related("keys").order_by("-written_on", "id"))
    names = names_of_accounts(asker.organisation)
    halves = public_halves(asker.organisation, {one.account for row in found for one in row.keys.all()})
    return tuple(_told(row, names, halves, asker.account or "", key) for row in found)


def next_readers(asker: Asker, note: str) -> tuple[Reader, ...]:
    """To whom the asker may give a note that they can open.

    Those of its agreement whose key is new since, and where one person is supervised, the supervisor of an
    agreement that took over: the supervised person alone decides about that.

    Raises:
        Refused: there is no such note for them.
    """
    row = _own_note(asker, note)
    may = _may_read(row, asker.account or "")
    halves = public_halves(asker.organisation, may)
    sealed_to = {one.account: one.key_number for one in row.keys.all()}
    names = names_of_accounts(asker.organisation)
    new = [one for one in may if one in halves and sealed_to.get(one) != halves[one].number]
    return tuple(Reader(one, names[one], opens=False) for one in sorted(new) if one != asker.account)


def give(*, asker: Asker, key: RecordKey, note: str, to: str) -> None:
    """Let somebody read a note: after they lost their phrase, or as the next supervisor. Again is harmless.

    Raises:
        Refused: it does not open for the asker; it may not go to that person; they have no key.
    """
    with transaction.atomic():
        row = _own_note(asker, note)
        if to not in _may_read(row, asker.account or "") or to == asker.account:
            refuse(SupervisionFault.GIVE)
        half = _halves(asker, [to])[to]
        given = seal_for_more(_name(row), _sealed(row), asker.account or "", key, {to: half.public})
        NoteKey.objects.update_or_create(
            note=row,
            account=to,
            defaults={
                "sealed_key": given[to],
                "key_number": half.number,
                "given_on": clock.today(),
            },
            create_defaults={
                "id": secrets.token_hex(16),
                "sealed_key": given[to],
                "key_number": half.number,
                "given_on": clock.today(),
            },
        )


def without_key(asker: Asker, agreement: str) -> tuple[str, ...]:
    """The names of those in an agreement who have made no phrase yet: nothing can be sealed to them.

    Raises:
        Refused: there is no such agreement for the asker.
    """
    with transaction.atomic():
        row, _party = held(asker, agreement)
    names, accounts = names_of_accounts(asker.organisation), _standing(row)
    halves = public_halves(asker.organisation, accounts)
    return tuple(sorted(names[one] for one in accounts if one not in halves))


def _write(asker: Asker, kind: NoteKind, agreement: str, meeting: str, text: str, read: int) -> str:
    if not text.strip():
        refuse(SupervisionFault.NOTE_EMPTY)
    with transaction.atomic():
        row, _party = held(asker, agreement)
        if row.state != AgreementState.AGREED:
            refuse(
                SupervisionFault.ENDED if row.state == AgreementState.ENDED else SupervisionFault.NOT_AGREED
            )
        of = Meeting.objects.filter(pk=meeting, agreement=row).first()
        if of is None:
            refuse(SupervisionFault.MEETING)
        note = _next_version(asker, row, of, kind, read)
        halves = _halves(asker, _standing(row))
        sealed = seal_record(
            _name(note), text.encode(), {account: half.public for account, half in halves.items()}
        )
        note.sealed = sealed.content
        note.save()
        note.keys.all().delete()
        NoteKey.objects.bulk_create(
            NoteKey(
                id=secrets.token_hex(16),
                note=note,
                account=account,
                key_number=halves[account].number,
                sealed_key=sealed_key,
                given_on=clock.today(),
            )
            for account, sealed_key in sealed.keys.items()
        )
    return note.id


def _next_version(asker: Asker, row: Agreement, meeting: Meeting, kind: NoteKind, read: int) -> Note:
    """The note with its next version; a new one where there is none yet."""
    there = Note.objects.select_for_update().filter(meeting=meeting, kind=kind)
    if kind is NoteKind.AGENDA:
        there = there.filter(written_by=asker.account or "")
    note = there.first()
    if (note.version if note else 0) != read:
        refuse(SupervisionFault.NOTE_CHANGED)
    if note is None:
        note = Note(id=secrets.token_hex(16), agreement=row, meeting=meeting, kind=kind, version=0)
    note.version += 1
    note.written_by, note.written_on = asker.account or "", clock.today()
    return note


def _own_note(asker: Asker, note: str) -> Note:
    row = (
        Note.objects.filter(pk=note, keys__account=asker.account or "")
        .filter(agreement__organisation=asker.organisation)
        .select_related("agreement", "meeting")
        .first()
    )
    if row is None:
        refuse(SupervisionFault.NOTE)
    return row


def _may_read(row: Note, asker: str) -> Collection[str]:
    """To whom the asker may give this note."""
    agreement = row.agreement
    readers = set(_standing(agreement)) if agreement.parties.filter(account=asker).exists() else set()
    supervised = agreement.parties.filter(account=asker, part=Part.SUPERVISEE).exists()
    if supervised and agreement.kind in (AgreementKind.INDIVIDUAL, AgreementKind.EXTERNAL):
        after = Party.objects.filter(
            agreement__follows=agreement,
            agreement__state=AgreementState.AGREED,
            part=Part.SUPERVISOR,
            left_on__isnull=True,
        )
        own = after.filter(agreement__parties__account=asker)
        readers |= set(own.values_list("account", flat=True))
    return readers


def _standing(row: Agreement) -> list[str]:
    """The accounts that belong to an agreement today, or did when it ended."""
    return list(row.parties.filter(left_on__isnull=True).values_list("account", flat=True))


def _halves(asker: Asker, accounts: Collection[str]) -> Mapping[str, PublicHalf]:
    halves = public_halves(asker.organisation, accounts)
    missing = sorted(set(accounts) - halves.keys())
    if missing:
        refuse(SupervisionFault.NO_KEY, name=names_of_accounts(asker.organisation).get(missing[0], ""))
    return halves


def _told(
    row: Note,
    names: Mapping[str, str],
    halves: Mapping[str, PublicHalf],
    own: str,
    key: RecordKey | None,
) -> NoteTold:
    readers = tuple(
        Reader(
            one.account,
            names.get(one.account, ""),
            one.account in halves and halves[one.account].number == one.key_number,
        )
        for one in sorted(row.keys.all(), key=lambda one: names.get(one.account, ""))
    )
    return NoteTold(
        note=row.id,
        agreement=row.agreement_id,
        meeting=row.meeting_id or "",
        day=None if row.meeting is None else row.meeting.day or row.meeting.due_on,
        kind=NoteKind(row.kind),
        version=row.version,
        written_by=names.get(row.written_by, ""),
        written_on=row.written_on,
        readers=readers,
        text=None if key is None else _opened(row, own, key),
    )


def _opened(row: Note, own: str, key: RecordKey) -> str | None:
    """What it says; None where it was sealed to a key that its reader has replaced."""
    try:
        return open_record(_name(row), _sealed(row), own, key).decode()
    except Refused:
        return None


def _name(row: Note) -> RecordName:
    return RecordName(row.id, row.version, f"supervision {row.kind}")


def _sealed(row: Note) -> SealedRecord:
    return SealedRecord(bytes(row.sealed), {one.account: bytes(one.sealed_key) for one in row.keys.all()})
