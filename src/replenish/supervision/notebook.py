"""One person's own notes about their supervision: one sealed notebook, opened by their phrase alone.

It is written anew as a whole, without a date: how often somebody writes is not to be seen in it. What
is meant for others is copied by its owner, by hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from replenish.basis.errors import refuse
from replenish.basis.faults.records import RecordFault
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.record_keys import own_half
from replenish.sealing.record_key import RecordKey
from replenish.sealing.shared_record import RecordName, SealedRecord, open_record, seal_record
from replenish.supervision.models import Notebook

KIND = "supervision notebook"
# The version bound to the sealing stays: a number that grew would count how often somebody writes.
_VERSION = 1


@dataclass(frozen=True)
class OwnNote:
    """Something its owner alone reads.

    Attributes:
        note: its name in the notebook.
        agreement: which agreement it is about; empty for none.
        meeting: which meeting it is about; empty for none.
        is_for_agenda: whether it is a first form of what they want to talk about.
        text: what it says.
    """

    note: str
    agreement: str
    meeting: str
    is_for_agenda: bool
    text: str


def begin_notebook(asker: Asker) -> None:
    """Begin an empty notebook for a key that was just made; one that its owner cannot open any more goes.

    Raises:
        Refused: the asker has no key.
    """
    _keep(asker, ())


def read_notebook(asker: Asker, key: RecordKey) -> tuple[OwnNote, ...]:
    """All of it, oldest first.

    Raises:
        Refused: it does not open with this key.
    """
    row = Notebook.objects.filter(pk=asker.account or "", organisation=asker.organisation).first()
    if row is None:
        return ()
    sealed = SealedRecord(bytes(row.sealed), {row.account: bytes(row.sealed_key)})
    written = json.loads(open_record(_name(row.account), sealed, row.account, key))
    return tuple(OwnNote(**one) for one in written)


def keep_own_note(asker: Asker, key: RecordKey, said: OwnNote, *, read: str | None) -> None:
    """Keep a note in the notebook, in place of the one of its name; without text it goes.

    Args:
        asker: whose notebook it is.
        key: theirs.
        said: the note.
        read: what the note said when its owner began to write; None for a new one.

    Raises:
        Refused: the note was changed meanwhile, or there is no room.
    """
    with transaction.atomic():
        Notebook.objects.select_for_update().filter(pk=asker.account or "").first()
        kept = {one.note: one for one in read_notebook(asker, key)}
        there = kept.get(said.note)
        if (None if there is None else there.text) not in (read, said.text):
            refuse(SupervisionFault.NOTEBOOK_CHANGED)
        if said.text.strip():
            kept[said.note] = said
        else:
            kept.pop(said.note, None)
        _keep(asker, tuple(kept.values()))


def _keep(asker: Asker, notes: Sequence[OwnNote]) -> None:
    half = own_half(asker)
    if half is None:
        refuse(RecordFault.KEY_MISSING)
    written = json.dumps([asdict(one) for one in notes], ensure_ascii=False).encode()
    sealed = seal_record(_name(half.account), written, {half.account: half.public})
    Notebook.objects.update_or_create(
        account=half.account,
        defaults={
            "organisation": asker.organisation,
            "key_number": half.number,
            "sealed": sealed.content,
            "sealed_key": sealed.keys[half.account],
        },
    )


def _name(account: str) -> RecordName:
    return RecordName(account, _VERSION, KIND)
