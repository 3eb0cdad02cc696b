"""The proof attack: is any value of anybody's answer ruled out by what was published?

The adversary knows everybody's unit, who answered in each round, every release, and the answers of some
colluding members. Required: no value of any answer ruled out, for anybody, ever (argument.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, Protocol, runtime_checkable

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.blocks import Block, blocks_of, head_counts
from replenish.disclosure.attack.claims import Claims, claims_of
from replenish.disclosure.attack.closed_form import WHOLE, Possible, possible_answers
from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.joint import possible_in_block
from replenish.disclosure.attack.observations import Crowd, PeopleSet
from replenish.disclosure.attack.partitions import (
    changes_of_partition,
    leaves_outside_partition,
    overlaps,
    repeated_rounds,
    rules_that_went_back,
)
from replenish.disclosure.attack.published import Reading, read_releases_as_published
from replenish.disclosure.attack.report import ProofReport, Tally
from replenish.disclosure.attack.roster import Roster
from replenish.disclosure.bands import colluders as promised_colluders
from replenish.disclosure.scale import AnswerScale

Colluders = int | Literal["promised"]
Progress = Callable[[int, int], None]

ONE_POINT = Fraction(1, 4)
"""One point of a scale from 1 to 5, as a share of its range."""

PROGRAMS_PER_BLOCK = 6_000
"""About how many programs one block may take; more spreads of people are tried in smaller blocks."""


@runtime_checkable
class SaysInPlain(Protocol):
    """A release, as far as the attack needs it."""

    @property
    def hash(self) -> str:
        """Its content hash."""

    def content(self) -> dict[str, object]:
        """As written in releases, without its own hash."""


def proof_attack(
    releases: object,
    *,
    roster: Roster | None = None,
    colluders: Colluders = 0,
    persistent: bool = False,
    scales: Sequence[AnswerScale] = (),
    progress: Progress | None = None,
) -> ProofReport:
    """Attack releases: for every leaf, question, round and value ask whether it is still possible.

    Args:
        releases: releases, oldest first; or the plain content of a file of releases, which is attacked
            as it stands, so that files that this software would never make can be attacked as well.
        roster: people by unit and, if known, who answered; without it every number of people that the
            published size classes allow, the worst case.
        colluders: how many members of the same group pool their own answers with the adversary, the
            worst case over what they answered; "promised" takes the number the rule promises for each
            size (one up to 8 voices, two from 9).
        persistent: also attack under the assumption that nobody changed an answer between rounds.
        scales: the real ranges of questions, as the questionnaire shows them to everybody. A range that was
            declared wider than it is puts the cuts in other places: only so is that found.
        progress: called with (blocks attacked, blocks in all).

    Raises:
        Refused: this is not a file of releases, or the number of colluders is negative.
    """
    started = time.perf_counter()
    if colluders != "promised" and colluders < 0:
        refuse(AttackFault.ATTACK_COLLUDERS, given=colluders)
    reading = read_releases_as_published(plain_releases(releases))
    crowd = Crowd.of(reading.releases, roster, persistent=False)
    actual = {scale.name: scale for scale in scales}
    claims = claims_of(reading.releases, crowd, actual)
    free, ruled_out = _attack(claims, crowd, colluders, progress)
    findings = [*reading.findings, *claims.findings, *_groups_that_share(reading, claims), *ruled_out]
    unchanging: Tally | None = None
    if persistent:
        steady = Crowd.of(reading.releases, roster, persistent=True)
        steady_claims = claims_of(reading.releases, steady, actual)
        unchanging, notes = _attack_unchanging(steady_claims, steady, colluders, progress)
        findings += notes
    return ProofReport(
        rounds=len({release.round for release in reading.releases}),
        questions=len({answered.place.question for answered in claims.answered}),
        leaves=len({answered.place.group for answered in claims.answered}),
        colluders=colluders,
        roster=None if roster is None else ("who answered" if roster.knows_who_answered else "headcount"),
        free=free,
        persistent=unchanging,
        findings=tuple(_once(findings)),
        seconds=time.perf_counter() - started,
    )


def plain_releases(releases: object) -> object:
    """The plain content of releases; whatever else was given is attacked as it stands."""
    if isinstance(releases, Sequence) and not isinstance(releases, str):
        return [
            {**release.content(), "hash": release.hash} if isinstance(release, SaysInPlain) else release
            for release in releases
        ]
    return releases


def _groups_that_share(reading: Reading, claims: Claims) -> Iterable[Finding]:
    yield from overlaps(claims)
    yield from repeated_rounds(reading.releases)
    yield from leaves_outside_partition(reading.releases)
    yield from changes_of_partition(reading.releases)
    yield from rules_that_went_back(reading.releases)


def _attack_unchanging(
    claims: Claims, crowd: Crowd, colluders: Colluders, progress: Progress | None
) -> tuple[Tally, list[Finding]]:
    """The same attack when nobody is taken to change an answer; what it finds is conditional on that."""
    tally, found = _attack(claims, crowd, colluders, progress)
    refuted = [finding for finding in found if finding.kind is FindingKind.CONTRADICTION]
    notes = []
    if refuted:
        words = f"the bands of {len(refuted)} groups and questions cannot all hold for unchanged answers"
        notes.append(Finding(FindingKind.ANSWERS_CHANGED, None, None, None, words))
    return tally, notes


def _attack(
    claims: Claims, crowd: Crowd, colluders: Colluders, progress: Progress | None
) -> tuple[Tally, list[Finding]]:
    blocks = blocks_of(claims.observations, claims.sizes, claims.grids)
    tally = Tally()
    findings: list[Finding] = []
    for done, block in enumerate(blocks, start=1):
        exact = {atom: count for atom in block.atoms if (count := _exact(crowd, atom)) is not None}
        outcome = _attack_block(block, exact, colluders)
        tally, more = _judge(tally, block, outcome, claims)
        findings += more
        if progress is not None:
            progress(done, len(blocks))
    return replace(tally, cells=len(claims.answered)), findings


def _exact(crowd: Crowd, atom: PeopleSet) -> int | None:
    return (crowd.headcount(atom) or None) if crowd.exact else None


@dataclass(frozen=True)
class _Outcome:
    """What is left for each atom: with the colluders asked for, and with those the rule promises."""

    people: tuple[int, ...]
    asked_for: tuple[Possible | None, ...]
    promised: tuple[Possible | None, ...]


def _attack_block(block: Block, exact: Mapping[PeopleSet, int], colluders: Colluders) -> _Outcome | None:
    """The worst case over every number of people that may be behind the block; None: a contradiction."""
    worst: _Outcome | None = None
    for counts in _spreads(block, exact):
        promised = promised_colluders(min(_set_sizes(block, counts), default=1))
        asked = promised if colluders == "promised" else colluders
        left = _possible(block, counts, asked)
        if left is None:
            continue
        within = left if asked <= promised else _possible(block, counts, promised)
        outcome = _Outcome(counts, tuple(left), tuple(within or left))
        worst = outcome if worst is None else _worse(worst, outcome)
    return worst


def _spreads(block: Block, exact: Mapping[PeopleSet, int]) -> Iterable[tuple[int, ...]]:
    if block.single:
        atom = block.atoms[0]
        sizes = (exact[atom],) if atom in exact else block.sizes.get(atom, ())
        return ((n,) for n in sizes if n)
    held_by_two = 1 + 2 * len(block.atoms) + 2 * len(block.atoms) ** 2
    each = held_by_two * len(block.atoms) * (block.grid + 1 if block.grid else 2)
    return head_counts(block, exact, limit=max(6, PROGRAMS_PER_BLOCK // each))


def _set_sizes(block: Block, counts: Sequence[int]) -> list[int]:
    return [sum(counts[at] for at in members) for members in block.sets.values() if members]


def _possible(block: Block, counts: Sequence[int], colluders: int) -> list[Possible | None] | None:
    if not block.single:
        return possible_in_block(block, counts, colluders=colluders)
    interval = WHOLE
    for observation in block.observations:
        interval = interval.intersect(observation.interval)
    left = possible_answers(interval, counts[0], grid=block.grid, colluders=colluders)
    return None if left is None else [left]


def _worse(one: _Outcome, other: _Outcome) -> _Outcome:
    return _Outcome(
        tuple(min(a, b) or max(a, b) for a, b in zip(one.people, other.people, strict=True)),
        tuple(_narrower(a, b) for a, b in zip(one.asked_for, other.asked_for, strict=True)),
        tuple(_narrower(a, b) for a, b in zip(one.promised, other.promised, strict=True)),
    )


def _narrower(one: Possible | None, other: Possible | None) -> Possible | None:
    if one is None or other is None:
        return one or other
    low, high = min((one.low, one.high), (other.low, other.high), key=lambda ends: ends[1] - ends[0])
    return Possible(one.asked, max(one.ruled_out, other.ruled_out), low, high)


def _judge(
    tally: Tally, block: Block, outcome: _Outcome | None, claims: Claims
) -> tuple[Tally, list[Finding]]:
    """Count what is left for the people of a block, and say what was found about them."""
    place = block.observations[0].place
    if outcome is None:
        words = "no answers at all agree with everything that is published here"
        contradiction = Finding(FindingKind.CONTRADICTION, place.group, place.question, place.round, words)
        return tally, [contradiction]
    findings: list[Finding] = []
    for at, (people, left, promised) in enumerate(
        zip(outcome.people, outcome.asked_for, outcome.promised, strict=True)
    ):
        if left is None or promised is None:
            continue
        for limited in (set_of for set_of, members in block.sets.items() if at in members):
            if limited in claims.limits:
                left = left.within(*claims.limits[limited])
                promised = promised.within(*claims.limits[limited])
        tally = tally.with_answers(people, left, promised)
        if left.ruled_out:
            findings.append(_ruled_out(block, at, left, promised, claims))
    return tally, findings


def _ruled_out(block: Block, at: int, left: Possible, promised: Possible, claims: Claims) -> Finding:
    mine = [people for people, members in block.sets.items() if at in members]
    groups = sorted({label for people in mine for label in claims.named.get(people, ())})
    place = block.observations[0].place
    kind = FindingKind.VALUE_RULED_OUT if promised.ruled_out else FindingKind.BEYOND_THE_PROMISE
    words = f"{left.ruled_out} of {left.asked} values of an answer cannot be; what is left spans "
    words += f"{float(left.width):.0%} of the scale"
    return Finding(kind, " and ".join(groups) or place.group, place.question, place.round, words)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))
