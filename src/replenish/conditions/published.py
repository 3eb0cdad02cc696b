"""What was published, as rows and as releases: signed when written, checked whole when read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.basis.identifiers import canonical_json
from replenish.conditions.collecting import uncollected
from replenish.conditions.models import PublishedRelease, Round
from replenish.disclosure.release import Release, chain_from_plain, to_plain
from replenish.sealing.signing import InstanceSigner


def row_of(release: Release, round_row: Round, *, number: int, visible_from: date) -> PublishedRelease:
    """The row of a release, signed and not saved; its content depends on the release alone.

    Args:
        release: the release.
        round_row: its round.
        number: its place in the chain, from 1.
        visible_from: the first day on which it is shown.
    """
    body = canonical_json(to_plain(release))
    signer = InstanceSigner(settings.REPLENISH_KEYS)
    return PublishedRelease(
        id=release.hash[:32],
        organisation=round_row.season.organisation,
        round=round_row,
        number=number,
        rule=release.rule,
        body=body,
        hash=release.hash,
        previous=release.previous or "",
        signature=signer.sign(body.encode()),
        public_key=signer.public_key(),
        visible_from=visible_from,
    )


def chain_of(organisation: str) -> list[PublishedRelease]:
    """The rows of an organisation, oldest first."""
    return list(PublishedRelease.objects.filter(organisation=organisation).order_by("number"))


def releases_of(rows: Sequence[PublishedRelease]) -> list[Release]:
    """The releases of a chain from its first on; each is checked against its signature and all before it.

    What this process has checked is not checked again while its row is the same to the last byte.

    Args:
        rows: of one organisation, as `chain_of` gives them, or the first of these.

    Raises:
        Refused: a row was changed, one is missing, or one says more than the rules allow.
    """
    if not rows:
        return []
    prints = [_print_of(row) for row in rows]
    known = _checked.get(rows[0].organisation, _Checked((), ()))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(known.prints, prints, strict=False)))
    releases = _checked_behind(known.releases[:same], rows[same:])
    if same < len(rows):
        _remember(rows[0].organisation, _Checked(tuple(prints), tuple(releases)))
    return releases


def _checked_behind(known: Sequence[Release], rows: Sequence[PublishedRelease]) -> list[Release]:
    for row in rows:
        if not InstanceSigner.verify(row.public_key, row.body.encode(), row.signature):
            refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=row.number)
    with uncollected():
        releases = chain_from_plain([json.loads(row.body) for row in rows], known=known)
    for number, (row, release) in enumerate(zip(rows, releases[len(known) :], strict=True), len(known) + 1):
        beside = (row.number, row.rule, row.hash, row.previous)
        if beside != (number, release.rule, release.hash, release.previous or ""):
            refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=row.number)
    return releases


@dataclass(frozen=True)
class _Checked:
    """What this process has read of one chain: a print of each row, and its release. Public in it anyway."""

    prints: tuple[bytes, ...]
    releases: tuple[Release, ...]


MOST_REMEMBERED = 8
"""So many chains are remembered; an installation for more organisations reads some of them anew."""

_checked: dict[str, _Checked] = {}


def _remember(organisation: str, checked: _Checked) -> None:
    known = _checked.pop(organisation, None)
    if known is not None and known.prints[: len(checked.prints)] == checked.prints:
        # Another thread has read the same chain, and further, in the meantime.
        checked = known
    while len(_checked) >= MOST_REMEMBERED:
        _checked.pop(next(iter(_checked), ""), None)
    _checked[organisation] = checked


def _print_of(row: PublishedRelease) -> bytes:
    """Everything that was checked about a row, in 32 bytes."""
    said = (row.number, row.rule, row.hash, row.previous, row.signature, row.public_key)
    print_ = hashlib.sha256(repr(said).encode())
    # Apart from the rest: it is long, and to write it out with quotation marks takes longer than to hash it.
    print_.update(hashlib.sha256(row.body.encode()).digest())
    return print_.digest()


def asked_in(row: PublishedRelease) -> set[tuple[str, float, float]]:
    """Name and range of each scale a release speaks about."""
    return {(scale["name"], scale["low"], scale["high"]) for scale in json.loads(row.body)["scales"]}
