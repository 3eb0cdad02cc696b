"""What was published about sessions of supervision: signed, and checked whole when it is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.basis.identifiers import canonical_json
from replenish.conditions.opens import opens_to_members
from replenish.conditions.ratings.tables import PublishedRating
from replenish.disclosure.release import Release, chain_from_plain, to_plain
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.people.rules import roles_of
from replenish.sealing.signing import InstanceSigner


@dataclass(frozen=True)
class SeasonRated:
    """What was said after sessions of supervision in one season, over the whole organisation.

    Attributes:
        release: it holds one group.
        season: counted from the organisation's first.
        visible_from: the first day on which members could read it.
    """

    release: Release
    season: int
    visible_from: date


def row_of(
    release: Release, *, organisation: str, round_id: str, season: int, visible_from: date
) -> PublishedRating:
    """The row of a release, signed and not saved.

    Args:
        release: the release.
        organisation: whose it is.
        round_id: the round with whose close it was made.
        season: counted from the organisation's first.
        visible_from: the first day on which it is shown.
    """
    body = canonical_json(to_plain(release))
    signer = InstanceSigner(settings.REPLENISH_KEYS)
    return PublishedRating(
        id=release.hash[:32],
        organisation=organisation,
        round=round_id,
        season=season,
        number=PublishedRating.objects.filter(organisation=organisation).count() + 1,
        rule=release.rule,
        body=body,
        hash=release.hash,
        previous=release.previous or "",
        signature=signer.sign(body.encode()),
        public_key=signer.public_key(),
        visible_from=visible_from,
    )


def ratings_of(organisation: str) -> list[Release]:
    """The releases of an organisation, oldest first, each checked against its signature and all before it.

    Raises:
        Refused: a row was changed, one is missing, or one says more than the rules allow.
    """
    return _checked(list(PublishedRating.objects.filter(organisation=organisation).order_by("number")))


def rated_seasons(asker: Asker) -> tuple[SeasonRated, ...]:
    """What somebody who acts for an organisation may read today, oldest first: from the members' day on.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    if not roles_of(asker).filter(kind__in=READERS).exists():
        return ()
    rows = list(PublishedRating.objects.filter(organisation=asker.organisation).order_by("number"))
    told = zip(rows, _checked(rows), strict=True)
    return tuple(
        SeasonRated(release, row.season, opens_to_members(row.visible_from))
        for row, release in told
        if opens_to_members(row.visible_from) <= clock.today()
    )


def _checked(rows: Sequence[PublishedRating]) -> list[Release]:
    for row in rows:
        if not InstanceSigner.verify(row.public_key, row.body.encode(), row.signature):
            refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=row.number)
    releases = chain_from_plain([json.loads(row.body) for row in rows])
    for number, (row, release) in enumerate(zip(rows, releases, strict=True), 1):
        if (row.number, row.hash, row.previous) != (number, release.hash, release.previous or ""):
            refuse(RoundFault.RELEASE_CHANGED_AT_REST, number=row.number)
    return releases
