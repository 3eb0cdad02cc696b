"""What one policy gave away in one year, and the figures of a policy over several years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT
from replenish.disclosure.attack.guess.judging import personal_levels, share_within, squared_correlation
from replenish.disclosure.attack.policies.year import Year

NOTHING: Floats = np.zeros(0)


@dataclass(frozen=True)
class Proved:
    """Counts of answers about which something is certain.

    Attributes:
        answers: how many were looked at.
        exactly: of which one value is left.
        within_one: of which a guess is certainly at most one point away.
        touched: of which some value is ruled out.
    """

    answers: int = 0
    exactly: int = 0
    within_one: int = 0
    touched: int = 0

    def __add__(self, other: Proved) -> Proved:
        return Proved(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Guessed:
    """Guesses beside the truth.

    Attributes:
        guess: shape (answers,), of answers that were given.
        truth: shape (answers,), whole points.
        guessed_level: shape (people,), the guess of where people stand within their team.
        true_level: shape (people,), where they truly stand, in all weeks they were there.
    """

    guess: Floats = field(default_factory=lambda: NOTHING)
    truth: Floats = field(default_factory=lambda: NOTHING)
    guessed_level: Floats = field(default_factory=lambda: NOTHING)
    true_level: Floats = field(default_factory=lambda: NOTHING)

    @classmethod
    def of(cls, year: Year, guess: Floats, own: Floats, own_team: NDArray[np.int64]) -> Guessed:
        """Judge guesses of weekly answers.

        Args:
            year: the year.
            guess: shape (weeks, people); NaN where nothing is guessed.
            own: shape (occasions, people), the person's own part of the guess; NaN where there is none.
            own_team: the same shape, the team it belongs to.
        """
        known = ~np.isnan(year.answers) & ~np.isnan(guess)
        there = year.team != ABSENT
        return cls(
            guess[known],
            year.answers[known],
            personal_levels(np.nan_to_num(own), own_team, ~np.isnan(own)),
            personal_levels(np.nan_to_num(year.level), year.team, there),
        )


@dataclass(frozen=True)
class Told:
    """What leaders are told: how many teams are shown, and how far it is from their true means.

    Attributes:
        shown: share of teams and rounds (or weeks) with a figure, alone or merged.
        alone: share with a figure of their own.
        squared_error: shape (figures,), in squared points of 1-5.
    """

    shown: float
    alone: float
    squared_error: Floats = field(default_factory=lambda: NOTHING)

    @classmethod
    def of(cls, told: Floats, truth: Floats, alone: NDArray[np.bool_]) -> Told:
        """Compare what is told with the truth.

        Args:
            told: shape (occasions, teams); NaN where nothing is shown.
            truth: the same shape; NaN where a team has nobody.
            alone: the same shape; where a figure is about one team only.
        """
        exists = ~np.isnan(truth)
        there = exists & ~np.isnan(told)
        return cls(
            float(there[exists].mean()),
            float((there & alone)[exists].mean()),
            np.square(told - truth)[there],
        )


@dataclass(frozen=True)
class Outcome:
    """One policy in one year; None where a question does not arise."""

    proved: Proved | None = None
    guessed: Guessed | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Figures:
    """One row of the table of policies; shares from 0 to 1, None where a question does not arise.

    Attributes:
        policy: its name.
        proved_exactly: share of answers of which one value is left.
        proved_within_one: share of which a guess is certainly at most one point away.
        some_value_ruled_out: share of which some value is ruled out.
        guessed_within_one: share of answers within one point of the best estimate.
        nearest_within_one: the same for the whole point nearest to the estimate.
        within_team_r2: how much of the true differences between members of a team guesses explain.
        teams_shown: share of teams with a figure, alone or merged.
        teams_alone: share of teams with a figure of their own.
        error: root mean square error against the true team mean, points of 1-5.
    """

    policy: str
    proved_exactly: float | None
    proved_within_one: float | None
    some_value_ruled_out: float | None
    guessed_within_one: float | None
    nearest_within_one: float | None
    within_team_r2: float | None
    teams_shown: float | None
    teams_alone: float | None
    error: float | None


def figures_of(policy: str, outcomes: Sequence[Outcome]) -> Figures:
    """The figures of a policy over all years: people and answers of all of them together."""
    proved = [each.proved for each in outcomes if each.proved is not None]
    counted = sum(proved, start=Proved())
    guessed = [each.guessed for each in outcomes if each.guessed is not None]
    told = [each.told for each in outcomes if each.told is not None]
    guess, truth, level, true_level = (
        np.concatenate([NOTHING, *(getattr(each, name) for each in guessed)])
        for name in ("guess", "truth", "guessed_level", "true_level")
    )
    errors = np.concatenate([NOTHING, *(each.squared_error for each in told)])
    return Figures(
        policy=policy,
        proved_exactly=counted.exactly / counted.answers if counted.answers else None,
        proved_within_one=counted.within_one / counted.answers if counted.answers else None,
        some_value_ruled_out=counted.touched / counted.answers if counted.answers else None,
        guessed_within_one=share_within(guess, truth) if guess.size else None,
        nearest_within_one=share_within(np.rint(guess), truth) if guess.size else None,
        within_team_r2=squared_correlation(level, true_level) if level.size else None,
        teams_shown=float(np.mean([each.shown for each in told])) if told else None,
        teams_alone=float(np.mean([each.alone for each in told])) if told else None,
        error=float(np.sqrt(errors.mean())) if errors.size else None,
    )
