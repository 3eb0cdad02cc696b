"""P8: releases form a chain; each names the hash of the one before, and none is made twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.construction import require_genuine
from replenish.disclosure.release.published import RULE, Release
from replenish.disclosure.scale import AnswerScale


def require_chain(releases: Sequence[Release]) -> None:
    """Accept releases that follow one another, oldest first, each unchanged since it was made.

    Raises:
        Refused: one was made or changed elsewhere, one is missing or out of order, two have the same
            round, or the questions, the floor or the rule change on the way.
    """
    for release in releases:
        require_genuine(release, Release)
    if releases and releases[0].previous is not None:
        refuse(DisclosureFault.RELEASE_CHAIN, round=releases[0].round)
    for position, (before, after) in enumerate(pairwise(releases)):
        if after.previous != before.hash:
            refuse(DisclosureFault.RELEASE_CHAIN, round=after.round)
        _require_same_terms(
            before, round=after.round, scales=after.scales, floor=after.floor, rule=after.rule
        )
        if after.round in {release.round for release in releases[: position + 1]}:
            refuse(DisclosureFault.RELEASE_ROUND_TWICE, round=after.round)


def require_successor(
    earlier: Sequence[Release],
    *,
    round: str,  # noqa: A002 - the word of the field for what is released
    scales: Sequence[AnswerScale],
    floor: int,
) -> None:
    """Accept a new round behind a chain of earlier releases.

    Raises:
        Refused: the chain itself does not fit, the round was released before, or the new round asks
            other questions, has another floor or works under another rule than the chain.
    """
    if not round.strip():
        refuse(DisclosureFault.RELEASE_ROUND_NAME)
    require_chain(earlier)
    if any(release.round == round for release in earlier):
        refuse(DisclosureFault.RELEASE_ROUND_TWICE, round=round)
    if earlier:
        _require_same_terms(earlier[-1], round=round, scales=scales, floor=floor, rule=RULE)


def _require_same_terms(
    before: Release,
    *,
    round: str,  # noqa: A002 - the word of the field for what is released
    scales: Sequence[AnswerScale],
    floor: int,
    rule: str,
) -> None:
    if before.rule != rule:
        refuse(DisclosureFault.RELEASE_OTHER_RULE, earlier=before.rule, rule=rule, round=round)
    if before.floor != floor:
        refuse(DisclosureFault.RELEASE_OTHER_FLOOR, earlier=before.floor, floor=floor, round=round)
    for scale in sorted({*before.scales} ^ {*scales}, key=lambda scale: scale.name):
        refuse(DisclosureFault.RELEASE_OTHER_SCALES, scale=scale.name, round=round)
