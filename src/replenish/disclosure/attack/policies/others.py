"""The other policies of the table: exact weekly means, recomputed history, noise, and yearly means alone."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.closed_form import Interval, possible_answers
from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT
from replenish.disclosure.attack.guess.judging import yearly_team_means
from replenish.disclosure.attack.guess.knowledge import mean_of
from replenish.disclosure.attack.guess.posterior import Observed
from replenish.disclosure.attack.policies.by_the_rule import ROUNDS_A_SEASON, WEEKS_A_ROUND
from replenish.disclosure.attack.policies.outcome import Guessed, Outcome, Proved, Told
from replenish.disclosure.attack.policies.ranges import Integers, from_totals, proved_by_ranges
from replenish.disclosure.attack.policies.weekly import guess_by_service
from replenish.disclosure.attack.policies.year import HIGHEST, LOWEST, Year
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.partition import Partition, plan_partition
from replenish.disclosure.release.leaves import form_leaves

STEPS = HIGHEST - LOWEST
RECOMPUTED_FROM = 5
"""Dashboards of common practice recompute their history from so many answers on."""

EPSILON = 1.0


def attack_exact_means(year: Year) -> Outcome:
    """Weekly exact means of groups of seven or more, in the groups of this software's rule."""
    observed: list[tuple[int, Observed]] = []
    told = np.full((year.weeks, len(year.units)), np.nan)
    alone = np.zeros(told.shape, dtype=np.bool_)
    proved = Proved()
    services = year.attendance.services
    partition: Partition | None = None
    for week in range(year.weeks):
        if partition is None or week % (ROUNDS_A_SEASON * WEEKS_A_ROUND) == 0:
            partition = plan_partition(year.headcount(week), earlier=partition)
        group = _group_of_team(partition, year)
        people = np.flatnonzero(year.answered[week])
        mine = group[year.team[week, people]]
        voices = np.bincount(mine, minlength=len(partition.groups))
        for leaf in form_leaves(partition, voices, floor=FLOOR):
            inside = people[np.isin(mine, leaf.members)]
            if inside.size < FLOOR:
                proved += Proved(answers=int(inside.size))
                continue
            total = int((year.answers[week, inside] - LOWEST).sum())
            proved += _proved_from_total(total, inside.size)
            mean = LOWEST + total / inside.size
            teams = np.flatnonzero(np.isin(group, leaf.members))
            told[week, teams], alone[week, teams] = mean, teams.size == 1
            observed.append((int(services[teams[0]]), mean_of(inside, week, mean, mean)))
    guess, own = guess_by_service(year, observed)
    return Outcome(proved, Guessed.of(year, guess, own, year.team), Told.of(told, year.team_means(), alone))


def _group_of_team(partition: Partition, year: Year) -> NDArray[np.int64]:
    position = {unit: at for at, group in enumerate(partition.groups) for unit in group.units}
    return np.array([position[unit] for unit in year.units], dtype=np.int64)


def _proved_from_total(total: int, n: int) -> Proved:
    mean = Fraction(total, n * STEPS)
    left = possible_answers(Interval(mean, mean, high_open=False), n, grid=STEPS, colluders=0)
    if left is None:
        return Proved(answers=n)
    return Proved(n, n * (left.width <= 0), n * (left.width <= Fraction(1, 2)), n * (left.ruled_out > 0))


def attack_recomputed_history(year: Year) -> Outcome:
    """Weekly exact means whose past is recomputed for whoever is in the team now: the answers of leavers."""
    left = np.flatnonzero(year.team[-1] == ABSENT)
    proved = Proved()
    for week in range(year.weeks):
        people = np.flatnonzero(year.answered[week])
        leavers = np.isin(people, left)
        if leavers.any():
            low, high = _recomputed(year, week, people)
            proved += proved_by_ranges(low[leavers], high[leavers], STEPS)
    return Outcome(proved)


def _recomputed(year: Year, week: int, people: NDArray[np.int64]) -> tuple[Integers, Integers]:
    """What all later versions of one week's means leave possible for those who answered in it."""
    value = (year.answers[week, people] - LOWEST).astype(np.int64)
    sets: list[Integers] = []
    for team in range(len(year.units)):
        versions = year.team[week:, people] == team
        changes = np.flatnonzero((versions[1:] != versions[:-1]).any(axis=1)) + 1
        shown = [versions[at] for at in (0, *changes.tolist()) if versions[at].sum() >= RECOMPUTED_FROM]
        sets += [each.astype(np.int64) for each in shown]
        sets += [
            before.astype(np.int64) - after.astype(np.int64) for before, after in itertools.pairwise(shown)
        ]
    rows = np.array(sets, dtype=np.int64).reshape(-1, people.size)
    return from_totals(rows, rows @ value, STEPS)


def attack_noisy_means(year: Year, draws: np.random.Generator) -> Outcome:
    """Central differential privacy: weekly team sums and numbers with Laplace noise, all teams shown.

    Half of a week's epsilon of 1 goes to the number of voices, half to the sum of answers counted from the
    middle of the scale (which one person can change by two points). Means are moved into the scale.
    """
    middle = (LOWEST + HIGHEST) / 2
    observed: list[tuple[int, Observed]] = []
    told = np.full((year.weeks, len(year.units)), np.nan)
    services = year.attendance.services
    scale = (HIGHEST - middle) / (EPSILON / 2)
    for week in range(year.weeks):
        for team in range(len(year.units)):
            people = np.flatnonzero(year.answered[week] & (year.team[week] == team))
            summed = float((year.answers[week, people] - middle).sum()) + draws.laplace(0.0, scale)
            number = people.size + draws.laplace(0.0, 2 / EPSILON)
            told[week, team] = np.clip(middle + summed / max(number, 1.0), LOWEST, HIGHEST)
            if people.size:
                mean, noise = middle + summed / people.size, 2 * scale**2 / people.size**2
                observed.append((int(services[team]), mean_of(people, week, mean, mean, noise)))
    guess, own = guess_by_service(year, observed)
    counted = int(year.answered.sum())
    return Outcome(
        Proved(answers=counted),
        Guessed.of(year, guess, own, year.team),
        Told.of(told, year.team_means(), ~np.isnan(told)),
    )


def attack_yearly_means(year: Year) -> Outcome:
    """Nothing weekly: only each team's true mean over the year."""
    guess: Floats = yearly_team_means(year.answers, year.team)
    own = np.where(year.answered, 0.0, np.nan)
    return Outcome(guessed=Guessed.of(year, guess, own, year.team))
