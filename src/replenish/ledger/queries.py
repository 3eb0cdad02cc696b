"""Reading the ledger: everybody who acts for an organisation may read all that is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from replenish.basis.errors import refuse
from replenish.basis.faults import LedgerFault
from replenish.ledger.chain import Break, Finding, LedgerEntry, breaks
from replenish.ledger.events import Event
from replenish.ledger.heads import findings_against, kept_heads
from replenish.ledger.models import Entry

HEAD = re.compile(r"[0-9a-f]{64}")
# What SQLite and Django raise for a date or a content that is none.
UNREADABLE = (ValueError, TypeError, AttributeError)
FIELDS = ("number", "organisation", "at", "event", "actor", "content", "previous", "hash")


@dataclass(frozen=True)
class Verification:
    """What reading the whole chain gave.

    Attributes:
        entries: how many there are.
        head: the hash of the last one; keep it elsewhere, and a later cut can be seen.
        findings: every break; empty for an unbroken chain.
        signed_until: the number of the last entry whose head was signed and kept; None where there is none.
    """

    entries: int
    head: str | None
    findings: tuple[Finding, ...]
    signed_until: int | None = None

    @property
    def unbroken(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def entries(
    organisation: str, *, event: Event | None = None, after: int = 0, limit: int | None = None
) -> tuple[LedgerEntry, ...]:
    """What the ledger says about one organisation, oldest first; nothing about any other.

    Args:
        organisation: its id; `actions.WHOLE_INSTALLATION` for what concerns all.
        event: this kind only.
        after: from the entry after this number.
        limit: at most so many.
    """
    chosen = Entry.objects.filter(organisation=organisation, number__gt=after).order_by("number")
    if event is not None:
        chosen = chosen.filter(event=event.value)
    return tuple(LedgerEntry(*row) for row in chosen.values_list(*FIELDS)[:limit])


def newest(organisation: str, *, passed_over: int = 0, limit: int) -> tuple[LedgerEntry, ...]:
    """What the ledger says about one organisation, newest first; nothing about any other.

    Args:
        organisation: its id.
        passed_over: how many of the newest are left out.
        limit: at most so many.
    """
    chosen = Entry.objects.filter(organisation=organisation).order_by("-number")
    rows = chosen.values_list(*FIELDS)[passed_over : passed_over + limit]
    return tuple(LedgerEntry(*row) for row in rows)


def head() -> tuple[int, str] | None:
    """The number and the hash of the last entry; None for an empty ledger."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first()


def verify(*, pinned: str | None = None) -> Verification:
    """Read the whole chain and find every break, whoever it is about.

    It is held against the heads that this installation signed and keeps outside of the database.

    Args:
        pinned: a head that was kept elsewhere; what came after the last one that is kept is seen with it.

    Raises:
        Refused: `pinned` is no head of a ledger, or the file of signed heads is damaged.
    """
    if pinned is not None and not HEAD.fullmatch(pinned):
        refuse(LedgerFault.HEAD, head=pinned)
    seen = _Reading()
    findings = [*breaks(seen.rows(), head=pinned)]
    if seen.unreadable is not None:
        findings.append(Finding(seen.unreadable, Break.UNREADABLE))
    signed = kept_heads()
    findings += findings_against(signed)
    return Verification(seen.count, seen.head, tuple(findings), signed[-1].number if signed else None)


class _Reading:
    """Reads the rows in order, and stops at the first that cannot be what was written."""

    def __init__(self) -> None:
        self.count = 0
        self.head: str | None = None
        self.unreadable: int | None = None

    def rows(self) -> Iterator[LedgerEntry]:
        number = 0
        for together in (2_000, 1):
            rows = Entry.objects.filter(number__gt=number).order_by("number").values_list(*FIELDS)
            try:
                for row in rows.iterator(chunk_size=together):
                    entry = LedgerEntry(*row)
                    if not _is_whole(entry):
                        self.unreadable = number + 1
                        return
                    self.count, self.head, number = self.count + 1, entry.hash, entry.number
                    yield entry
            except UNREADABLE:
                # Somewhere in the rows that were fetched together; the second time they come one by one.
                continue
            return
        self.unreadable = number + 1


def _is_whole(entry: LedgerEntry) -> bool:
    """SQLite keeps whatever is put into a column: a number may have become a word."""
    texts: tuple[object, ...] = (entry.organisation, entry.event, entry.actor, entry.previous, entry.hash)
    plain: tuple[tuple[object, type], ...] = (
        (entry.number, int),
        (entry.at, datetime),
        (entry.content, dict),
    )
    return all(isinstance(text, str) for text in texts) and all(isinstance(one, kind) for one, kind in plain)
