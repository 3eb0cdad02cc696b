"""P8: releases form a chain; each names the hash of the one before, and none is made twice."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import RULE, goes_back, rule_named
from replenish.disclosure.construction import require_genuine
from replenish.disclosure.partition.groups import Partition
from replenish.disclosure.release.published import Release
from replenish.disclosure.scale import AnswerScale

FIRST_SEASON = 1


def require_chain(releases: Sequence[Release]) -> None:
    """Accept releases that follow one another, oldest first, each unchanged since it was made.

    Raises:
        Refused: one was made or changed elsewhere, or under a rule nobody knows; one is missing or out of
            order; two have the same round; the questions change on the way, the floor falls, the rule goes
            back to an earlier one, or the groups change within a season.
    """
    for position, release in enumerate(releases):
        require_next(releases[:position], release)


def require_next(earlier: Sequence[Release], release: Release) -> None:
    """Accept a release behind a chain that was accepted before, and is not looked at again.

    Raises:
        Refused: as `require_chain`, for this release.
    """
    require_genuine(release, Release)
    rule_named(release.rule)
    if not earlier:
        if release.previous is not None or release.season != FIRST_SEASON:
            refuse(DisclosureFault.RELEASE_CHAIN, round=release.round)
        return
    before = earlier[-1]
    if release.previous != before.hash:
        refuse(DisclosureFault.RELEASE_CHAIN, round=release.round)
    _require_same_terms(
        before, round=release.round, scales=release.scales, floor=release.floor, rule=release.rule
    )
    if release.season not in (before.season, before.season + 1):
        refuse(DisclosureFault.RELEASE_CHAIN, round=release.round)
    _require_same_groups(before, release.partition, season=release.season, round=release.round)
    if release.round in {known.round for known in earlier}:
        refuse(DisclosureFault.RELEASE_ROUND_TWICE, round=release.round)


def require_successor(
    earlier: Sequence[Release],
    round: str,  # noqa: A002 - the word of the field for what is released
    partition: Partition,
    scales: Sequence[AnswerScale],
    floor: int,
    *,
    new_season: bool,
) -> int:
    """Accept a new round behind a chain of earlier releases.

    Returns:
        The season of the new round.

    Raises:
        Refused: the chain itself does not fit, the round was released before, the new round asks
            other questions or has a lower floor than the chain, the chain is of a later rule than the one in
            force, or the round has other groups and begins no new season.
    """
    if not round.strip():
        refuse(DisclosureFault.RELEASE_ROUND_NAME)
    require_chain(earlier)
    if any(release.round == round for release in earlier):
        refuse(DisclosureFault.RELEASE_ROUND_TWICE, round=round)
    if not earlier:
        return FIRST_SEASON
    before, season = earlier[-1], earlier[-1].season + (1 if new_season else 0)
    _require_same_terms(before, round=round, scales=scales, floor=floor, rule=RULE)
    _require_same_groups(before, partition, season=season, round=round)
    return season


def _require_same_groups(
    before: Release,
    partition: Partition,
    *,
    season: int,
    round: str,  # noqa: A002 - the word of the field for what is released
) -> None:
    """P1: groups that change while their answers still are the same people's can be subtracted."""
    if season == before.season and partition != before.partition:
        refuse(DisclosureFault.RELEASE_OTHER_PARTITION, round=round, earlier=before.round)


def _require_same_terms(
    before: Release,
    *,
    round: str,  # noqa: A002 - the word of the field for what is released
    scales: Sequence[AnswerScale],
    floor: int,
    rule: str,
) -> None:
    if goes_back(before.rule, rule):
        refuse(DisclosureFault.RELEASE_OTHER_RULE, earlier=before.rule, rule=rule, round=round)
    if floor < before.floor:
        refuse(DisclosureFault.RELEASE_OTHER_FLOOR, earlier=before.floor, floor=floor, round=round)
    for scale in sorted({*before.scales} ^ {*scales}, key=lambda scale: scale.name):
        refuse(DisclosureFault.RELEASE_OTHER_SCALES, scale=scale.name, round=round)
