"""What may not change at will between releases: who is grouped with whom, and the rule."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from replenish.disclosure.attack.claims import Claims
from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.observations import People
from replenish.disclosure.attack.published import ReadRelease
from replenish.disclosure.attack.roster import Path
from replenish.disclosure.bands import goes_back, is_known

Units = frozenset[Path]


def overlaps(claims: Claims) -> Iterator[Finding]:
    """Two leaves that say something about the same people, question and round."""
    behind: dict[People, set[tuple[str, str, str]]] = defaultdict(set)
    for answered in claims.answered:
        for each in answered.people:
            behind[each].add((answered.place.group, answered.place.question, answered.place.round))
    pairs = {frozenset(places) for places in behind.values() if len(places) > 1}
    for places in sorted(pairs, key=sorted):
        labels = sorted({group for group, _, _ in places})
        _, question, round_name = min(places)
        yield Finding(
            FindingKind.OVERLAPPING_GROUPS,
            " and ".join(labels),
            question,
            round_name,
            "the same people are behind both figures: one can be subtracted from the other",
        )


def repeated_rounds(releases: Sequence[ReadRelease]) -> Iterator[Finding]:
    """A round that was published twice, with the same groups or with others."""
    first: dict[str, ReadRelease] = {}
    for release in releases:
        before = first.setdefault(release.round, release)
        shared = sorted(_questions(before) & _questions(release))
        if before is release or not shared:
            continue
        same = {leaf.units for leaf in before.leaves} == {leaf.units for leaf in release.leaves}
        kind = FindingKind.REPEATED_ROUND if same else FindingKind.SECOND_PARTITION
        words = "again with the same groups" if same else "a second time with other groups"
        yield Finding(kind, None, ", ".join(shared), release.round, f"the same answers are published {words}")


def leaves_outside_partition(releases: Sequence[ReadRelease]) -> Iterator[Finding]:
    """A leaf that is neither a reporting group of its release nor a union of some."""
    for release in releases:
        if not release.partition:
            continue
        for leaf in release.leaves:
            inside = [group for group in release.partition if group <= leaf.units]
            if frozenset().union(*inside) != leaf.units:
                yield Finding(
                    FindingKind.SECOND_PARTITION,
                    leaf.label,
                    None,
                    release.round,
                    "this group is not made of the reporting groups of the season",
                )


def changes_of_partition(releases: Sequence[ReadRelease]) -> Iterator[Finding]:
    """Units that were grouped otherwise than in the round before."""
    for before, after in itertools.pairwise(releases):
        # A file without seasons is held to one: nobody said that a new one began.
        within_season = (after.season or 1) <= (before.season or 1)
        planned = bool(before.partition and after.partition)
        regrouped = sorted(_regrouped(before, after, strictly=within_season and planned))
        if before.round == after.round or not regrouped:
            continue
        names = ", ".join(" / ".join(unit) for unit in regrouped)
        yield Finding(
            FindingKind.PARTITION_CHANGED if within_season else FindingKind.NEW_PARTITION,
            names,
            None,
            after.round,
            "these units are grouped otherwise than in the round before"
            + (", within one season" if within_season else ""),
        )


def rules_that_went_back(releases: Sequence[ReadRelease]) -> Iterator[Finding]:
    """Rounds under a known rule that is earlier than the one of the round before.

    Cuts that change to and fro would show again and again on which side of the difference a mean lies.
    """
    for before, after in itertools.pairwise(releases):
        both_known = is_known(before.rule) and is_known(after.rule)
        if both_known and goes_back(before.rule, after.rule):
            words = f"made under {after.rule} after a round under {before.rule}: its cuts are others again"
            yield Finding(FindingKind.RULE_WENT_BACK, None, None, after.round, words)


def _regrouped(before: ReadRelease, after: ReadRelease, *, strictly: bool) -> set[Path]:
    """Units of both rounds whose companions (as far as they exist in both) changed; strictly, any change."""
    old, new = _groups(before), _groups(after)
    if strictly:
        return {unit for unit in old.keys() | new.keys() if old.get(unit) != new.get(unit)}
    common = frozenset(old) & frozenset(new)
    return {unit for unit in common if old[unit] & common != new[unit] & common}


def _groups(release: ReadRelease) -> dict[Path, Units]:
    planned = release.partition or {leaf.units for leaf in release.leaves if not leaf.rest}
    return {unit: group for group in planned for unit in group}


def _questions(release: ReadRelease) -> set[str]:
    return {name for leaf in release.leaves for name, cell in leaf.cells.items() if cell.band is not None}
