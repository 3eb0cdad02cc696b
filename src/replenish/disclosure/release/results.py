"""Model results join a release: each once, and only where groups are shown at all."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.construction import KEY, require_genuine
from replenish.disclosure.model_results.ladder import LEAST_GROUPS, LEAST_PEOPLE
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.partition.groups import Partition
from replenish.disclosure.release.published import Release


def with_model_results(release: Release, results: Sequence[ModelResult]) -> Release:
    """The same release with model results beside those it has; the bands are taken over, not made again.

    Args:
        release: made for this round and not published yet: the hash of the one returned is another one.
        results: from `disclose_effect` and its like.

    Raises:
        Refused: the release or a result was made or changed elsewhere, a result is named twice, or there
            are no groups.
    """
    require_genuine(release, Release)
    return Release(
        round=release.round,
        season=release.season,
        rule=release.rule,
        floor=release.floor,
        partition=release.partition,
        scales=release.scales,
        groups=release.groups,
        parents=release.parents,
        response_quarter=release.response_quarter,
        model_results=in_order([*release.model_results, *results], release.partition),
        previous=release.previous,
        key=KEY,
    )


def in_order(results: Sequence[ModelResult], partition: Partition) -> tuple[ModelResult, ...]:
    """The results sorted by kind, outcome and condition.

    Each effect stands once: two fits of one effect over slightly different people could be subtracted.

    Raises:
        Refused: a result was made or changed elsewhere, one is named twice, or there are no groups.
    """
    named: set[tuple[str, str, str]] = set()
    for result in results:
        require_genuine(result, ModelResult)
        name = (result.kind, result.outcome, result.condition)
        if name in named:
            refuse(
                DisclosureFault.MODEL_RESULT_TWICE,
                kind=result.kind,
                outcome=result.outcome,
                condition=result.condition,
            )
        named.add(name)
    if results and not partition.groups:
        refuse(DisclosureFault.MODEL_RESULT_SMALL, people=LEAST_PEOPLE, groups=LEAST_GROUPS)
    return tuple(sorted(results, key=lambda result: (result.kind, result.outcome, result.condition)))
