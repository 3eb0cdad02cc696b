"""From what a file claims to what an adversary knows: observations, sizes, and rules that were broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from replenish.disclosure.attack.closed_form import Interval
from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.observations import (
    Crowd,
    Observation,
    PeopleSet,
    Place,
    mean_above,
    mean_in,
)
from replenish.disclosure.attack.printing import half_open, on_another_range, rounded, steps_of
from replenish.disclosure.attack.published import (
    LARGEST_TRIED,
    ReadCell,
    ReadLeaf,
    ReadParent,
    ReadRelease,
)
from replenish.disclosure.attack.published_functions import (
    arrow_from_bands,
    parent_from_leaves,
    sizes_behind_band,
)
from replenish.disclosure.attack.roster import Path
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.scale import AnswerScale


@dataclass(frozen=True)
class Answered:
    """A leaf and question of one round about which something is published."""

    place: Place
    people: PeopleSet
    cell: ReadCell


@dataclass
class Claims:
    """Everything a list of releases tells, ready for the solvers."""

    observations: list[Observation] = field(default_factory=list)
    sizes: dict[PeopleSet, tuple[int, ...]] = field(default_factory=dict)
    grids: dict[str, int | None] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    limits: dict[PeopleSet, tuple[Fraction, Fraction]] = field(default_factory=dict)
    named: dict[PeopleSet, set[str]] = field(default_factory=dict)
    actual: Mapping[str, AnswerScale] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, kind: FindingKind, place: Place, detail: str) -> None:
        """Add a finding at a place."""
        self.findings.append(Finding(kind, place.group, place.question, place.round, detail))

    def observe_mean(
        self, release: ReadRelease, interval: Interval, people: PeopleSet, place: Place
    ) -> Interval:
        """A mean lies in an interval; where the real range of answers is known, as a share of that."""
        actual, declared = self.actual.get(place.question), release.ranges.get(place.question)
        if actual is not None and declared is not None:
            ends = Fraction(repr(actual.low)), Fraction(repr(actual.high))
            interval = on_another_range(interval, declared, ends)
        self.observations.append(mean_in(interval, people, place))
        return interval

    def allow(self, people: PeopleSet, sizes: Sequence[int]) -> None:
        """These people may be so many; what is known already stays known."""
        known = self.sizes.get(people)
        self.sizes[people] = tuple(sizes) if known is None else tuple(n for n in known if n in set(sizes))


History = dict[tuple[str, frozenset[Path]], list[tuple[str, ReadCell]]]


def claims_of(
    releases: Sequence[ReadRelease], crowd: Crowd, actual: Mapping[str, AnswerScale] | None = None
) -> Claims:
    """All observations that a list of releases makes, in the order in which they were published.

    Args:
        releases: as they were read.
        crowd: who is behind them.
        actual: the real ranges of questions, where the adversary knows them from the questionnaire.
    """
    claims = Claims(actual=actual or {})
    history: History = {}
    for release in releases:
        for question, grid in release.grids.items():
            same = claims.grids.setdefault(question, grid) == grid
            claims.grids[question] = grid if same else None
        claims.grids |= {question: steps_of(scale) for question, scale in claims.actual.items()}
        for leaf in release.leaves:
            for question, cell in leaf.cells.items():
                place = Place(leaf.label, question, release.round)
                _observe_cell(claims, crowd, release, leaf, cell, place)
                _observe_arrow(claims, crowd, leaf, cell, place, history)
        for parent in release.parents:
            for question in parent.cells:
                _observe_parent(claims, crowd, release, parent, question)
        for leaf in release.leaves:
            for question, cell in leaf.cells.items():
                history.setdefault((question, leaf.units), []).append((release.round, cell))
    return claims


def _observe_cell(
    claims: Claims, crowd: Crowd, release: ReadRelease, leaf: ReadLeaf, cell: ReadCell, place: Place
) -> None:
    people = crowd.people(place.round, place.question, leaf.units)
    share = release.grids.get(place.question) == 1
    claims.named.setdefault(people, set()).add(leaf.label)
    if cell.band is None and not cell.extras.any_answers:
        if cell.sizes is not None:
            claims.find(
                FindingKind.HIDDEN_FOR_ITS_VALUES,
                place,
                "a size is printed but no band: only the number of voices may decide what is shown",
            )
        claims.allow(people, crowd.sizes(people, range(release.floor)))
        return
    claimed = _claimed_sizes(claims, cell, place)
    if cell.band is not None:
        kind, words, claimed = sizes_behind_band(cell, claimed, share=share, rule=release.rule)
        if kind is not None:
            claims.find(kind, place, words)
    sizes = crowd.sizes(people, claimed)
    _compare_with_roster(claims, crowd, people, cell, sizes, place)
    claims.allow(people, sizes)
    claims.answered.append(Answered(place, people, cell))
    if cell.extras.low is not None or cell.extras.high is not None:
        most = Fraction(1) if cell.extras.high is None else cell.extras.high
        within = Interval(cell.extras.low or Fraction(0), most, high_open=False)
        seen = claims.observe_mean(release, within, people, place)
        claims.limits[people] = (seen.low, seen.high)
    for interval in (cell.band, cell.extras.mean):
        if interval is not None:
            claims.observe_mean(release, interval, people, place)


def _claimed_sizes(claims: Claims, cell: ReadCell, place: Place) -> tuple[int, ...]:
    """Every number of people that the printed size allows."""
    if cell.sizes is None:
        if cell.size_label is None:
            claims.find(FindingKind.SIZE_NOT_OF_THE_RULE, place, "a band is printed without a size class")
        return tuple(range(FLOOR, LARGEST_TRIED + 1))
    low, high = cell.sizes
    return tuple(range(max(low, 1), (max(LARGEST_TRIED, low) if high is None else high) + 1))


def _compare_with_roster(
    claims: Claims, crowd: Crowd, people: PeopleSet, cell: ReadCell, sizes: tuple[int, ...], place: Place
) -> None:
    if crowd.strangers(people):
        words = "the roster has nobody here; the printed size is used"
        claims.find(FindingKind.ROSTER_DISAGREES, place, words)
    counted = crowd.headcount(people)
    if counted is None:
        return
    if counted < FLOOR:
        claims.find(FindingKind.BELOW_FLOOR, place, f"by the roster {counted} people are behind this figure")
    elif crowd.exact and cell.sizes is not None:
        low, high = cell.sizes
        if sizes[0] < low or (high is not None and sizes[0] > high):
            claims.find(
                FindingKind.ROSTER_DISAGREES,
                place,
                f"the roster has {counted} people and the file says {cell.size_label}",
            )


def _observe_arrow(
    claims: Claims, crowd: Crowd, leaf: ReadLeaf, cell: ReadCell, place: Place, history: History
) -> None:
    before = [past for past in history.get((place.question, leaf.units), []) if past[0] != place.round]
    expected = arrow_from_bands(cell.band, [past.band for _, past in before])
    if cell.change == expected:
        return
    if cell.change is None:
        words = f"the bands say '{expected}' and no arrow is printed: something else decided"
        claims.find(FindingKind.ARROW_FROM_MEANS, place, words)
        return
    words = f"the arrow '{cell.change}' does not follow from the published bands: it betrays the means"
    claims.find(FindingKind.ARROW_FROM_MEANS, place, words)
    shown = [name for name, past in before if past.band is not None]
    if not shown or cell.band is None:
        return
    new = crowd.people(place.round, place.question, leaf.units)
    old = crowd.people(shown[-1], place.question, leaf.units)
    if new != old:
        higher, lower = (new, old) if cell.change == "higher" else (old, new)
        claims.observations.append(mean_above(higher, lower, place))


def _observe_parent(
    claims: Claims, crowd: Crowd, release: ReadRelease, parent: ReadParent, question: str
) -> None:
    low, middle, high = parent.cells[question]
    below = [leaf for leaf in release.leaves if _belongs(leaf, parent)]
    expected = parent_from_leaves([leaf.cells.get(question) for leaf in below])
    if expected == (low, middle, high):
        return
    place = Place(parent.label, question, release.round)
    claims.find(
        FindingKind.PARENT_FROM_ANSWERS,
        place,
        f"{float(low):g} to {float(high):g} (middle {float(middle):g}) is not what the published bands of "
        "its groups give: it was computed from answers",
    )
    units = frozenset(unit for leaf in below for unit in leaf.units)
    people = crowd.people(release.round, question, units)
    claims.observe_mean(release, _from_answers(expected, low, middle, high), people, place)


def _from_answers(
    expected: tuple[Fraction, Fraction, Fraction] | None, low: Fraction, middle: Fraction, high: Fraction
) -> Interval:
    """The interval that a parent computed from answers gives for their mean."""
    if low == high or (expected is not None and (expected[0], expected[2]) == (low, high)):
        return rounded(middle)
    return half_open(low, high)


def _belongs(leaf: ReadLeaf, parent: ReadParent) -> bool:
    inside = bool(leaf.units) and all(unit[: len(parent.path)] == parent.path for unit in leaf.units)
    return leaf.label in parent.members or inside
