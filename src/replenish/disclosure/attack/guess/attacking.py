"""The guess attack: a year of releases, a roster, and the best estimate of everybody's answers."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.guess.components import Floats, Kernels, VarianceComponents
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance
from replenish.disclosure.attack.guess.judging import (
    ONE_POINT,
    personal_levels,
    share_within,
    squared_correlation,
    yearly_team_means,
)
from replenish.disclosure.attack.guess.knowledge import (
    PrintedResult,
    choose_colluders,
    observed_in,
    of_result,
    told_by,
)
from replenish.disclosure.attack.guess.posterior import Estimates, estimate, normal_within
from replenish.disclosure.attack.guess.report import GuessReport, Judged
from replenish.disclosure.attack.proof import plain_releases
from replenish.disclosure.attack.published import read_releases_as_published


def guess_attack(
    releases: object,
    *,
    attendance: Attendance,
    question: str,
    components: VarianceComponents,
    weeks_each: int = 1,
    weeks_heard: float = 1.0,
    who_answered_is_known: bool = True,
    colluders: int = 0,
    answers: Floats | None = None,
    results: Sequence[PrintedResult] = (),
) -> GuessReport:
    """Guess everybody's answers as well as the releases allow.

    Args:
        releases: releases, oldest first; or the plain content of a file of releases.
        attendance: who belonged to which team in each round, and who answered.
        question: the question to guess.
        components: how answers vary; by week when `weeks_each` weeks make a round.
        weeks_each: weeks (occasions of the components) that one round averages.
        weeks_heard: on how many of them a person who answered did so, on average.
        who_answered_is_known: otherwise the adversary takes everybody present to have answered.
        colluders: how many members of every team tell all their answers; those who answered most.
        answers: shape (rounds, people), the true contributions, NaN where there is none. With them guesses
            are judged; without them the report holds what the model expects. Colluders need them.
        results: printed figures of models about this question, with their influence.

    Raises:
        Refused: not a file of releases, another number of rounds, a question never shown, tables of
            different shapes, or colluders without answers.
    """
    started = time.perf_counter()
    if answers is not None and answers.shape != attendance.answered.shape:
        refuse(AttackFault.GUESS_SHAPES, people=attendance.team.shape, answers=answers.shape)
    if colluders and answers is None:
        refuse(AttackFault.GUESS_COLLUDERS)
    known = attendance if who_answered_is_known else attendance.everybody_may_have()
    reading = read_releases_as_published(plain_releases(releases))
    observed = observed_in(reading.releases, question, known)
    telling = choose_colluders(attendance, colluders)
    # Colluders know when they answered themselves, whatever else is known.
    told = told_by(telling, answers) if answers is not None else []
    kernels = components.kernels(attendance.occasions, of_each=weeks_each, heard=weeks_heard)
    found = estimate([*observed, *told, *map(of_result, results)], known, kernels)
    others = attendance.answered.copy()
    others[:, telling] = False
    return GuessReport(
        rounds=attendance.occasions,
        people=int(others.any(axis=0).sum()),
        answers=int(others.sum()),
        figures=len(observed) + len(results),
        colluders=colluders,
        who_answered_is_known=who_answered_is_known,
        expected=_expected(found, others, kernels),
        judged=None if answers is None else judge(found.answers, found.own, answers, attendance.team, others),
        seconds=time.perf_counter() - started,
    )


def judge(
    guess: Floats, own: Floats, truth: Floats, team: NDArray[np.int64], judged: NDArray[np.bool_]
) -> Judged:
    """Compare guesses with true answers, and with what true yearly team means alone would give.

    Args:
        guess: shape (occasions, people).
        own: the same shape, the part of the guess that is the person's own.
        truth: the same shape, NaN where there is no answer.
        team: the same shape.
        judged: the same shape; which answers count.
    """
    counts = judged & ~np.isnan(truth) & ~np.isnan(guess) & (team != ABSENT)
    asked = np.where(counts, truth, np.nan)
    means = yearly_team_means(truth, team)
    return Judged(
        within_team_r2=squared_correlation(
            personal_levels(np.where(counts, own, 0.0), team, counts), personal_levels(asked, team, counts)
        ),
        within_one_point=share_within(guess, asked),
        within_one_point_from_team_means=share_within(means, asked),
        nearest_point_within_one=share_within(np.rint(guess), asked),
        nearest_point_within_one_from_team_means=share_within(np.rint(means), asked),
        people=int(counts.any(axis=0).sum()),
    )


def _expected(found: Estimates, judged: NDArray[np.bool_], kernels: Kernels) -> Judged:
    """The same figures as the model expects them, for when nobody holds the true answers."""
    counted = judged.any(axis=0)
    unknown = float(found.unknown[counted].sum())
    own = float(np.diag(kernels.of_person).mean()) + float(np.diag(kernels.team - kernels.team.min()).mean())
    within = float(normal_within(ONE_POINT, found.spread[judged]).mean()) if judged.any() else 0.0
    alone = float(normal_within(ONE_POINT, np.sqrt(np.array([own])))[0])
    return Judged(
        within_team_r2=float(found.learnt[counted].sum()) / unknown if unknown > 0 else 0.0,
        within_one_point=within,
        within_one_point_from_team_means=alone,
        nearest_point_within_one=within,
        nearest_point_within_one_from_team_means=alone,
    )
