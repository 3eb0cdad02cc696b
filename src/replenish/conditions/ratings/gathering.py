"""What a release of ratings depends on, read when a season's last round closes."""

from __future__ import annotations

from typing import cast

from replenish.conditions.models import Round
from replenish.conditions.ratings.pooling import Terms
from replenish.conditions.ratings.published import ratings_of
from replenish.supervision.counts import supervisees_by_supervisor


def terms_of(found: Round) -> Terms:
    """The terms of a round's season; supervisors are those with people on one of its days.

    Raises:
        Refused: an earlier release was changed after it was signed, or one is missing.
    """
    season = found.season
    codes = cast("dict[str, str]", season.group_codes)
    return Terms(
        season=season.number,
        supervisors=supervisees_by_supervisor(season.organisation, season.starts_on, found.closes_on),
        people={codes[label]: int(people) for label, people in found.people.items() if label in codes},
        floor=found.floor,
        earlier=ratings_of(season.organisation),
    )
