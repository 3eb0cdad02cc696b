"""A simulated organisation and what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from replenish.basis.errors import refuse
from replenish.basis.faults import SimulationFault
from replenish.simulate.actions import Action
from replenish.simulate.levels import ComponentSDs
from replenish.simulate.questions import ROUND, WEEKLY, condition_scores, outcome_scores
from replenish.simulate.tree import Unit
from replenish.simulate.world import CONDITIONS, Floats, Integers, World


@dataclass(frozen=True)
class CheckIns:
    """Weekly check-ins, one row for each person and week with an answer; never written to a file.

    Attributes:
        week, person: counted from 0 over the whole time.
        team: index of the unit that the person belongs to for that round.
        answers: item code -> coded answers, NaN is skipped.
    """

    week: Integers
    person: Integers
    team: Integers
    answers: Mapping[str, Floats]


@dataclass(frozen=True)
class Round:
    """What one round holds: a row for each person who answered at least once, in an order drawn by lot.

    The weekly questions are those of the check-in after which the questions of the round were asked.

    Attributes:
        number: counted from 1.
        headcount: unit -> people on the first day of the round.
        row: a random name for each row, which means nothing outside this round.
        person: who the row is about; in memory for attacks and tests, never written to a file.
        team: index of the unit.
        answers: item code of both packs -> coded answers, NaN is missing.
    """

    number: int
    headcount: Mapping[tuple[str, str], int]
    row: tuple[str, ...]
    person: Integers
    team: Integers
    answers: Mapping[str, Floats]


@dataclass(frozen=True)
class Contributions:
    """Scale scores of one round, 0-100, person first: the mean over the person's check-ins.

    Attributes:
        person, team: as in `Round`, in its order.
        scores: scale -> one score for each person, NaN is missing.
    """

    person: Integers
    team: Integers
    scores: Mapping[str, Floats]


@dataclass(frozen=True)
class Fact:
    """A count of something provided, out of how many, in one unit and round; it needs no floor."""

    round: int
    unit: tuple[str, str]
    name: str
    count: int
    of: int


@dataclass(frozen=True)
class Truth:
    """What is true, whoever answers. All scores are points of 0-100.

    Attributes:
        actions: the actions with their true effects; the effects of conditions are in the world.
        remaining: components that conditions and encounters do not explain.
        explained_share: outcome -> share of the lasting differences between teams that they explain.
        team_means: scale -> mean score if every member answered every question, and with no mood in the
            reports on conditions; shape (rounds, teams).
        conditions: each person's true conditions; shape (rounds, people, conditions), NaN while absent.
        outcomes: each person's level, before it is coarsened to answers; shape (weeks, people, outcomes).
        team: index of the unit of each person and week, -1 while absent; shape (weeks, people).
        joined, left: first week with, and first week without, each person.
    """

    actions: tuple[Action, ...]
    remaining: ComponentSDs
    explained_share: Mapping[str, float]
    team_means: Mapping[str, Floats]
    conditions: Floats
    outcomes: Floats
    team: Integers
    joined: Integers
    left: Integers


@dataclass(frozen=True)
class Organisation:
    """Units, rounds of answers, check-ins, facts of provision, and the truth behind them."""

    seed: int
    world: World
    units: tuple[Unit, ...]
    rounds: tuple[Round, ...]
    check_ins: CheckIns
    facts: tuple[Fact, ...]
    truth: Truth

    def round(self, number: int) -> Round:
        """The round of that number, counted from 1.

        Raises:
            Refused: there is no such round.
        """
        if not 1 <= number <= len(self.rounds):
            refuse(SimulationFault.SIMULATION_RANGE, name="round", low=1, high=len(self.rounds), value=number)
        return self.rounds[number - 1]

    def table(self, number: int) -> dict[str, list[str] | Floats]:
        """One round as named columns: `service`, `team`, then the item codes of both packs."""
        held = self.round(number)
        paths = [self.units[team].path for team in held.team.tolist()]
        return {"service": [path[0] for path in paths], "team": [path[1] for path in paths], **held.answers}

    def contributions(self, number: int) -> Contributions:
        """What each person who answered contributes to a round: scale scores, person first.

        Raises:
            Refused: there is no such round.
        """
        held = self.round(number)
        scores = {**outcome_scores(ROUND, held.answers), **self._weekly_means(held)}
        conditions = condition_scores(held.answers)
        scores |= {condition: conditions[:, place] for place, condition in enumerate(CONDITIONS)}
        return Contributions(held.person, held.team, scores)

    def _weekly_means(self, held: Round) -> dict[str, Floats]:
        """Mean over the check-ins of the round for each row; NaN where no check-in can be scored."""
        weeks = self.world.weeks_a_round
        inside = self.check_ins.week // weeks == held.number - 1
        scores = outcome_scores(
            WEEKLY, {code: column[inside] for code, column in self.check_ins.answers.items()}
        )
        person, people = self.check_ins.person[inside], self.truth.joined.size
        means = {}
        for scale, column in scores.items():
            scored = ~np.isnan(column)
            count = np.bincount(person[scored], minlength=people)
            total = np.bincount(person[scored], weights=column[scored], minlength=people)
            mean = np.full(people, np.nan)
            np.divide(total, count, out=mean, where=count > 0)
            means[scale] = mean[held.person]
        return means
