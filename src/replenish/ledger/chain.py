"""How one entry holds the one before it, and how a break in the chain is found. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from replenish.basis.identifiers import content_hash

FORMAT = "replenish-ledger-1"
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True)
class LedgerEntry:
    """One entry as it is kept.

    Attributes:
        number: its place in the chain, from 1.
        organisation: the one it is about; empty for the whole installation.
        at: when, in whole seconds, UTC.
        event: a public name of `Event`; text, so that what a newer version wrote can be read.
        actor: an account, "operator" or "timetable".
        content: what the event lists, and nothing else.
        previous: the hash of the entry before.
        hash: the hash of all the above.
    """

    number: int
    organisation: str
    at: datetime
    event: str
    actor: str
    content: Mapping[str, object]
    previous: str
    hash: str


class Break(Enum):
    """How the chain is broken at an entry."""

    CHANGED = "its content does not fit its hash: it was changed after it was written"
    UNLINKED = "it does not follow the entry before it: one of the two was replaced, inserted or moved"
    MISSING = "it is missing: it was removed"
    UNREADABLE = "it cannot be read: it was changed after it was written"
    HEAD_GONE = "the head that was kept is not in the ledger: its end was cut off or written anew"
    WRITTEN_ANEW = "it is not the entry whose head this installation signed: the ledger was written anew"
    HEAD_FORGED = "the head that was kept of it is not signed by this installation: its file was changed"


@dataclass(frozen=True)
class Finding:
    """One break and the number of the entry where it shows."""

    number: int
    why: Break


def entry_hash(
    *,
    number: int,
    organisation: str,
    at: datetime,
    event: str,
    actor: str,
    content: Mapping[str, object],
    previous: str,
) -> str:
    """SHA-256 over the canonical JSON of everything the entry says, its place and its predecessor."""
    return content_hash(
        {
            "format": FORMAT,
            "number": number,
            "organisation": organisation,
            "at": at.astimezone(UTC).isoformat(),
            "event": event,
            "actor": actor,
            "content": content,
            "previous": previous,
        }
    )


def breaks(entries: Iterable[LedgerEntry], *, head: str | None = None) -> Iterator[Finding]:
    """Every place where a chain is broken, in order.

    After a break the chain is followed from what is there, so that one change gives one or two findings
    and not one for every later entry.

    Args:
        entries: all there are, by number.
        head: the hash of an entry that was kept elsewhere, and must still be there.
    """
    expected, previous = 1, NOTHING_BEFORE
    head_found = head is None
    for entry in entries:
        yield from (Finding(number, Break.MISSING) for number in range(expected, entry.number))
        if entry.previous != previous:
            yield Finding(entry.number, Break.UNLINKED)
        if entry.hash != _hash_of(entry):
            yield Finding(entry.number, Break.CHANGED)
        head_found = head_found or entry.hash == head
        expected, previous = entry.number + 1, entry.hash
    if not head_found:
        yield Finding(expected, Break.HEAD_GONE)


def _hash_of(entry: LedgerEntry) -> str:
    return entry_hash(
        number=entry.number,
        organisation=entry.organisation,
        at=entry.at,
        event=entry.event,
        actor=entry.actor,
        content=entry.content,
        previous=entry.previous,
    )
