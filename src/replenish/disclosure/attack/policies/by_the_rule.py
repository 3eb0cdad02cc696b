"""This software's own rule over a year: the real plan, the real release, the real attacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.attacking import guess_attack
from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance
from replenish.disclosure.attack.guess.knowledge import observed_in
from replenish.disclosure.attack.guess.posterior import estimate
from replenish.disclosure.attack.guess.report import GuessReport
from replenish.disclosure.attack.policies.outcome import Guessed, Outcome, Proved, Told
from replenish.disclosure.attack.policies.year import HIGHEST, LOWEST, Year
from replenish.disclosure.attack.proof import plain_releases, proof_attack
from replenish.disclosure.attack.published import read_releases_as_published
from replenish.disclosure.attack.roster import Roster, RosterRow
from replenish.disclosure.partition import Partition, plan_partition
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.scale import AnswerScale

WEEKS_A_ROUND = 4
ROUNDS_A_SEASON = 3
QUESTION = "weekly question"


@dataclass(frozen=True)
class ReleasedYear:
    """A year released by the rule.

    Attributes:
        releases: oldest first.
        attendance: who contributed to which round, by the team they are counted in.
        contributions: shape (rounds, people), the mean over each person's check-ins of the round.
        heard: on how many weeks of a round a person who contributed answered, on average.
    """

    releases: tuple[Release, ...]
    attendance: Attendance
    contributions: Floats
    heard: float


def release_year(year: Year) -> ReleasedYear:
    """Publish a year: rounds of four weeks, seasons of three rounds, groups planned with hysteresis.

    Who joins during a round counts from the next one, and who moves is counted where they were when it began.
    """
    scale = AnswerScale(QUESTION, LOWEST, HIGHEST)
    rounds = year.weeks // WEEKS_A_ROUND
    team = year.team[: rounds * WEEKS_A_ROUND : WEEKS_A_ROUND]
    by_round = year.answers[: rounds * WEEKS_A_ROUND].reshape(rounds, WEEKS_A_ROUND, year.people)
    counted = ~np.isnan(by_round) & (team != ABSENT)[:, None, :]
    voices = counted.sum(axis=1)
    contributions = np.where(
        voices > 0, np.where(counted, by_round, 0.0).sum(axis=1) / np.maximum(voices, 1), np.nan
    )
    releases: list[Release] = []
    partition: Partition | None = None
    for at in range(rounds):
        begins = at % ROUNDS_A_SEASON == 0
        if partition is None or begins:
            partition = plan_partition(year.headcount(at * WEEKS_A_ROUND), earlier=partition)
        who = np.flatnonzero(voices[at] > 0)
        releases.append(
            make_release(
                round=f"round {at + 1}",
                partition=partition,
                units=[year.units[place] for place in team[at, who].tolist()],
                values={QUESTION: contributions[at, who]},
                scales=[scale],
                earlier=tuple(releases),
                new_season=begins and at > 0,
            )
        )
    return ReleasedYear(
        tuple(releases),
        Attendance(year.units, team, voices > 0),
        contributions,
        float(voices[voices > 0].mean()),
    )


def shown_teams(released: ReleasedYear) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which team is shown in which round, alone or merged, and which alone; each of shape (rounds, teams)."""
    units = released.attendance.units
    shown = np.zeros((len(released.releases), len(units)), dtype=np.bool_)
    alone = shown.copy()
    for at, release in enumerate(released.releases):
        for leaf in release.groups:
            if leaf.cells[QUESTION].band is not None:
                places = [units.index(unit) for unit in leaf.units]
                shown[at, places] = True
                alone[at, places] = len(places) == 1
    return shown, alone


def read_bands(released: ReleasedYear) -> Floats:
    """The middle of the band in which each team is shown, in points of 1-5; shape (rounds, teams)."""
    units = released.attendance.units
    read = np.full((len(released.releases), len(units)), np.nan)
    for at, release in enumerate(released.releases):
        for leaf in release.groups:
            band = leaf.cells[QUESTION].band
            if band is not None:
                places = [units.index(unit) for unit in leaf.units]
                read[at, places] = LOWEST + band.middle / 100 * (HIGHEST - LOWEST)
    return read


def roster_of(released: ReleasedYear) -> Roster:
    """Exactly how many of each team answered in each round."""
    attendance = released.attendance
    rows = []
    for at, release in enumerate(released.releases):
        teams = attendance.team[at][attendance.answered[at]]
        counted = np.bincount(teams, minlength=len(attendance.units))
        rows += [
            RosterRow(frozenset([unit]), int(count), frozenset([(release.round, None)]))
            for unit, count in zip(attendance.units, counted, strict=True)
            if count
        ]
    return Roster(tuple(rows))


def guess_releases(
    year: Year, released: ReleasedYear, *, known: bool = True, colluders: int = 0
) -> GuessReport:
    """The guess attack on a released year, by somebody who knows the laws by which answers vary."""
    return guess_attack(
        released.releases,
        attendance=released.attendance,
        question=QUESTION,
        components=year.components,
        weeks_each=WEEKS_A_ROUND,
        weeks_heard=released.heard,
        who_answered_is_known=known,
        colluders=colluders,
        answers=released.contributions,
    )


def attack_by_the_rule(year: Year, *, known: bool = True) -> Outcome:
    """Publish a year by the rule, prove what can be proved with as many colluders as promised, and guess."""
    released = release_year(year)
    proved = proof_attack(released.releases, roster=roster_of(released), colluders="promised").free
    kernels = year.components.kernels(len(released.releases), of_each=WEEKS_A_ROUND, heard=released.heard)
    attendance = released.attendance if known else released.attendance.everybody_may_have()
    reading = read_releases_as_published(plain_releases(released.releases))
    found = estimate(observed_in(reading.releases, QUESTION, attendance), attendance, kernels)
    guess = np.full(year.answers.shape, np.nan)
    weeks = len(released.releases) * WEEKS_A_ROUND
    guess[:weeks] = np.repeat(found.answers, WEEKS_A_ROUND, axis=0)
    own = np.where(released.attendance.answered, found.own, np.nan)
    shown, alone = shown_teams(released)
    truth = year.team_means()[:weeks].reshape(-1, WEEKS_A_ROUND, len(year.units)).mean(axis=1)
    return Outcome(
        Proved(proved.answers, proved.exactly, proved.within_one_point, proved.touched),
        Guessed.of(year, guess, own, released.attendance.team),
        Told.of(np.where(shown, read_bands(released), np.nan), truth, alone),
    )
