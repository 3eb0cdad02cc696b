"""What was published, as rows and as releases: signed when written, checked whole when read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.basis.identifiers import canonical_json
from replenish.conditions.collecting import uncollected
from replenish.conditions.models import PublishedRelease, Round
from replenish.disclosure.release import Release, from_plain, to_plain
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

    Raises:
        Refused: a row was changed, one is missing, or one says more than the rules allow.
    """
    releases: list[Release] = []
    with uncollected():
        for row in rows:
            if not InstanceSigner.verify(row.public_key, row.body.encode(), row.signature):
                refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=row.number)
            releases.append(from_plain(json.loads(row.body), earlier=tuple(releases)))
    return releases


def asked_in(row: PublishedRelease) -> set[tuple[str, float, float]]:
    """Name and range of each scale a release speaks about."""
    return {(scale["name"], scale["low"], scale["high"]) for scale in json.loads(row.body)["scales"]}
